using System.Diagnostics;

namespace VideoMatte.Testing;

/// <summary>Puts a shell script where a test will start it as a program.</summary>
public static class ShellScript
{
    /// <summary>Writes an executable script; a shell of its own writes it. Were it this process, a child that another test forks just then
    /// would hold the file open for writing until it has become its own program, and starting the script would fail: "text file busy".</summary>
    public static string Write(string path, string body)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "cat > \"$1\" && chmod 700 \"$1\"", "sh", path]) { RedirectStandardInput = true };
        using Process writer = Process.Start(start) ?? throw new InvalidOperationException("No shell to write a script with.");
        writer.StandardInput.Write($"#!/bin/sh\n{body}\n");
        writer.StandardInput.Close();
        writer.WaitForExit();
        return writer.ExitCode == 0 ? path : throw new IOException($"'{path}' could not be written.");
    }
}
