using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>What memory there is.</summary>
public static class MachineMemory
{
    /// <summary>Of the machine's memory, what a job may ask for: the rest is the network's, the encoders' and the system's.</summary>
    public const double Share = 0.8;

    private const double Mebi = 1 << 20;

    /// <summary>Bytes this process can have: the machine's, or the limit of its control group or container where there is one.</summary>
    public static long TotalBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Refuses work that needs more than <see cref="Share"/> of <paramref name="totalBytes"/>.</summary>
    /// <param name="format">Of the frames, for the message.</param>
    /// <param name="neededBytes">The most the work will hold.</param>
    /// <param name="totalBytes">What there is: <see cref="TotalBytes"/>.</param>
    /// <exception cref="MatteException">Input, <c>memory</c>: it does not fit.</exception>
    public static void Require(FrameFormat format, long neededBytes, long totalBytes) =>
        RequireWithin(format, neededBytes, (long)(Share * totalBytes));

    /// <summary>Refuses work that needs more than <paramref name="limitBytes"/>.</summary>
    /// <exception cref="MatteException">Input, <c>memory</c>: it does not fit.</exception>
    public static void RequireWithin(FrameFormat format, long neededBytes, long limitBytes)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (neededBytes <= limitBytes)
            return;
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"frames of {format.Width}x{format.Height} need {Math.Ceiling(neededBytes / Mebi):0} MiB and {Math.Floor(limitBytes / Mebi):0} MiB may be used here: scale the input down or use a machine with more memory");
        throw new MatteException(ErrorKind.Input, "memory", message);
    }
}
