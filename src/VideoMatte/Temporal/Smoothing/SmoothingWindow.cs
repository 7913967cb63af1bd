using System.Numerics.Tensors;
using VideoMatte.Frames;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>Smooths one frame's matte by those of its window: each neighbour is seen along the motion, from its own unsmoothed matte and in
/// one step, so that nothing trails and nothing blurs from frame to frame.</summary>
internal sealed class SmoothingWindow
{
    /// <summary>Pixels without any of the band that a run of a row goes on over.</summary>
    private const int Gap = 32;

    /// <summary>A change of alpha, in codes, that softening a moving edge must not make: where it would, the edge is sharper than its motion
    /// lets expect, and stays.</summary>
    private const float SharpEdge = .1f * AlphaMatte.Opaque;

    /// <summary>How far from none and from full coverage a frame is sure of itself.</summary>
    private const float Sure = .02f;

    private static readonly float[] Binomial = [.5f, .25f];

    private readonly int _width;
    private readonly int _height;
    private readonly int _smallHeight;
    private readonly SmoothingBand _band;
    private readonly float _strict;
    private readonly float _stricter;
    private readonly float _easing;
    private readonly SoftMask _mask;
    private readonly SmallRows _rows;
    private readonly AreaScaler _smaller;
    private readonly float[] _smoothed;
    private readonly float[] _share;
    private readonly float[] _strictness;
    private readonly float[] _moving;
    private readonly float[] _u;
    private readonly float[] _v;
    private readonly float[] _weight;
    private readonly float[] _sum;
    private readonly float[] _total;
    private readonly List<(int From, int To)> _runs = [];

    public SmoothingWindow(int width, int height, int smallWidth, int smallHeight, SoftMask mask, FlowSmoothingOptions options)
    {
        (_width, _height, _smallHeight, _mask) = (width, height, smallHeight, mask);
        _strict = (float)(1 / (options.Tolerance * AlphaMatte.Opaque));
        _stricter = (float)(1 / (options.MovingTolerance * AlphaMatte.Opaque)) - _strict;
        _easing = (float)Math.Min(1, 2 * options.Strength);
        _band = new SmoothingBand(smallWidth, smallHeight, mask);
        _rows = new SmallRows(smallWidth, smallHeight, width, height);
        _smaller = new AreaScaler(width, height, smallWidth, smallHeight);
        _smoothed = new float[smallWidth * smallHeight];
        (_share, _u, _v) = (new float[width], new float[width], new float[width]);
        (_weight, _sum, _total) = (new float[width], new float[width], new float[width]);
        (_strictness, _moving) = (new float[width], new float[width]);
    }

    /// <summary>Finds where a frame is to be smoothed.</summary>
    /// <param name="view">The frame in hand.</param>
    /// <param name="nearest">Those next to it.</param>
    /// <returns>Rows of the small size, from one to before another, that <see cref="Smooth"/> will look at; none where nothing is to be
    /// done.</returns>
    public (int From, int To) Find(SmoothingView view, ReadOnlySpan<SmoothingNeighbour> nearest)
    {
        _band.Find(view.Matte, nearest);
        return _band.Rows;
    }

    /// <summary>Smooths the frame that <see cref="Find"/> was asked for.</summary>
    /// <param name="view">The frame in hand; its own matte is read.</param>
    /// <param name="neighbours">The window's other frames, as many as it was made for at most; of the small size's rows those that were found are read.</param>
    /// <param name="result">The frame's matte; written only in the band.</param>
    public void Smooth(SmoothingView view, ReadOnlySpan<SmoothingNeighbour> neighbours, Span<ushort> result)
    {
        for (int y = 0; y < _height; y++)
        {
            _rows.FindRuns(_band.Share, y, Gap, _runs);
            foreach ((int from, int to) in _runs)
                Mean(view.Alpha, neighbours, y, from, to, result.Slice(y * _width, _width));
        }

        Ease(result);
    }

    private void Mean(ushort[] alpha, ReadOnlySpan<SmoothingNeighbour> neighbours, int y, int from, int to, Span<ushort> result)
    {
        int count = to - from;
        ReadOnlySpan<ushort> now = alpha.AsSpan(y * _width, _width);
        _rows.Select(y, from, to);
        _rows.Read(_band.Share, 1, _share);
        _rows.Read(_band.Moving, 1, _moving);
        WindowKernel.Spare(now.Slice(from, count), _moving.AsSpan(from, count), Sure * AlphaMatte.Opaque, _share.AsSpan(from, count));
        TensorPrimitives.Multiply(_moving.AsSpan(from, count), _stricter, _strictness.AsSpan(from, count));
        TensorPrimitives.Add(_strictness.AsSpan(from, count), _strict, _strictness.AsSpan(from, count));
        WindowKernel.ToFloats(now.Slice(from, count), _sum.AsSpan(from, count));
        _total.AsSpan(from, count).Fill(1);
        foreach (SmoothingNeighbour neighbour in neighbours)
        {
            _rows.Read(neighbour.Link.Flow.U, _rows.ScaleX, _u);
            _rows.Read(neighbour.Link.Flow.V, _rows.ScaleY, _v);
            _rows.Read(neighbour.Link.Confidence, neighbour.Gain, _weight);
            WindowKernel.Add(now, neighbour.View.Alpha, _height, y, _u, _v, _weight, _strictness, from, to, _sum, _total);
        }

        WindowKernel.Finish(now, _sum, _total, _share, from, to, result);
    }

    /// <summary>Softens the edge where it moves, a little over half a pixel of the small size: exposure has blurred it by more than that
    /// already, and what is sharper there is the network's grid, which would shimmer as the edge goes over it.</summary>
    private void Ease(Span<ushort> result)
    {
        (int first, int end) = _band.MovingRows;
        if (first == end)
            return;
        // Softening looks a row further; what stands in the others is old, and is not looked at.
        _smaller.Scale(new PlaneView<ushort>(result, _width, _height), _smoothed, Math.Max(0, first - 1), Math.Min(_smallHeight, end + 1));
        _mask.Soften(_smoothed, Binomial);
        for (int y = 0; y < _height; y++)
        {
            _rows.FindRuns(_band.MovingShare, y, Gap, _runs);
            foreach ((int from, int to) in _runs)
            {
                int count = to - from;
                _rows.Select(y, from, to);
                _rows.Read(_band.MovingShare, _easing, _share);
                _rows.Read(_smoothed, 1, _sum);
                Ease(result.Slice((y * _width) + from, count), _sum.AsSpan(from, count), _share.AsSpan(from, count), _weight.AsSpan(from, count), _total.AsSpan(from, count));
            }
        }
    }

    /// <summary>now + share exp(-((soft - now) / SharpEdge)^2) (soft - now), rounded.</summary>
    private static void Ease(Span<ushort> now, Span<float> soft, ReadOnlySpan<float> share, Span<float> own, Span<float> weight)
    {
        WindowKernel.ToFloats(now, own);
        TensorPrimitives.Subtract(soft, own, soft);
        TensorPrimitives.Multiply(soft, 1 / SharpEdge, weight);
        TensorPrimitives.Multiply(weight, weight, weight);
        TensorPrimitives.Negate(weight, weight);
        TensorPrimitives.Exp(weight, weight);
        TensorPrimitives.Multiply(weight, share, weight);
        TensorPrimitives.MultiplyAdd(weight, soft, own, own);
        WindowKernel.ToCodes(own, now);
    }
}
