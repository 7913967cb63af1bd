using System.Globalization;
using VideoMatte.Evaluation.Metrics;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Evaluation.Scoring;

/// <summary>Scores clips against their truths, frame by frame in order; times are not looked at. A frame that only one side has is an error:
/// the published evaluation passes over it. Used by one caller at a time.</summary>
/// <param name="tools">ffmpeg.</param>
/// <param name="settings">Of all clips.</param>
/// <param name="pool">Lends frames and mattes.</param>
/// <param name="time">The clock of the stall timers.</param>
public sealed class ClipScorer(FfmpegTools tools, ScoringSettings settings, IFramePool pool, TimeProvider time)
{
    private readonly Dictionary<ClipPair, (MediaInfo Prediction, MediaInfo Truth)> _looked = [];

    /// <summary>Looks at both files of each pair, so that what cannot be scored is known before the work.</summary>
    /// <exception cref="MatteException">Input: <see cref="MediaProbe"/>'s; <c>sizes-differ</c>.</exception>
    public async Task CheckAsync(IEnumerable<ClipPair> pairs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        foreach (ClipPair pair in pairs)
            await ProbeAsync(pair, cancellationToken).ConfigureAwait(false);
    }

    /// <param name="pair">The clip.</param>
    /// <param name="progress">Told the frames scored.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="MatteException">Input: <see cref="MediaProbe"/>'s and <see cref="MediaReader"/>'s; <c>sizes-differ</c>,
    /// <c>frame-counts-differ</c>. Usage: <c>selection-empty</c>.</exception>
    public async Task<ClipScore> ScoreAsync(ClipPair pair, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        (MediaInfo predictionFile, MediaInfo truthFile) = await ProbeAsync(pair, cancellationToken).ConfigureAwait(false);
        MatteClip prediction = await MatteClip.OpenAsync(tools, predictionFile, settings, pool, time, cancellationToken).ConfigureAwait(false);
        MatteClip? truth = null;
        ClipMetrics metrics = new(predictionFile.Video.Width, predictionFile.Video.Height, settings.Grad);
        try
        {
            truth = await MatteClip.OpenAsync(tools, truthFile, settings, pool, time, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < settings.From; i++)
                if (!await BothAsync(prediction.SkipAsync(), truth.SkipAsync()).ConfigureAwait(false))
                    break;
            while (await BothAsync(prediction.NextAsync(), truth.NextAsync()).ConfigureAwait(false))
            {
                // The readers may hold many decoded frames, and notice a stop only when they need another.
                cancellationToken.ThrowIfCancellationRequested();
                metrics.Add(prediction.Matte, truth.Matte);
                progress?.Report(metrics.Frames.Count);
            }

            if (prediction.Frames != truth.Frames)
                throw new MatteException(
                    ErrorKind.Input, "frame-counts-differ",
                    $"{await prediction.CountAsync().ConfigureAwait(false)} and {await truth.CountAsync().ConfigureAwait(false)}{(settings.Frames is null ? "" : " up to the last one asked for")}: give mattes of the same frames, none is left out.");
            if (metrics.Frames.Count == 0)
                throw new MatteException(
                    ErrorKind.Usage, "selection-empty", string.Create(CultureInfo.InvariantCulture, $"{predictionFile.Path} has {prediction.Frames} frames, and --from {settings.From} begins behind them: begin earlier."));
        }
        finally
        {
            await prediction.DisposeAsync().ConfigureAwait(false);
            if (truth is not null)
                await truth.DisposeAsync().ConfigureAwait(false);
        }

        return new ClipScore(
            pair, prediction.Side, truth.Side, predictionFile.Video.Width, predictionFile.Video.Height, metrics.Frames,
            [.. Numbers(predictionFile, truthFile), .. prediction.Warnings, .. truth.Warnings]);
    }

    /// <summary>One frame of each side, read at the same time.</summary>
    private static async Task<bool> BothAsync(Task<bool> prediction, Task<bool> truth)
    {
        // Both are waited for, whichever fails.
        await Task.WhenAll(prediction, truth).ConfigureAwait(false);
        return await prediction.ConfigureAwait(false) & await truth.ConfigureAwait(false);
    }

    /// <summary>Numbered pictures are scored in order, first to first; other numbers may be other frames.</summary>
    private static IEnumerable<MatteWarning> Numbers(MediaInfo prediction, MediaInfo truth)
    {
        if (prediction.Sequence is { } a && truth.Sequence is { } g && a.FirstNumber != g.FirstNumber)
            yield return new MatteWarning("numbers-differ", string.Create(
                CultureInfo.InvariantCulture,
                $"{prediction.Path} begins with picture {a.FirstNumber} and {truth.Path} with {g.FirstNumber}: the first was scored against the first, and so on."));
    }

    private async Task<(MediaInfo Prediction, MediaInfo Truth)> ProbeAsync(ClipPair pair, CancellationToken cancellationToken)
    {
        if (_looked.TryGetValue(pair, out (MediaInfo, MediaInfo) before))
            return before;
        MediaInfo prediction = await OneAsync(pair.Prediction).ConfigureAwait(false), truth = await OneAsync(pair.Truth).ConfigureAwait(false);
        VideoStreamInfo a = prediction.Video, g = truth.Video;
        return (a.Width, a.Height) == (g.Width, g.Height) ? _looked[pair] = (prediction, truth) : throw new MatteException(
            ErrorKind.Input, "sizes-differ", string.Create(
                CultureInfo.InvariantCulture,
                $"{prediction.Path} has {a.Width}x{a.Height} pixels and {truth.Path} {g.Width}x{g.Height}: give mattes of one size, none is scaled."));

        Task<MediaInfo> OneAsync(string path) => MediaProbe.ProbeAsync(tools, path, null, settings.MaxPixels, cancellationToken);
    }
}
