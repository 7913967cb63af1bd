namespace VideoMatte.Evaluation.Metrics;

/// <summary>Grad of the matting benchmarks (Rhemann et al. 2009) as Robust Video Matting's evaluation computes it: the sum over all pixels of
/// (|gradient of g| - |gradient of a|)^2 / 1000, the gradient by correlation with the derivatives of a Gaussian, sigma 1.4, 9 x 9 of Frobenius
/// norm 1, borders repeated. It grows with the number of pixels of the edge. Of mattes of one size; used by one caller at a time.</summary>
public sealed class GradMetric
{
    /// <summary>How far outside the true band <see cref="InBand(ReadOnlySpan{float}, ReadOnlySpan{float})"/> looks, in pixels.</summary>
    public const int BandReach = 5;

    private const double Thousandth = 1000;

    private readonly int _width;
    private readonly int _height;
    private readonly float[] _padded;
    private readonly float[] _smooth;
    private readonly float[] _slope;
    private readonly float[] _lengths;
    private readonly float[] _trueLengths;
    private readonly Lazy<(float[] Prediction, float[] Truth)> _units;

    /// <param name="width">Pixels a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    public GradMetric(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (_width, _height) = (width, height);
        int count = checked(width * height);
        _padded = new float[width + (2 * GradKernel.Half)];
        _smooth = new float[width * GradKernel.Taps];
        _slope = new float[width * GradKernel.Taps];
        _lengths = new float[count];
        _trueLengths = new float[count];
        _units = new(() => (new float[count], new float[count]));
    }

    /// <summary>Of two mattes as 16-bit codes.</summary>
    /// <param name="prediction">Width x height codes 0..65535, row after row.</param>
    /// <param name="truth">As many.</param>
    /// <param name="variant">Stretched first, or not.</param>
    /// <returns>0 or more, 0 is equal.</returns>
    /// <exception cref="ArgumentException">Another count than width x height.</exception>
    public double Of(ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> truth, GradVariant variant)
    {
        ToUnit(prediction, truth);
        return Of(_units.Value.Prediction, _units.Value.Truth, variant);
    }

    /// <summary>Of two mattes in single precision, 0..1.</summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{ushort}, ReadOnlySpan{ushort}, GradVariant)"/>
    public double Of(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth, GradVariant variant)
    {
        Lengths(prediction, _lengths);
        Lengths(truth, _trueLengths);
        // A gradient knows nothing of an offset: stretching is a factor.
        (float scale, float trueScale) = variant == GradVariant.Lr ? (Stretch(prediction), Stretch(truth)) : (1, 1);
        return GradKernel.SquaredDifference(_lengths, scale, _trueLengths, trueScale) / Thousandth;
    }

    /// <inheritdoc cref="InBand(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    /// <param name="prediction">Width x height codes 0..65535, row after row.</param>
    /// <param name="truth">As many.</param>
    public double InBand(ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> truth)
    {
        ToUnit(prediction, truth);
        return InBand(_units.Value.Prediction, _units.Value.Truth);
    }

    /// <summary>Not stretched, and summed only where the truth is between 0 and 1, or such a pixel is no farther than
    /// <see cref="BandReach"/> across and down.</summary>
    /// <param name="prediction">Width x height values 0..1, row after row.</param>
    /// <param name="truth">As many.</param>
    /// <exception cref="ArgumentException">Another count than width x height.</exception>
    public double InBand(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth)
    {
        Lengths(prediction, _lengths);
        Lengths(truth, _trueLengths);
        // Of each column the last row so far that has such a pixel near across.
        int[] seen = new int[_width];
        Array.Fill(seen, -_height - BandReach);
        double sum = 0;
        for (int y = -BandReach; y < _height; y++)
        {
            if (y + BandReach < _height)
                See(truth.Slice((y + BandReach) * _width, _width), y + BandReach, seen);
            for (int x = 0; y >= 0 && x < _width; x++)
            {
                if (seen[x] < y - BandReach)
                    continue;
                float step = _lengths[(y * _width) + x] - _trueLengths[(y * _width) + x];
                sum += step * step;
            }
        }

        return sum / Thousandth;
    }

    private static void See(ReadOnlySpan<float> truth, int row, int[] seen)
    {
        for (int x = 0, marked = 0; x < truth.Length; x++)
        {
            if (truth[x] is not (> 0 and < 1))
                continue;
            int end = Math.Min(truth.Length, x + BandReach + 1);
            marked = Math.Max(marked, x - BandReach);
            seen.AsSpan(marked, end - marked).Fill(row);
            marked = end;
        }
    }

    private static float Stretch(ReadOnlySpan<float> plane)
    {
        (float least, float greatest) = GradKernel.Extremes(plane);
        return greatest > least ? 1 / (greatest - least) : 0;
    }

    private void ToUnit(ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> truth)
    {
        RequireSize(prediction.Length);
        RequireSize(truth.Length);
        GradKernel.ToUnit(prediction, _units.Value.Prediction);
        GradKernel.ToUnit(truth, _units.Value.Truth);
    }

    /// <summary>Nine rows stand in a ring; each row of the picture is taken across once.</summary>
    private void Lengths(ReadOnlySpan<float> plane, Span<float> lengths)
    {
        RequireSize(plane.Length);
        Span<int> rows = stackalloc int[GradKernel.Taps];
        int done = 0;
        for (int y = 0; y < _height; y++)
        {
            for (; done <= Math.Min(y + GradKernel.Half, _height - 1); done++)
                Across(plane.Slice(done * _width, _width), done % GradKernel.Taps * _width);
            for (int k = -GradKernel.Half; k <= GradKernel.Half; k++)
                rows[k + GradKernel.Half] = Math.Clamp(y + k, 0, _height - 1) % GradKernel.Taps * _width;
            GradKernel.Down(_smooth, _slope, rows, lengths.Slice(y * _width, _width));
        }
    }

    private void Across(ReadOnlySpan<float> row, int to)
    {
        row.CopyTo(_padded.AsSpan(GradKernel.Half));
        _padded.AsSpan(0, GradKernel.Half).Fill(row[0]);
        _padded.AsSpan(GradKernel.Half + _width).Fill(row[^1]);
        GradKernel.Across(_padded, _smooth.AsSpan(to, _width), _slope.AsSpan(to, _width));
    }

    private void RequireSize(int count)
    {
        if (count != _lengths.Length)
            throw new ArgumentException(FormattableString.Invariant($"grad: a matte of {count} pixels was given, not of {_width}x{_height}"));
    }
}
