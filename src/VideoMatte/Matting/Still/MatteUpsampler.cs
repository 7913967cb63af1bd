using System.Numerics;
using VideoMatte.Frames;

namespace VideoMatte.Matting.Still;

/// <summary>Brings a network's small matte to the picture's size along the picture's own edges: the fast guided filter (He and Sun, "Fast
/// guided filter", 2015). At the small size, over windows of 3 x 3, alpha is regressed on the grey picture: alpha = slope x grey + level; slope and level are
/// brought to full size linearly and meet the full grey there. Used by one caller at a time.</summary>
/// <remarks>Window and epsilon were measured: radius 1 at the network's size, 1e-3; radius 2 already loses on most networks.</remarks>
internal sealed partial class MatteUpsampler
{
    /// <summary>Variance of grey (0..1) under which the picture has no edge to follow.</summary>
    private const float Epsilon = 1e-3f;

    private readonly int _smallWidth;
    private readonly int _smallHeight;
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _slope;
    private readonly float[] _level;
    private readonly float[] _guideMean;
    private readonly float[] _alphaMean;
    private readonly float[] _products;
    private readonly float[] _squares;
    private readonly float[] _line;
    private readonly RowSpreader _spreader;

    public MatteUpsampler(int smallWidth, int smallHeight, int width, int height)
    {
        (_smallWidth, _smallHeight, _width, _height) = (smallWidth, smallHeight, width, height);
        int small = smallWidth * smallHeight;
        (_slope, _level) = (new float[small], new float[small]);
        (_guideMean, _alphaMean, _products, _squares, _line) = (new float[small], new float[small], new float[small], new float[small], new float[small]);
        _spreader = new RowSpreader(smallWidth, width);
    }

    /// <summary>Guided by the picture.</summary>
    /// <param name="alpha">The small matte, 0..1.</param>
    /// <param name="smallGuide">Grey of the picture at the small size, 0..1.</param>
    /// <param name="red">The picture's planes at full size, 0..1; grey is their mean.</param>
    /// <param name="green">See <paramref name="red"/>.</param>
    /// <param name="blue">See <paramref name="red"/>.</param>
    /// <param name="full">The full matte; all values are written, 0..1.</param>
    public void Guide(ReadOnlySpan<float> alpha, ReadOnlySpan<float> smallGuide, ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue, Span<float> full)
    {
        Regress(alpha, smallGuide);
        for (int y = 0; y < _height; y++)
        {
            (int near, int far, float weight) = Rows(y);
            Range row = (y * _width)..((y + 1) * _width);
            _spreader.Select(_slope, _level, near, far);
            Apply(_spreader.Near1, _spreader.Far1, _spreader.Near2, _spreader.Far2, weight, red[row], green[row], blue[row], full[row]);
        }
    }

    /// <summary>By linear interpolation alone.</summary>
    public void Spread(ReadOnlySpan<float> alpha, Span<float> full)
    {
        _spreader.Forget();
        alpha.CopyTo(_level);
        Array.Clear(_slope);
        for (int y = 0; y < _height; y++)
        {
            (int near, int far, float weight) = Rows(y);
            Span<float> row = full.Slice(y * _width, _width);
            _spreader.Select(_slope, _level, near, far);
            // Without a slope the picture has no say.
            Apply(_spreader.Near1, _spreader.Far1, _spreader.Near2, _spreader.Far2, weight, row, row, row, row);
        }
    }

    /// <summary>output = clamp(slope (r + g + b) / 3 + level), slope and level between two rows.</summary>
    internal static void Apply(
        ReadOnlySpan<float> nearSlope,
        ReadOnlySpan<float> farSlope,
        ReadOnlySpan<float> nearLevel,
        ReadOnlySpan<float> farLevel,
        float nearWeight,
        ReadOnlySpan<float> red,
        ReadOnlySpan<float> green,
        ReadOnlySpan<float> blue,
        Span<float> output)
    {
        if (Vector.IsHardwareAccelerated)
            ApplyVector(nearSlope, farSlope, nearLevel, farLevel, nearWeight, red, green, blue, output);
        else
            ApplyScalar(nearSlope, farSlope, nearLevel, farLevel, nearWeight, red, green, blue, output);
    }

    private void Regress(ReadOnlySpan<float> alpha, ReadOnlySpan<float> guide)
    {
        _spreader.Forget();
        for (int i = 0; i < alpha.Length; i++)
            (_products[i], _squares[i]) = (alpha[i] * guide[i], guide[i] * guide[i]);
        alpha.CopyTo(_alphaMean);
        guide.CopyTo(_guideMean);
        foreach (float[] plane in (float[][])[_alphaMean, _guideMean, _products, _squares])
            Box3.Mean(plane, _line, _smallWidth, _smallHeight);
        for (int i = 0; i < alpha.Length; i++)
        {
            float mean = _guideMean[i], variance = Math.Max(0, _squares[i] - (mean * mean));
            float slope = (_products[i] - (mean * _alphaMean[i])) / (variance + Epsilon);
            (_slope[i], _level[i]) = (slope, _alphaMean[i] - (slope * mean));
        }

        Box3.Mean(_slope, _line, _smallWidth, _smallHeight);
        Box3.Mean(_level, _line, _smallWidth, _smallHeight);
    }

    private (int Near, int Far, float Weight) Rows(int y)
    {
        double at = Math.Clamp(((y + 0.5) * _smallHeight / _height) - 0.5, 0, _smallHeight - 1);
        int near = (int)at;
        return (near, Math.Min(near + 1, _smallHeight - 1), (float)(1 - (at - near)));
    }
}
