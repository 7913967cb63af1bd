using System.Diagnostics;
using Xunit;

namespace VideoMatte.Testing;

/// <summary>A theory that mounts a small disk in a namespace of its own; skipped where the system does not allow that.</summary>
public sealed class UserMountTheoryAttribute : TheoryAttribute
{
    public UserMountTheoryAttribute()
    {
        if (!Allowed())
            Skip = "unshare -rm is not allowed here";
    }

    private static bool Allowed()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            using Process trial = Process.Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"]) { RedirectStandardError = true })!;
            trial.WaitForExit();
            return trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
