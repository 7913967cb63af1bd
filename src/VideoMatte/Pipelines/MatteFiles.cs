using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>The mattes a job was given as files, looked at.</summary>
/// <param name="AlphaIn">In a model's place; null: none.</param>
/// <param name="Trimap">A drawn one; null: none.</param>
/// <param name="Include">Forces inside; null: none.</param>
/// <param name="Exclude">Forces outside; null: none.</param>
internal sealed record MatteFiles(MediaInfo? AlphaIn, MediaInfo? Trimap, MediaInfo? Include, MediaInfo? Exclude)
{
    /// <summary>Those that are there.</summary>
    public IEnumerable<MediaInfo> All => ((MediaInfo?[])[AlphaIn, Trimap, Include, Exclude]).OfType<MediaInfo>();

    /// <param name="tools">ffprobe.</param>
    /// <param name="job">Names them.</param>
    /// <param name="rate">The source's: numbered mattes are made for its frames.</param>
    /// <param name="cancellationToken">Kills ffprobe.</param>
    public static async Task<MatteFiles> ProbeAsync(FfmpegTools tools, MattingJob job, Rational? rate, CancellationToken cancellationToken)
    {
        return new MatteFiles(
            await OneAsync(job.Mattes.AlphaIn).ConfigureAwait(false),
            await OneAsync(TrimapSettings.Parse(job.Mattes.Trimap)?.File).ConfigureAwait(false),
            await OneAsync(job.Mattes.Include).ConfigureAwait(false),
            await OneAsync(job.Mattes.Exclude).ConfigureAwait(false));

        async Task<MediaInfo?> OneAsync(string? path) =>
            path is null ? null : await MediaProbe.ProbeAsync(tools, path, rate, job.MaxPixels, cancellationToken).ConfigureAwait(false);
    }
}
