using System.Globalization;

namespace VideoMatte.Matting.Plate;

/// <summary>
/// Pictures of the empty scene, taken by the same fixed camera, turned into the first state of the plate model (<see cref="PlateGraph"/>), so
/// that nothing has to be discovered. Only sums at the model's small size are kept, however long the clip.
/// </summary>
/// <remarks>
/// The light of the plate need not be that of the clip: the model fits a gain and an offset a channel in each frame. What moved between plate
/// and clip (a chair, the camera) becomes foreground.
/// </remarks>
public sealed class CleanPlate
{
    /// <summary>Standard deviation assumed where there is one picture only.</summary>
    private const float SigmaOfOne = 3f / 255f;

    private readonly int _width;
    private readonly int _height;
    private readonly int _smallWidth;
    private readonly int _smallHeight;
    private readonly double[] _sum;
    private readonly double[] _squares;
    private int _count;

    /// <param name="width">Of the clip's picture, pixels.</param>
    /// <param name="height">Of the clip's picture, pixels.</param>
    /// <param name="downsampleRatio">As the model will be given it, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A size under 1, or a ratio outside (0, 1].</exception>
    public CleanPlate(int width, int height, float downsampleRatio)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (!(downsampleRatio is > 0f and <= 1f))
            throw new ArgumentOutOfRangeException(nameof(downsampleRatio), downsampleRatio, "The ratio lies in (0, 1].");
        _width = width;
        _height = height;
        // In single precision, as the graph computes it.
        _smallWidth = Math.Max(1, (int)MathF.Floor(width * downsampleRatio));
        _smallHeight = Math.Max(1, (int)MathF.Floor(height * downsampleRatio));
        _sum = new double[3 * _smallWidth * _smallHeight];
        _squares = new double[_smallWidth * _smallHeight];
    }

    /// <summary>Pictures added so far.</summary>
    public int Count => _count;

    /// <summary>Adds a picture of the empty scene.</summary>
    /// <param name="rgb">Planar [3, height, width], RGB 0..1, as the model's <c>src</c>. Only borrowed.</param>
    /// <exception cref="ArgumentException">The length is not 3 x height x width.</exception>
    public void Add(ReadOnlySpan<float> rgb)
    {
        if (rgb.Length != 3L * _width * _height)
        {
            string found = string.Create(CultureInfo.InvariantCulture, $"{rgb.Length} values are no planar RGB picture of {_width}x{_height}.");
            throw new ArgumentException(found, nameof(rgb));
        }

        int small = _smallWidth * _smallHeight;
        AxisTap[] columns = AxisTap.Line(_width, _smallWidth);
        AxisTap[] rows = AxisTap.Line(_height, _smallHeight);
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<float> plane = rgb.Slice(channel * _width * _height, _width * _height);
            for (int y = 0; y < _smallHeight; y++)
                for (int x = 0; x < _smallWidth; x++)
                {
                    double value = Sample(plane, rows.AsSpan(2 * y, 2), columns.AsSpan(2 * x, 2));
                    _sum[channel * small + y * _smallWidth + x] += value;
                    _squares[y * _smallWidth + x] += value * value / 3;
                }
        }
        _count++;
    }

    /// <summary>The states r1..r4 to begin with, each as values in row-major order and shape.</summary>
    /// <exception cref="InvalidOperationException">No picture was added.</exception>
    public IReadOnlyList<(float[] Values, long[] Shape)> ToStates()
    {
        if (_count == 0)
            throw new InvalidOperationException("A clean plate needs at least one picture.");
        const int modes = PlateSettings.Modes;
        int small = _smallWidth * _smallHeight;
        float[] means = new float[modes * 3 * small];
        float[] weights = new float[modes * small];
        float[] variances = new float[modes * small];
        for (int i = 0; i < small; i++)
        {
            double spread = _squares[i] / _count;
            for (int channel = 0; channel < 3; channel++)
            {
                double mean = _sum[channel * small + i] / _count;
                means[channel * small + i] = (float)mean;
                spread -= mean * mean / 3;
            }

            double variance = _count == 1 ? SigmaOfOne * SigmaOfOne : spread * _count / (_count - 1);
            const double least = PlateSettings.LeastSigma * PlateSettings.LeastSigma;
            const double most = PlateSettings.MostSigma * PlateSettings.MostSigma;
            variances[i] = (float)Math.Clamp(variance, least, most);
            weights[i] = PlateSettings.WeightCap;
        }

        return
        [
            (means, [modes, 3, _smallHeight, _smallWidth]),
            (weights, [modes, 1, _smallHeight, _smallWidth]),
            (variances, [modes, 1, _smallHeight, _smallWidth]),
            (new float[PlateSettings.LightValues], [1, PlateSettings.LightValues, 1, 1]),
        ];
    }

    /// <summary>Mean of the 2 x 2 bilinear samples that make one small pixel.</summary>
    private double Sample(ReadOnlySpan<float> plane, ReadOnlySpan<AxisTap> rows, ReadOnlySpan<AxisTap> columns)
    {
        double sum = 0;
        foreach (AxisTap row in rows)
        {
            ReadOnlySpan<float> first = plane.Slice(row.First * _width, _width);
            ReadOnlySpan<float> second = plane.Slice(row.Second * _width, _width);
            foreach (AxisTap column in columns)
            {
                double upper = first[column.First] + column.Share * (first[column.Second] - first[column.First]);
                double lower = second[column.First] + column.Share * (second[column.Second] - second[column.First]);
                sum += upper + row.Share * (lower - upper);
            }
        }

        return sum / (rows.Length * columns.Length);
    }
}
