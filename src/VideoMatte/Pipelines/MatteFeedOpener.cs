using VideoMatte.Compositing.Edges;
using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Opens what works on a matte besides the model: given mattes, the source's own alpha, edge tools, garbage mattes.</summary>
/// <param name="prepared">The job.</param>
/// <param name="sides">Told of every reader.</param>
/// <param name="pool">Lends the mattes.</param>
/// <param name="time">The clock of the stall timers.</param>
/// <param name="seek">On the source's clock: where its frames begin, for a look into the middle; null: at the start.</param>
internal sealed class MatteFeedOpener(PreparedJob prepared, SideReaders sides, IFramePool pool, TimeProvider time, Rational? seek = null)
{
    /// <summary>Two rates that differ by less than this share are one rate, written by two containers.</summary>
    private static readonly Rational SameRate = new(1, 200);

    private VideoStreamInfo Source => prepared.Source.Video;

    private FrameSelection? Selection => prepared.Reading.Options.Selection;

    /// <summary>The given matte as a model.</summary>
    public async Task<IMattingModel> GivenAsync(CancellationToken cancellationToken)
    {
        MediaInfo file = prepared.MatteFiles.AlphaIn!;
        IMatteSource feed = await MarriedAsync(file, cancellationToken).ConfigureAwait(false);
        return new GivenMatteModel(pool, feed, prepared.Model.Id!, prepared.Model.Sha256, prepared.Model.Family!);
    }

    /// <summary>The trimap of each frame; the caller disposes it.</summary>
    public Task<IMatteSource> TrimapsAsync(CancellationToken cancellationToken) => MarriedAsync(prepared.MatteFiles.Trimap!, cancellationToken, areTrimaps: true);

    /// <summary>The stages between smoothing and foreground, in order; those that would change nothing are not there.</summary>
    /// <param name="opened">Holds them until the caller does.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public async Task<IReadOnlyList<IFrameStage<MattedFrame, MattedFrame>>> StagesAsync(OpenedParts opened, CancellationToken cancellationToken)
    {
        var stages = new List<IFrameStage<MattedFrame, MattedFrame>>();
        if (prepared.MultipliesSourceAlpha)
            stages.Add(opened.Add(new SourceAlphaStage(await MarriedAsync(prepared.Source, cancellationToken).ConfigureAwait(false))));
        if (EdgeStage.Create(prepared.Job.Mattes.Edges, pool) is { } edges)
            stages.Add(opened.Add(edges));
        if (prepared.HasGarbageMattes)
        {
            var include = await MaskAsync(prepared.MatteFiles.Include, cancellationToken).ConfigureAwait(false);
            try
            {
                stages.Add(opened.Add(new GarbageMatteStage(include, await MaskAsync(prepared.MatteFiles.Exclude, cancellationToken).ConfigureAwait(false))));
            }
            catch
            {
                include?.Dispose();
                throw;
            }
        }

        return stages;
    }

    private async Task<IMatteSource> MarriedAsync(MediaInfo file, CancellationToken cancellationToken, bool areTrimaps = false)
    {
        IFrameReader reader = await ReaderAsync(file, cancellationToken, file.Video.HasAlphaPlane && !areTrimaps).ConfigureAwait(false);
        return new MatteFeed(reader, read => new MarriedFrames(read, Times(file), file.IsStillImage, file.Path, prepared.FrameCount), prepared.Format, pool, areTrimaps ? file.Path : null);
    }

    private async Task<IMatteSource?> MaskAsync(MediaInfo? file, CancellationToken cancellationToken)
    {
        if (file is null)
            return null;
        IFrameReader reader = await ReaderAsync(file, cancellationToken, file.Video.HasAlphaPlane).ConfigureAwait(false);
        return new MatteFeed(reader, read => new HeldFrames(read, Times(file), file.Path), prepared.Format, pool);
    }

    /// <param name="file">To read.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="alphaPlane">True: its alpha is the matte. A trimap has three levels in its colours, whatever its alpha.</param>
    private async Task<IFrameReader> ReaderAsync(MediaInfo file, CancellationToken cancellationToken, bool alphaPlane)
    {
        var options = new ReaderOptions
        {
            AlphaPlane = alphaPlane,
            Seek = file.IsStillImage ? null : Seek(file),
            Selection = IsCutWithSource(file) ? Selection : null,
            MaxPixels = prepared.Job.MaxPixels,
        };
        IFrameReader reader = await MediaReader.OpenAsync(prepared.Tools, file, options, pool, time, cancellationToken).ConfigureAwait(false);
        // Ticks take the matte's frames as they take the source's.
        if (seek is null && !file.IsStillImage && prepared.Reading.Rate is { } rate)
            reader = await ConformingReader.OpenAsync(reader, rate, cancellationToken).ConfigureAwait(false);
        return sides.Add(reader);
    }

    /// <summary>A part's times count from its own first frame, on both sides.</summary>
    private MatteTimes Times(MediaInfo file) => IsCutWithSource(file) ? new(null, null) : new(Source.StartTime, file.Video.StartTime);

    private bool IsCutWithSource(MediaInfo file) => seek is null && Selection is not null && !file.IsStillImage && IsOfWhole(file);

    /// <summary>Where only a part of the source is asked for, a file may be as long as the whole or made for the part: what its length is
    /// nearer to.</summary>
    private bool IsOfWhole(MediaInfo file)
    {
        if (ReferenceEquals(file, prepared.Source) || Selection is null)
            return true;
        if (Length(file) is not { } own || Length(prepared.Source) is not { } whole || prepared.FrameCount is not { } frames || Source.AverageRate is not { } rate)
            return true;
        return Difference(own, whole) <= Difference(own, new Rational(frames) / rate);
    }

    private static Rational? Length(MediaInfo file) =>
        file.Video.Duration ?? file.Duration ?? (file.Video is { FrameCount: { } count, AverageRate: { } rate } ? new Rational(count) / rate : null);

    /// <summary>Where a file of as many frames is looked into: at the same time since its start, or, at another rate, at the same frame.</summary>
    private Rational? Seek(MediaInfo file)
    {
        if (seek is not { } at)
            return null;
        if (ReferenceEquals(file, prepared.Source))
            return at;
        Rational since = at - (Source.StartTime ?? Rational.Zero);
        if (!IsOfWhole(file) && Selection?.Start is { } begin)
            since = since < begin ? Rational.Zero : since - begin;
        if (Source.AverageRate is { } a && file.Video.AverageRate is { } b && Difference(a, b) > SameRate * a)
            since = since * a / b;
        return since + (file.Video.StartTime ?? Rational.Zero);
    }

    private static Rational Difference(Rational a, Rational b) => a > b ? a - b : b - a;
}
