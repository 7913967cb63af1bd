using VideoMatte.Frames;
using VideoMatte.Matting.Solver;

namespace VideoMatte.Matting.Refine;

/// <summary>Solves the edge of a coarse matte again from the picture: a guided filter in colour (He, Sun and Tang, "Guided image filtering",
/// PAMI 2013, with the small statistics of their "Fast guided filter", 2015), over an open band alone. In every window alpha is regressed on
/// colour, alpha = a . (R, G, B) + b; where the matte is sure of itself it counts for more than where it hovers in between.</summary>
/// <remarks>The sums of a window are carried from frame to frame with half their weight, so that what a window knows of inside and outside
/// does not begin anew with every frame: that takes flicker off. Radius, weights and carry were measured on pairs in motion: hair and fur
/// gain up to a window of a fiftieth of the picture's longer side; beyond it backgrounds of one colour with the subject bleed in.</remarks>
internal sealed class BandFilter
{
    /// <summary>Side of the blocks that statistics are made of, pixels.</summary>
    private const int MostStep = 4;

    /// <summary>Variance of colour (0..1) below which the picture has no edge to follow.</summary>
    private const double Epsilon = 1e-5;

    /// <summary>What a pixel counts that is half covered, beside 1 for a sure one.</summary>
    private const float LeastWeight = 0.05f;

    private const float Carry = 0.5f;

    /// <summary>What a matte calls sure; as for a made trimap.</summary>
    private const float SureOutside = 1f / TrimapBand.SureParts, SureInside = 1 - SureOutside;

    /// <summary>Three slopes, a level, and how much of the result counts.</summary>
    private const int Planes = 5;

    private readonly int _width;
    private readonly int _height;
    private readonly int _step;
    private readonly int _smallWidth;
    private readonly int _smallHeight;
    private readonly BlockMeans _blocks;
    private readonly WindowSums _window;
    private readonly WindowSums _reach;
    private readonly WindowSums _feather;
    private readonly float[][] _colour;
    private readonly float[] _matte;
    private readonly WindowRegression _regression;
    private readonly float[] _share;
    private readonly float[] _notInside;
    private readonly float[][] _lines;

    public BandFilter(int width, int height)
    {
        (_width, _height) = (width, height);
        int radius = Radius(width, height), reach = RefinedMattingModel.AutomaticRadius(width, height);
        _step = Step(radius);
        (_smallWidth, _smallHeight) = ((width + _step - 1) / _step, (height + _step - 1) / _step);
        _blocks = new BlockMeans(width, height, _step);
        int small = _smallWidth * _smallHeight;
        _window = new WindowSums(_smallWidth, _smallHeight, Math.Max(1, radius / _step));
        _reach = new WindowSums(_smallWidth, _smallHeight, Math.Max(1, reach / _step));
        _feather = new WindowSums(_smallWidth, _smallHeight, 1);
        _colour = [new float[small], new float[small], new float[small]];
        (_matte, _share, _notInside) = (new float[small], new float[small], new float[small]);
        _regression = new WindowRegression(small, Epsilon);
        _lines = [.. Enumerable.Range(0, Planes).Select(_ => new float[_smallWidth])];
    }

    /// <summary>Memory it needs beside the picture it is given: 38 planes of single numbers at the small size (sums twice, solution, colour,
    /// matte, band) and one for each of three windows.</summary>
    public static long BytesFor(int width, int height)
    {
        long step = Step(Radius(width, height));
        return 41 * sizeof(float) * ((width + step - 1) / step) * ((height + step - 1) / step);
    }

    public bool Fits(int width, int height) => width == _width && height == _height;

    /// <summary>The next frame is of another shot.</summary>
    public void Forget() => _regression.Forget();

