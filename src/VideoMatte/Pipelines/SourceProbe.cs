using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Media.Pipes;

namespace VideoMatte.Pipelines;

/// <summary>Looks at a job's input: a file, numbered pictures, or standard input.</summary>
internal static class SourceProbe
{
    /// <summary>Waits for standard input where that is the input, else for ffprobe.</summary>
    /// <exception cref="MatteException">Usage, <c>pipe-terminal</c>; else <see cref="MediaProbe"/>'s.</exception>
    public static Task<MediaInfo> AskAsync(FfmpegTools tools, MattingJob job, StandardStreams streams, CancellationToken cancellationToken)
    {
        if (job.Input != StandardStreams.Name)
            return MediaProbe.ProbeAsync(tools, job.Input, SequenceRate(job.Source), job.MaxPixels, cancellationToken);
        return streams.Input is { } input
            ? MediaProbe.ProbeAsync(tools, input, job.MaxPixels, cancellationToken)
            : throw new MatteException(
                ErrorKind.Usage, "pipe-terminal", "The input - is standard input, which is a terminal: send a NUT through a pipe (ffmpeg … -f nut - | videomatte matte - …), or name a file.");
    }

    /// <summary>Frames a second of numbered pictures, where the user says; null: he does not.</summary>
    private static Rational? SequenceRate(SourceOptions asked) => FrameRates.TryParse(asked.Rate, out Rational rate) ? rate : null;
}
