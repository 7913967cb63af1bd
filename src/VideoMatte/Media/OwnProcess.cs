using System.Diagnostics;

namespace VideoMatte.Media;

/// <summary>This process, beside its children; here because processes are this room's affair.</summary>
public static class OwnProcess
{
    /// <summary>Highest resident memory so far, children not counted.</summary>
    public static long PeakBytes
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64;
        }
    }
}
