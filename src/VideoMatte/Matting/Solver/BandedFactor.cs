using System.Numerics.Tensors;

namespace VideoMatte.Matting.Solver;

/// <summary>A symmetric matrix whose entries lie near its diagonal, to be added up entry by entry, and its Cholesky factor L L' in the same
/// place: exact, no fill outside the band.</summary>
internal sealed class BandedFactor
{
    /// <summary>What is added to the diagonal, as a share of it: rows that nearly follow from others would have no pivot. Steps of a
    /// hundred where that was not enough.</summary>
    private const double FirstShift = 1e-8, ShiftStep = 100, MostShift = 1;

    private readonly int _band;
    private readonly int _stride;
    private readonly double[] _rows;

    /// <param name="count">Rows.</param>
    /// <param name="band">How far entries lie from the diagonal at most.</param>
    public BandedFactor(int count, int band)
    {
        (Count, _band, _stride) = (count, band, band + 1);
        _rows = new double[(long)count * _stride];
    }

    public int Count { get; }

    /// <summary>Adds to the entry of a row and a column not behind it, within the band.</summary>
    public void Add(int row, int column, double value) => _rows[Start(row) + column] += value;

    /// <summary>Makes the factor of what was added up.</summary>
    /// <returns>False where the matrix is not positive even with its diagonal doubled; the rows are of no use then.</returns>
    public bool TryFactor()
    {
        double[] matrix = [.. _rows];
        for (double shift = FirstShift; shift <= MostShift; shift *= ShiftStep)
        {
            matrix.AsSpan().CopyTo(_rows);
            if (TryFactor(shift))
                return true;
        }

        return false;
    }

    /// <summary>Solves L L' x = b in place.</summary>
    public void Solve(Span<double> x)
    {
        for (int row = 0; row < Count; row++)
        {
            int first = Math.Max(0, row - _band);
            ReadOnlySpan<double> entries = Entries(row, first, row);
            x[row] = (x[row] - TensorPrimitives.Dot(entries, x[first..row])) / _rows[Start(row) + row];
        }

        for (int row = Count - 1; row >= 0; row--)
        {
            int first = Math.Max(0, row - _band);
            double own = x[row] /= _rows[Start(row) + row];
            TensorPrimitives.MultiplyAdd(Entries(row, first, row), -own, x[first..row], x[first..row]);
        }
    }

    private bool TryFactor(double shift)
    {
        for (int row = 0; row < Count; row++)
        {
            int first = Math.Max(0, row - _band), start = Start(row);
            double pivot = _rows[start + row];
            // Nothing was added to a row of its own: it stands for nobody.
            pivot = pivot > 0 ? pivot * (1 + shift) : 1;
            for (int column = first; column < row; column++)
            {
                int from = Math.Max(first, column - _band);
                double entry = (_rows[start + column] - TensorPrimitives.Dot(Entries(row, from, column), Entries(column, from, column))) / _rows[Start(column) + column];
                _rows[start + column] = entry;
                pivot -= entry * entry;
            }

            if (!(pivot > 0))
                return false;
            _rows[start + row] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Where column 0 of a row would stand.</summary>
    private int Start(int row) => (row * _stride) + _band - row;

    private ReadOnlySpan<double> Entries(int row, int from, int to) => _rows.AsSpan(Start(row) + from, to - from);
}
