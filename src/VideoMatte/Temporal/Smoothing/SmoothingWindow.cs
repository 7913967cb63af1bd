using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>Smooths one frame's matte by those of its window: each neighbour is seen along the motion, from its own unsmoothed matte and in
/// one step, so that nothing trails and nothing blurs from frame to frame.</summary>
internal sealed class SmoothingWindow
{
    /// <summary>Pixels a run of a row goes on for without any of the band.</summary>
    private const int Gap = 32;

    /// <summary>A change of alpha, in codes, that softening a moving edge must not make: where it would, the edge is sharper than its motion
    /// lets expect, and stays.</summary>
    private const float SharpEdge = .1f * AlphaMatte.Opaque;

    /// <summary>How far from none and from full coverage a frame is sure of itself.</summary>
    private const float Sure = .02f;

    private static readonly float[] Binomial = [.5f, .25f];

    private readonly int _width;
    private readonly int _height;
    private readonly SmoothingBand _band;
    private readonly float _strict;
    private readonly float _stricter;
    private readonly float _easing;
    private readonly SoftMask _mask;
    private readonly SmallRows _shareRows;
    private readonly SmallRows[] _flowRows;
    private readonly SmallRows[] _confidenceRows;
    private readonly AreaScaler _smaller;
    private readonly float[] _smoothed;
    private readonly float[] _share;
    private readonly float[] _nextWeight;
    private readonly float[] _strictness;
    private readonly float[] _strictAll;
    private readonly float[] _moving;
    private readonly float[] _u;
    private readonly float[] _v;
    private readonly float[] _weight;
    private readonly float[] _sum;
    private readonly float[] _total;
    private readonly List<(int From, int To)> _runs = [];

    public SmoothingWindow(int width, int height, int smallWidth, int smallHeight, SoftMask mask, FlowSmoothingOptions options)
    {
        (_width, _height, _mask) = (width, height, mask);
        _strict = (float)(1 / (options.Tolerance * AlphaMatte.Opaque));
        _stricter = (float)(1 / (options.MovingTolerance * AlphaMatte.Opaque)) - _strict;
        _easing = (float)Math.Min(1, 2 * options.Strength);
        int neighbours = options.Behind + options.Ahead;
        _band = new SmoothingBand(smallWidth, smallHeight, mask);
        _shareRows = Rows();
        _flowRows = [.. Enumerable.Range(0, neighbours).Select(_ => Rows())];
        // Two neighbours' at a time.
        _confidenceRows = [.. Enumerable.Range(0, (neighbours + 1) / 2).Select(_ => Rows())];
        _smaller = new AreaScaler(width, height, smallWidth, smallHeight);
        _smoothed = new float[smallWidth * smallHeight];
        (_share, _nextWeight, _u, _v) = (new float[width], new float[width], new float[width], new float[width]);
        (_weight, _sum, _total) = (new float[width], new float[width], new float[width]);
        (_strictness, _strictAll, _moving) = (new float[width], new float[width], new float[width]);
        Array.Fill(_strictAll, _strict);

        SmallRows Rows() => new(smallWidth, smallHeight, width, height);
    }

    /// <param name="view">The frame in hand; its own matte is read.</param>
    /// <param name="neighbours">The window's other frames, as many as it was made for at most.</param>
    /// <param name="nearest">Those next to the frame in hand.</param>
    /// <param name="result">The frame's matte; written only in the band.</param>
    public void Smooth(
        SmoothingView view, ReadOnlySpan<SmoothingNeighbour> neighbours, ReadOnlySpan<SmoothingNeighbour> nearest, Span<ushort> result)
    {
        _band.Find(view.Matte, nearest);
        _shareRows.Forget();
        foreach (SmallRows rows in _flowRows)
            rows.Forget();
        foreach (SmallRows rows in _confidenceRows)
            rows.Forget();
        for (int y = 0; y < _height; y++)
        {
            _shareRows.Row(y, _band.Share, 1, _share, _band.Moving, 1, _moving);
            FindRuns();
            if (_runs.Count == 0)
                continue;
            (int from, int to) = (_runs[0].From, _runs[^1].To);
            TensorPrimitives.MultiplyAdd(_moving.AsSpan(from, to - from), _stricter, _strictAll.AsSpan(from, to - from), _strictness.AsSpan(from, to - from));
            Spare(view.Alpha.AsSpan(y * _width, _width));
            Mean(view.Alpha, neighbours, y, result.Slice(y * _width, _width));
        }

        Ease(result);
    }

