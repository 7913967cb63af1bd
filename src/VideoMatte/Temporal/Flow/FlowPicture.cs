using VideoMatte.Frames;

namespace VideoMatte.Temporal.Flow;

/// <summary>A grey picture made ready for flow: halved again and again, with gradients and what the patches need of them. Made once, it is
/// looked from and looked to by any number of flows of the same size and options, also at the same time. Keeps its memory: a new picture
/// may be set in it. Get one from <see cref="IOpticalFlow.NewPicture"/>.</summary>
public sealed class FlowPicture
{
    /// <summary>Least width and height: one patch.</summary>
    public const int LeastSide = PatchGrid.PatchSize;

    private readonly FlowLevel?[] _levels;
    private readonly float[] _sums;

    /// <exception cref="ArgumentOutOfRangeException">A side is below <see cref="LeastSide"/>.</exception>
    internal FlowPicture(int width, int height, FlowOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, LeastSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, LeastSide);
        (Width, Height, Scales) = (width, height, FlowScales.For(width, height, options));
        _sums = new float[width + 2];
        _levels = new FlowLevel?[Scales.Coarsest + 1];
        // The full size is kept only where the search goes down to it.
        for (int scale = Scales.Finest == 0 ? 0 : 1; scale <= Scales.Coarsest; scale++)
            _levels[scale] = new FlowLevel(width >> scale, height >> scale, scale < Scales.Finest ? null : Scales.Grid(scale));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>False until the first <see cref="Set"/>.</summary>
    public bool IsSet { get; private set; }

    internal FlowScales Scales { get; }

    /// <summary>Takes a picture in; what was there is gone.</summary>
    /// <param name="grey">Of this size, display-referred codes, 0..255; read now and not kept.</param>
    /// <exception cref="ArgumentException">It is of another size.</exception>
    public void Set(PlaneView<byte> grey)
    {
        if (grey.Width != Width || grey.Height != Height)
            throw new ArgumentException("flow: a picture of another size than it was made for");
        for (int scale = 0; scale <= Scales.Coarsest; scale++)
        {
            if (_levels[scale] is not { } level)
                continue;
            for (int y = 0; y < level.Height; y++)
            {
                if (scale == 0)
                    Convert(grey.Row(y), level.Line(y));
                else
                    Halve(grey, scale, y, level.Line(y));
            }

            level.Finish();
        }

        IsSet = true;
    }

    /// <summary>A scale at which flow is searched.</summary>
    internal FlowLevel Level(int scale) => _levels[scale]!;

    /// <summary>One line from four of the next finer scale, the lines at the border repeated.</summary>
    private void Halve(PlaneView<byte> grey, int scale, int y, Span<float> half)
    {
        int above = Math.Max(0, (2 * y) - 1), below = (2 * y) + 2;
        if (_levels[scale - 1] is { } finer)
            HalfKernel.Down(
                finer.Line(above), finer.Line(2 * y), finer.Line((2 * y) + 1), finer.Line(Math.Min(below, finer.Height - 1)),
                _sums.AsSpan(1, finer.Width));
        else
            HalfKernel.Down(
                grey.Row(above), grey.Row(2 * y), grey.Row((2 * y) + 1), grey.Row(Math.Min(below, Height - 1)), _sums.AsSpan(1, Width));
        int width = Width >> (scale - 1);
        (_sums[0], _sums[width + 1]) = (_sums[1], _sums[width]);
        HalfKernel.Across(_sums.AsSpan(0, width + 2), half);
    }

    private static void Convert(ReadOnlySpan<byte> codes, Span<float> samples)
    {
        samples.Clear();
        AreaScaler.AddRow(codes, 1, samples);
    }
}
