using Microsoft.Win32.SafeHandles;

namespace VideoMatte.Cli;

/// <summary>Standard output as bytes.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>A stream that fails where nobody reads any more: .NET's own for a console takes that for success and writes on for ever.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        FileStream raw = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file has no reader to lose, and its place is shared with whatever else writes there.
        return raw.CanSeek ? Console.OpenStandardOutput() : raw;
    }
}
