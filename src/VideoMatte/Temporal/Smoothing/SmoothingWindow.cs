using System.Numerics.Tensors;
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
    private readonly float[] _other;
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
        _confidenceRows = [.. Enumerable.Range(0, neighbours).Select(_ => Rows())];
        _smaller = new AreaScaler(width, height, smallWidth, smallHeight);
        _smoothed = new float[smallWidth * smallHeight];
        (_share, _other, _u, _v) = (new float[width], new float[width], new float[width], new float[width]);
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
        foreach (SmallRows rows in (SmallRows[])[_shareRows, .. _flowRows, .. _confidenceRows])
            rows.Forget();
        for (int y = 0; y < _height; y++)
        {
            _shareRows.Row(y, _band.Share, 1, _share, _band.Moving, 1, _moving);
            FindRuns();
            if (_runs.Count == 0)
                continue;
            TensorPrimitives.MultiplyAdd(_moving, _stricter, _strictAll, _strictness);
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
            TensorPrimitives.ConvertTruncating<ushort, float>(now[from..to], _sum.AsSpan(from, to - from));
            _total.AsSpan(from, to - from).Fill(1);
        }

        for (int i = 0; i < neighbours.Length; i++)
        {
            SmoothingNeighbour neighbour = neighbours[i];
            _flowRows[i].Row(y, neighbour.Link.Flow.U, _shareRows.ScaleX, _u, neighbour.Link.Flow.V, _shareRows.ScaleY, _v);
            _confidenceRows[i].Row(y, neighbour.Link.Confidence, neighbour.Gain, _weight, neighbour.Link.Confidence, 1, _other);
            foreach ((int from, int to) in _runs)
                WindowKernel.Add(now, neighbour.View.Alpha, _height, y, _u, _v, _weight, _strictness, from, to, _sum, _total);
        }

        foreach ((int from, int to) in _runs)
            WindowKernel.Finish(now, _sum, _total, _share, from, to, result);
    }

    /// <summary>Softens the edge where it moves, a little over half a pixel of the small size: exposure has blurred it by more than that
    /// already, and what is sharper there is the network's grid, which would shimmer as the edge goes over it.</summary>
    private void Ease(Span<ushort> result)
    {
        _smaller.Scale(new PlaneView<ushort>(result, _width, _height), _smoothed);
        _mask.Soften(_smoothed, Binomial);
        _shareRows.Forget();
        for (int y = 0; y < _height; y++)
        {
            _shareRows.Row(y, _band.MovingShare, _easing, _share, _smoothed, 1, _sum);
            FindRuns();
            Span<ushort> row = result.Slice(y * _width, _width);
            foreach ((int from, int to) in _runs)
                for (int x = from; x < to; x++)
                {
                    float change = _sum[x] - row[x], sharp = change / SharpEdge;
                    row[x] = (ushort)(row[x] + (_share[x] * MathF.Exp(-sharp * sharp) * change) + .5f);
                }
        }
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
        int x = 0;
        while (x < _width)
        {
            int skip = _share.AsSpan(x).IndexOfAnyExcept(0f);
            if (skip < 0)
                return;
            int from = x + skip, to = from + 1;
            for (int i = to; i < Math.Min(_width, to + Gap); i++)
                if (_share[i] > 0)
                    to = i + 1;
            _runs.Add((from, to));
            x = to;
        }
    }
}
