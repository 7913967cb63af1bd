using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Takes the old background's tint out of the foreground's unknown band: what a green or blue screen leaves in hair and on soft
/// edges. Fully covered samples stay the source's, luma stays everywhere; a tint the subject itself has nearby (a green shirt) is left.</summary>
/// <remarks>Automatic does something only where the outside of the matte is seen to be a screen; that is decided on a shot's first frame that
/// shows enough of it, and holds for the shot, so that nothing flickers. Goes before <see cref="ForegroundStage"/>, so that the colour
/// drawn outwards is clean too. Grey pictures and frames without a foreground of their own are left alone.</remarks>
/// <param name="options">Not off: that builds no stage.</param>
/// <param name="pool">Lends chroma's alpha.</param>
public sealed class DespillStage(DespillOptions options, IFramePool pool) : MattedStage
{
    /// <summary>Side of the blocks, in samples of the tinted planes, by which the subject's own tint is known.</summary>
    private const int BlockSide = 16;

    /// <summary>Every so many samples each way are enough for a mean.</summary>
    private const int SurveyStride = 2;

    private SpillHue? _hue = options.Screen is { } c ? SpillHue.Of(c.R / 255f, c.G / 255f, c.B / 255f) : null;
    private bool _decided = options.Screen is not null;
    private (float Sum, int Count)[] _blocks = [];
    private float[] _allowed = [];

    public override string Name => "despill";

    public override void Reset()
    {
        if (options.Screen is null)
            (_hue, _decided) = (null, false);
    }

    protected override void Apply(MattedFrame frame)
    {
        FrameFormat format = frame.Picture.Format;
        if (frame.Foreground is null || format.Layout == PlaneLayout.Gray || (_decided && _hue is null))
            return;
        using AlphaMatte? chroma = format.ChromaShiftX == 1 ? ChromaAlpha.Rent(frame.Alpha, format, pool) : null;
        if (format.BytesPerSample == 1)
            Apply<byte>(frame, (chroma ?? frame.Alpha).Samples);
        else
            Apply<ushort>(frame, (chroma ?? frame.Alpha).Samples);
    }

    private void Apply<T>(MattedFrame frame, ReadOnlySpan<ushort> alpha)
        where T : unmanaged
    {
        if (!_decided)
            _decided = ScreenFinder.TryFind<T>(frame.Picture, alpha, out _hue);
        if (_hue is not { } hue)
            return;
        TintPlanes planes = new(frame.Picture.Format, hue);
        int width = frame.Picture.Format.PlaneWidth(1), height = alpha.Length / width;
        int columns = (width + BlockSide - 1) / BlockSide, rows = (height + BlockSide - 1) / BlockSide;
        Survey(new FrameSamples<T>(frame.Picture), alpha, planes, width, columns, rows);
        FrameSamples<T> foreground = new(frame.Foreground!);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<ushort> row = alpha.Slice(y * width, width);
            for (int at = 0; at < width && row[at..].IndexOfAnyExcept((ushort)0, (ushort)AlphaMatte.Opaque) is >= 0 and int step;)
            {
                int x = at + step, i = (y * width) + x;
                float tint = planes.Tint(foreground, i) - _allowed[(y / BlockSide * columns) + (x / BlockSide)];
                if (tint > 0)
                    planes.Lower(foreground, i, tint);
                at = x + 1;
            }
        }
    }

    /// <summary>The tint that stays in each block: the mean of what is fully covered in and around it, else in the whole picture.</summary>
    private void Survey<T>(in FrameSamples<T> picture, ReadOnlySpan<ushort> alpha, in TintPlanes planes, int width, int columns, int rows)
        where T : unmanaged
    {
        if (_blocks.Length != columns * rows)
            (_blocks, _allowed) = (new (float, int)[columns * rows], new float[columns * rows]);
        Array.Clear(_blocks);
        (float Sum, int Count) whole = default;
        for (int y = 0; y < alpha.Length / width; y += SurveyStride)
        {
            for (int x = 0; x < width; x += SurveyStride)
            {
                int i = (y * width) + x;
                if (alpha[i] < AlphaMatte.Opaque)
                    continue;
                float tint = planes.Tint(picture, i);
                ref (float Sum, int Count) block = ref _blocks[(y / BlockSide * columns) + (x / BlockSide)];
                block = (block.Sum + tint, block.Count + 1);
                whole = (whole.Sum + tint, whole.Count + 1);
            }
        }

        for (int block = 0; block < _blocks.Length; block++)
        {
            (float Sum, int Count) near = default;
            for (int y = Math.Max((block / columns) - 1, 0); y <= Math.Min((block / columns) + 1, rows - 1); y++)
                for (int x = Math.Max((block % columns) - 1, 0); x <= Math.Min((block % columns) + 1, columns - 1); x++)
                    near = (near.Sum + _blocks[(y * columns) + x].Sum, near.Count + _blocks[(y * columns) + x].Count);
            (float sum, int count) = near.Count > 0 ? near : whole;
            _allowed[block] = Math.Max(0, sum / Math.Max(count, 1));
        }
    }
}