    private void Mean(ushort[] alpha, ReadOnlySpan<SmoothingNeighbour> neighbours, int y, Span<ushort> result)
    {
        ReadOnlySpan<ushort> now = alpha.AsSpan(y * _width, _width);
        foreach ((int from, int to) in _runs)
        {
            WindowKernel.ToFloats(now[from..to], _sum.AsSpan(from, to - from));
            _total.AsSpan(from, to - from).Fill(1);
        }

        (int first, int end) = (_runs[0].From, _runs[^1].To);
        for (int i = 0; i < neighbours.Length; i++)
        {
            SmoothingNeighbour neighbour = neighbours[i], next = neighbours[Math.Min(i + 1, neighbours.Length - 1)];
            _flowRows[i].Row(y, first, end, neighbour.Link.Flow.U, _shareRows.ScaleX, _u, neighbour.Link.Flow.V, _shareRows.ScaleY, _v);
            if (i % 2 == 0)
                _confidenceRows[i / 2].Row(y, first, end, neighbour.Link.Confidence, neighbour.Gain, _weight, next.Link.Confidence, next.Gain, _nextWeight);
            float[] weight = i % 2 == 0 ? _weight : _nextWeight;
            foreach ((int from, int to) in _runs)
                WindowKernel.Add(now, neighbour.View.Alpha, _height, y, _u, _v, weight, _strictness, from, to, _sum, _total);
        }

        foreach ((int from, int to) in _runs)
            WindowKernel.Finish(now, _sum, _total, _share, from, to, result);
    }

    /// <summary>Softens the edge where it moves, a little over half a pixel of the small size: exposure has blurred it by more than that
    /// already, and what is sharper there is the network's grid, which would shimmer as the edge goes over it.</summary>
    private void Ease(Span<ushort> result)
    {
        if (!_band.MovingShare.AsSpan().ContainsAnyExcept(0f))
            return;
        _smaller.Scale(new PlaneView<ushort>(result, _width, _height), _smoothed);
        _mask.Soften(_smoothed, Binomial);
        _shareRows.Forget();
        for (int y = 0; y < _height; y++)
        {
            _shareRows.Row(y, _band.MovingShare, _easing, _share, _smoothed, 1, _sum);
            FindRuns();
            Span<ushort> row = result.Slice(y * _width, _width);
            foreach ((int from, int to) in _runs)
                Ease(row[from..to], _sum.AsSpan(from, to - from), _share.AsSpan(from, to - from), _weight.AsSpan(from, to - from), _total.AsSpan(from, to - from));
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

    /// <summary>Where the picture moves, what the frame itself is sure of stays: a neighbour's say would be a trail.</summary>
    private void Spare(ReadOnlySpan<ushort> own)
    {
        foreach ((int from, int to) in _runs)
            for (int x = from; x < to; x++)
                _share[x] *= 1 - (_moving[x] * Sureness(own[x]));
    }

    /// <summary>1 for none and full coverage, 0 from a little away from them.</summary>
    private static float Sureness(ushort code) => Math.Max(0, 1 - (Math.Min(code, AlphaMatte.Opaque - code) / (Sure * AlphaMatte.Opaque)));

    /// <summary>The parts of the row in which the share is above 0.</summary>
    private void FindRuns()
    {
        _runs.Clear();
        // As bits: shares are never below 0, and comparing floats is not vectorised.
        ReadOnlySpan<uint> share = MemoryMarshal.Cast<float, uint>(_share);
        int x = 0;
        while (x < _width)
        {
            int skip = share[x..].IndexOfAnyExcept(0u);
            if (skip < 0)
                return;
            int from = x + skip, to = from + 1;
            while (share.Slice(to, Math.Min(Gap, _width - to)).LastIndexOfAnyExcept(0u) is >= 0 and int last)
                to += last + 1;
            _runs.Add((from, to));
            x = to;
        }
    }
}
