namespace VideoMatte.Temporal.Motion;

/// <summary>Weighted least squares of a few unknowns: sums up rows, then solves by Cholesky's decomposition. Used by one caller at a time.</summary>
internal sealed class NormalEquations(int unknowns)
{
    private readonly double[] _matrix = new double[unknowns * unknowns];
    private readonly double[] _right = new double[unknowns];
    private readonly double[] _factor = new double[unknowns * unknowns];

    public void Clear()
    {
        Array.Clear(_matrix);
        Array.Clear(_right);
    }

    /// <summary>One row: weight x (row . unknowns - value)^2 is to be small in the sum.</summary>
    public void Add(ReadOnlySpan<double> row, double value, double weight)
    {
        for (int i = 0; i < unknowns; i++)
        {
            double w = weight * row[i];
            _right[i] += w * value;
            for (int j = 0; j <= i; j++)
                _matrix[(i * unknowns) + j] += w * row[j];
        }
    }

    /// <returns>False where the rows do not settle the unknowns.</returns>
    public bool TrySolve(Span<double> result)
    {
        // A pivot that loses all but this share of itself was a sum of rounding errors.
        const double Least = 1e-10;
        for (int i = 0; i < unknowns; i++)
            for (int j = 0; j <= i; j++)
            {
                double sum = _matrix[(i * unknowns) + j];
                for (int k = 0; k < j; k++)
                    sum -= _factor[(i * unknowns) + k] * _factor[(j * unknowns) + k];
                if (i == j && !(sum > Least * _matrix[(i * unknowns) + i]))
                    return false;
                _factor[(i * unknowns) + j] = i == j ? Math.Sqrt(sum) : sum / _factor[(j * unknowns) + j];
            }

        for (int i = 0; i < unknowns; i++)
        {
            double sum = _right[i];
            for (int k = 0; k < i; k++)
                sum -= _factor[(i * unknowns) + k] * result[k];
            result[i] = sum / _factor[(i * unknowns) + i];
        }

        for (int i = unknowns - 1; i >= 0; i--)
        {
            double sum = result[i];
            for (int k = i + 1; k < unknowns; k++)
                sum -= _factor[(k * unknowns) + i] * result[k];
            result[i] = sum / _factor[(i * unknowns) + i];
        }

        return true;
    }
}
