using VideoMatte.Frames;

namespace VideoMatte.Cli;

/// <summary>What the program tells its caller; 1 to 6 are the values of <see cref="ErrorKind"/>.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Defect = (int)ErrorKind.Defect;
    public const int Usage = (int)ErrorKind.Usage;
    public const int Output = (int)ErrorKind.Output;

    /// <summary>Finished, but not what was asked.</summary>
    public const int NotAsAsked = 7;

    public const int Stopped = 130;
}
