using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>Keeps copies of some frames as they pass, for a contact sheet.</summary>
/// <param name="count">Frames to keep, spread evenly; 1 or more.</param>
/// <param name="total">Frames expected; null: the first ones are kept at a distance of one second at 25 frames a second.</param>
/// <param name="pool">Lends the copies.</param>
internal sealed class ContactSheetTap(int count, long? total, IFramePool pool) : MattedStage
{
    private const int BlindDistance = 25;

    private readonly List<MattedFrame> _kept = [];

    public override string Name => "sheet";

    /// <summary>The copies, in order; they belong to the taker, and the stage keeps none.</summary>
    public IReadOnlyList<MattedFrame> TakeKept()
    {
        MattedFrame[] kept = [.. _kept];
        _kept.Clear();
        return kept;
    }

    protected override void Apply(MattedFrame frame)
    {
        if (_kept.Count >= count || frame.Time.Index < Wanted(_kept.Count))
            return;
        VideoFrame picture = (frame.Foreground ?? frame.Picture).Copy();
        AlphaMatte alpha = AlphaMatte.Rent(pool, frame.Alpha.Width, frame.Alpha.Height);
        frame.Alpha.Samples.CopyTo(alpha.Samples);
        _kept.Add(new MattedFrame(frame.Picture.Copy(), alpha));
        _kept[^1].ReplaceForeground(picture);
    }

    protected override void Dispose(bool disposing)
    {
        // Disposed by the pipeline before the sheet is drawn: what was kept stays until it is taken.
    }

    /// <summary>The middle of the nth of <paramref name="count"/> equal parts.</summary>
    private long Wanted(int n) => total is { } all ? ((2L * n) + 1) * all / (2L * count) : (long)n * BlindDistance;
}