    /// <param name="rgb">The picture, 3 x height x width values 0..1; borrowed.</param>
    /// <param name="alpha">Height x width codes; those in the band are replaced, towards its rim by and by.</param>
    public void Apply(ReadOnlySpan<float> rgb, Span<ushort> alpha)
    {
        int pixels = _width * _height;
        for (int c = 0; c < 3; c++)
            _blocks.Of(rgb.Slice(c * pixels, pixels), _colour[c]);
        _blocks.Of(alpha, _matte);
        _regression.Gather(_colour, _matte, _window, LeastWeight, Carry);
        FindBand();
        float[][] model = [.. _regression.Solve(_window, _smallWidth), _share];
        for (int y = 0; y < _height; y++)
            Row(model, y, rgb.Slice(y * _width, pixels + pixels + _width), pixels, alpha.Slice(y * _width, _width));
    }

    /// <summary>1 well inside the band, 0 outside, feathered over three blocks.</summary>
    private void FindBand()
    {
        float[] notOutside = _share, notInside = _notInside;
        for (int i = 0; i < _matte.Length; i++)
            (notOutside[i], notInside[i]) = (_matte[i] > SureOutside ? 1 : 0, _matte[i] < SureInside ? 1 : 0);
        _reach.Replace(notOutside);
        _reach.Replace(notInside);
        for (int i = 0; i < _share.Length; i++)
            _share[i] = notOutside[i] > 0.5f && notInside[i] > 0.5f ? 1 : 0;
        _feather.Replace(_share);
        for (int y = 0, i = 0; y < _smallHeight; y++)
            for (int x = 0; x < _smallWidth; x++, i++)
                _share[i] /= _feather.Count(x, y);
    }

    /// <summary>Of the windows, pixels.</summary>
    private static int Radius(int width, int height) => Math.Max(4, (Math.Max(width, height) + 25) / 50);

    private static int Step(int radius) => Math.Clamp(radius / 3, 1, MostStep);

    private void Row(float[][] model, int y, ReadOnlySpan<float> rgb, int pixels, Span<ushort> alpha)
    {
        (int above, int below, float down) = Between(y, _smallHeight);
        // The share first: where it is nothing in the whole row, the rest is of no use.
        for (int p = Planes - 1; p >= 0; p--)
        {
            ReadOnlySpan<float> near = model[p].AsSpan(above * _smallWidth, _smallWidth), far = model[p].AsSpan(below * _smallWidth, _smallWidth);
            Span<float> line = _lines[p];
            for (int x = 0; x < line.Length; x++)
                line[x] = near[x] + ((far[x] - near[x]) * down);
            if (p == Planes - 1 && !line.ContainsAnyExcept(0f))
                return;
        }

        ReadOnlySpan<float> share = _lines[4], onRed = _lines[0], onGreen = _lines[1], onBlue = _lines[2], level = _lines[3];
        for (int x = 0; x < alpha.Length; x++)
        {
            (int left, int right, float across) = Between(x, _smallWidth);
            float part = share[left] + ((share[right] - share[left]) * across);
            if (part <= 0)
                continue;
            float solved = (Mix(onRed, left, right, across) * rgb[x]) + (Mix(onGreen, left, right, across) * rgb[pixels + x])
                + (Mix(onBlue, left, right, across) * rgb[pixels + pixels + x]) + Mix(level, left, right, across);
            float coarse = alpha[x] * (1f / AlphaMatte.Opaque);
            alpha[x] = (ushort)((Math.Clamp(coarse + ((solved - coarse) * part), 0, 1) * AlphaMatte.Opaque) + 0.5f);
        }
    }

    private static float Mix(ReadOnlySpan<float> line, int left, int right, float across) => line[left] + ((line[right] - line[left]) * across);

    /// <summary>The blocks whose middles lie around a pixel's.</summary>
    private (int Near, int Far, float Weight) Between(int at, int blocks)
    {
        float place = Math.Clamp(((at + 0.5f) / _step) - 0.5f, 0, blocks - 1);
        int near = (int)place;
        return (near, Math.Min(near + 1, blocks - 1), place - near);
    }
}
