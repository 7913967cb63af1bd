using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Makes the foreground safe to ship: interior = source, band = foreground, then the foreground's colour extended outwards by
/// <see cref="Reach"/> pixels (so that scaling or filtering a straight file pulls no fringe in), beyond that black with neutral chroma:
/// no file shows the user's room.</summary>
/// <remarks><para>A frame may arrive with <see cref="MattedFrame.Foreground"/> (colours estimated for the band), which is repainted in
/// place, or without, and then gets one in which the band has the picture's own samples.</para>
/// <para>Subsampled chroma goes by the alpha at its own samples (<see cref="ChromaAlpha"/>): a chroma sample is source where all it was
/// made from is fully covered, and none of the room's where all of it is outside.</para>
/// <para>To ship the whole picture (<c>--foreground source</c>) leave this stage out.</para></remarks>
public sealed class ForegroundStage(IFramePool pool) : MattedStage
{
    /// <summary>How far the colour is extended, in luma pixels, as the crow flies.</summary>
    public const int Reach = 16;

    /// <summary>Less alpha than this is none here: the least that 8 bits round to 1. The networks leave such traces all over a room, and a colour that
    /// weighs so little cannot be estimated nor seen.</summary>
    public const int LeastAlpha = 129;

    /// <summary>Estimated colours are the surer the more of the pixel they fill: alpha squared.</summary>
    private static readonly float[] EstimatedWeights = [.. Enumerable.Range(0, 256).Select(a => a * a / (255f * 255f))];

    /// <summary>The picture's own samples hold the room wherever they are not covered in full, to within a code at 8 bits.</summary>
    private static readonly float[] SourceWeights = [.. Enumerable.Range(0, 256).Select(a => a == 255 ? 1f : 0)];

    private FrameFormat? _format;
    private ForegroundPainter? _luma;
    private ForegroundPainter? _chroma;

    public override string Name => "foreground";

    protected override void Apply(MattedFrame frame)
    {
        VideoFrame picture = frame.Picture;
        FrameFormat format = picture.Format;
        if (frame.Foreground is not null && frame.Foreground.Format != format)
            throw new InvalidOperationException($"{Name}: the foreground is {frame.Foreground.Format}, the picture {format}");
        Prepare(format);
        ReadOnlySpan<float> weights = frame.Foreground is null ? SourceWeights : EstimatedWeights;
        if (frame.Foreground is null)
            frame.ReplaceForeground(Copy(picture));
        VideoFrame foreground = frame.Foreground!;

        _luma!.SetMatte(frame.Alpha.Samples);
        _luma.Within.SetWithin(_luma.Matte, Reach);
        bool subsampled = format.ChromaShiftX == 1;
        _luma.Paint(picture, foreground, subsampled ? ..1 : .., frame.Alpha.Samples, weights);
        if (!subsampled)
            return;
        using AlphaMatte alpha = ChromaAlpha.Rent(frame.Alpha, format, pool);
        _chroma!.SetMatte(alpha.Samples);
        _chroma.Within.SetWhereAny(_luma.Within, format.ChromaShiftY);
        _chroma.Paint(picture, foreground, 1.., alpha.Samples, weights);
    }

    private VideoFrame Copy(VideoFrame picture)
    {
        VideoFrame copy = VideoFrame.Rent(pool, picture.Format, picture.Time);
        picture.Bytes.CopyTo(copy.Bytes);
        copy.StartsShot = picture.StartsShot;
        return copy;
    }

    private void Prepare(FrameFormat format)
    {
        if (_format == format)
            return;
        _luma = new ForegroundPainter(format.Width, format.Height);
        _chroma = format.ChromaShiftX == 1 ? new ForegroundPainter(format.PlaneWidth(1), format.PlaneHeight(1)) : null;
        _format = format;
    }
}
