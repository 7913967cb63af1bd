namespace VideoMatte.Matting.Solver;

/// <summary>An incomplete Cholesky factor L D L' of a matting Laplacian on the matrix's own pattern: the preconditioner. What would fall
/// outside the pattern is dropped.</summary>
internal sealed class IncompleteFactor
{
    private const int Forward = MattingLaplacian.Forward;

    /// <summary>A pivot under this share of the matrix's own entry has lost its figures.</summary>
    private const double LeastPivot = 1e-3;

    /// <summary>What is added to the diagonal, as a share of it (Manteuffel 1980): the dropped entries may have held it up.</summary>
    private const double FirstShift = 1e-4;

    private const double ShiftStep = 4;

    /// <summary>For forward neighbours a before b of one pixel: the slot in which b is a neighbour of a; -1: out of reach.</summary>
    private static readonly int[] Between = MakeBetween();

    private readonly int _count;
    private readonly int[] _next;
    private readonly double[] _lower;
    private readonly double[] _inverse;

    private IncompleteFactor(MattingLaplacian matrix)
    {
        (_count, _next) = (matrix.Count, matrix.Next);
        _lower = new double[matrix.Upper.Length];
        _inverse = new double[_count];
    }

    /// <summary>The factor of the matrix with the smallest addition to its diagonal under which every pivot stays sound.</summary>
    public static IncompleteFactor Of(MattingLaplacian matrix)
    {
        var factor = new IncompleteFactor(matrix);
        double shift = FirstShift;
        while (!factor.TryFactor(matrix, shift))
            shift *= ShiftStep;
        return factor;
    }

    /// <summary>z = (L D L')^-1 r; both hold one value more than there are rows, whose content says nothing.</summary>
    public void Apply(double[] r, double[] z)
    {
        r.AsSpan().CopyTo(z);
        for (int k = 0; k < _count; k++)
        {
            double own = z[k];
            ReadOnlySpan<double> entries = _lower.AsSpan(k * Forward, Forward);
            ReadOnlySpan<int> to = _next.AsSpan(k * Forward, Forward);
            for (int a = 0; a < Forward; a++)
                z[to[a]] -= entries[a] * own;
        }

        z[_count] = 0;
        for (int k = _count - 1; k >= 0; k--)
        {
            double sum = z[k] * _inverse[k];
            ReadOnlySpan<double> entries = _lower.AsSpan(k * Forward, Forward);
            ReadOnlySpan<int> to = _next.AsSpan(k * Forward, Forward);
            for (int a = 0; a < Forward; a++)
                sum -= entries[a] * z[to[a]];
            z[k] = sum;
        }
    }

    private bool TryFactor(MattingLaplacian matrix, double shift)
    {
        matrix.Upper.AsSpan().CopyTo(_lower);
        double[] diagonal = new double[_count];
        for (int i = 0; i < _count; i++)
            diagonal[i] = matrix.Diagonal[i] * (1 + shift);
        for (int k = 0; k < _count; k++)
        {
            double own = matrix.Diagonal[k];
            if (own > 0 && !(diagonal[k] > LeastPivot * own))
                return false;
            // No window reaches a pixel of a picture under 3 x 3: its guess stays.
            _inverse[k] = own > 0 ? 1 / diagonal[k] : 0;
            Eliminate(k, diagonal);
        }

        return true;
    }

    private void Eliminate(int k, double[] diagonal)
    {
        int at = k * Forward;
        double inverse = _inverse[k];
        for (int a = 0; a < Forward; a++)
        {
            double entry = _lower[at + a];
            if (entry == 0)
                continue;
            int i = _next[at + a];
            double share = entry * inverse;
            diagonal[i] -= share * entry;
            for (int b = a + 1; b < Forward; b++)
            {
                int slot = Between[(a * Forward) + b];
                if (slot >= 0 && _next[at + b] < _count)
                    _lower[(i * Forward) + slot] -= share * _lower[at + b];
            }
        }

        for (int a = 0; a < Forward; a++)
            _lower[at + a] *= inverse;
    }

    private static int[] MakeBetween()
    {
        int[] between = new int[Forward * Forward];
        for (int a = 0; a < Forward; a++)
        {
            for (int b = 0; b < Forward; b++)
            {
                (int X, int Y) apart = (MattingLaplacian.Offsets[b].X - MattingLaplacian.Offsets[a].X, MattingLaplacian.Offsets[b].Y - MattingLaplacian.Offsets[a].Y);
                between[(a * Forward) + b] = Array.IndexOf(MattingLaplacian.Offsets, apart);
            }
        }

        return between;
    }
}
