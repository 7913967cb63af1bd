namespace VideoMatte.Matting.Solver;

/// <summary>The part of the preconditioner that sees far. The matting Laplacian sums how little alpha is a linear function of colour in windows
/// of 3 x 3 pixels, so that it hardly resists functions a + b'I whose a and b change slowly over the picture; conjugate gradients with a factor
/// that sees two pixels far take thousands of steps to settle those. Here they are solved for directly: a and b stand at the nodes of a coarse
/// grid, linear between them, and the system for them is the Laplacian's own on that space (Galerkin).</summary>
/// <remarks>Four unknowns a node (1, R, G, B). On a still with 527 000 open pixels conjugate gradients need 90 steps with it; without, 2000 were
/// not enough.</remarks>
internal sealed class ColourModels
{
    /// <summary>Pixels between two nodes at least, and nodes along the shorter side at most: the band of the system is eight times as wide.</summary>
    private const int LeastSpacing = 16, MostNodesAcross = 48;

    private const int Functions = 4, Corners = 4;

    /// <summary>Colours are 0..1; about their middle the four functions are less alike.</summary>
    private const float MiddleColour = .5f;

    /// <summary>Nodes a row of the matrix reaches beyond a pixel's own four: columns from one before to two behind, rows to two below.</summary>
    private const int ReachAcross = 4, ReachDown = 3, Before = 1;

    private readonly int _count;

    /// <summary>Of each pixel: its four nodes' numbers, and the values of its four functions at weight 1.</summary>
    private readonly int[] _cell;
    private readonly float[] _right;
    private readonly float[] _down;
    private readonly float[] _colours;

    /// <summary>Of each cell of the grid, its upper left node; -1: no open pixel is near.</summary>
    private readonly int[] _nodes;
    private readonly int _columns;
    private readonly BandedFactor _factor;
    private readonly double[] _coarse;

    private ColourModels(MattingLaplacian matrix, ReadOnlySpan<float> rgb, int width, int height)
    {
        int spacing = Math.Max(LeastSpacing, (Math.Min(width, height) + MostNodesAcross - 1) / MostNodesAcross), pixels = width * height;
        // In a narrower grid a pixel's reach would wrap round into the next row.
        (_count, _columns) = (matrix.Count, Math.Max(ReachAcross + 1, (width / spacing) + 2));
        (_cell, _right, _down, _colours) = (new int[_count], new float[_count], new float[_count], new float[3 * _count]);
        int rows = (height / spacing) + 2;
        _nodes = new int[_columns * rows];
        for (int i = 0; i < _count; i++)
        {
            (int y, int x) = Math.DivRem(matrix.Pixels[i], width);
            _cell[i] = (y / spacing * _columns) + (x / spacing);
            (_right[i], _down[i]) = ((float)(x % spacing) / spacing, (float)(y % spacing) / spacing);
            for (int c = 0; c < 3; c++)
                _colours[(3 * i) + c] = rgb[(c * pixels) + matrix.Pixels[i]] - MiddleColour;
            for (int k = 0; k < Corners; k++)
                _nodes[Node(_cell[i], k)] = 1;
        }

        int count = Number(rows);
        _coarse = new double[Functions * count];
        _factor = new BandedFactor(Functions * count, (Functions * FurthestApart(rows)) + Functions - 1);
        for (int i = 0; i < _count; i++)
            AddRow(matrix, i);
    }

    /// <returns>Null where the system is not positive: then its pixels are left to the other part.</returns>
    public static ColourModels? Of(MattingLaplacian matrix, ReadOnlySpan<float> rgb, int width, int height)
    {
        var models = new ColourModels(matrix, rgb, width, height);
        return models._factor.TryFactor() ? models : null;
    }

    /// <summary>z += V (V' A V)^-1 V' r, where V spreads the nodes' models over the open pixels.</summary>
    public void AddTo(double[] z, double[] r)
    {
        Array.Clear(_coarse);
        Span<double> values = stackalloc double[Functions];
        for (int i = 0; i < _count; i++)
        {
            double own = r[i];
            FunctionsOf(i, values);
            for (int k = 0; k < Corners; k++)
            {
                Span<double> node = _coarse.AsSpan(Functions * _nodes[Node(_cell[i], k)], Functions);
                double share = own * Weight(i, k);
                for (int q = 0; q < Functions; q++)
                    node[q] += share * values[q];
            }
        }

        _factor.Solve(_coarse);
        for (int i = 0; i < _count; i++)
        {
            double sum = 0;
            FunctionsOf(i, values);
            for (int k = 0; k < Corners; k++)
            {
                ReadOnlySpan<double> node = _coarse.AsSpan(Functions * _nodes[Node(_cell[i], k)], Functions);
                sum += Weight(i, k) * ((node[0] * values[0]) + (node[1] * values[1]) + (node[2] * values[2]) + (node[3] * values[3]));
            }

            z[i] += sum;
        }
    }

    /// <summary>The grid's node at a corner of a cell: upper left, upper right, lower left, lower right.</summary>
    private int Node(int cell, int corner) => cell + ((corner >> 1) * _columns) + (corner & 1);

    private double Weight(int i, int corner) => ((corner & 1) == 0 ? 1 - _right[i] : _right[i]) * ((corner >> 1) == 0 ? 1 - _down[i] : _down[i]);

    private void FunctionsOf(int i, Span<double> values)
    {
        values[0] = 1;
        for (int c = 0; c < 3; c++)
            values[c + 1] = _colours[(3 * i) + c];
    }

    /// <summary>Numbers the nodes that are used, along the shorter side first: what is near gets near numbers.</summary>
    private int Number(int rows)
    {
        int count = 0;
        bool upright = _columns <= rows;
        int outer = upright ? rows : _columns, inner = upright ? _columns : rows;
        for (int a = 0; a < outer; a++)
        {
            for (int b = 0; b < inner; b++)
            {
                ref int node = ref _nodes[upright ? (a * _columns) + b : (b * _columns) + a];
                node = node == 0 ? -1 : count++;
            }
        }

        return count;
    }

    /// <summary>Between the numbers of two nodes that the matrix ties together.</summary>
    private int FurthestApart(int rows)
    {
        int most = 0;
        for (int at = 0; at < _nodes.Length; at++)
        {
            if (_nodes[at] < 0)
                continue;
            (int y, int x) = Math.DivRem(at, _columns);
            for (int dy = 0; dy < ReachDown && y + dy < rows; dy++)
            {
                for (int dx = -2; dx <= 2; dx++)
                {
                    if (x + dx >= 0 && x + dx < _columns && _nodes[at + (dy * _columns) + dx] is >= 0 and int other)
                        most = Math.Max(most, Math.Abs(other - _nodes[at]));
                }
            }
        }

        return most;
    }

    /// <summary>Adds what pixel i and those after it say: v_i u' + u v_i' with u = v_i d_i / 2 + the sum of v_j a_ij.</summary>
    private void AddRow(MattingLaplacian matrix, int i)
    {
        Span<double> u = stackalloc double[ReachAcross * ReachDown * Functions], values = stackalloc double[Functions];
        u.Clear();
        int first = _cell[i] - Before;
        Gather(i, matrix.Diagonal[i] / 2, first, u, values);
        for (int k = 0; k < MattingLaplacian.Forward; k++)
        {
            int j = matrix.Next[(i * MattingLaplacian.Forward) + k];
            if (j < _count)
                Gather(j, matrix.Upper[(i * MattingLaplacian.Forward) + k], first, u, values);
        }

        FunctionsOf(i, values);
        for (int k = 0; k < Corners; k++)
        {
            int own = _nodes[Node(_cell[i], k)];
            double weight = Weight(i, k);
            for (int at = 0; weight > 0 && at < ReachAcross * ReachDown; at++)
            {
                ReadOnlySpan<double> other = u.Slice(at * Functions, Functions);
                if (other.ContainsAnyExcept(0))
                    AddBlock(own, _nodes[first + (at / ReachAcross * _columns) + (at % ReachAcross)], values, weight, other);
            }
        }
    }

    private void Gather(int j, double entry, int first, Span<double> u, Span<double> values)
    {
        FunctionsOf(j, values);
        for (int k = 0; k < Corners; k++)
        {
            (int y, int x) = Math.DivRem(Node(_cell[j], k) - first, _columns);
            Span<double> node = u.Slice(((y * ReachAcross) + x) * Functions, Functions);
            double share = entry * Weight(j, k);
            for (int q = 0; q < Functions; q++)
                node[q] += share * values[q];
        }
    }

    private void AddBlock(int own, int other, ReadOnlySpan<double> values, double weight, ReadOnlySpan<double> u)
    {
        for (int p = 0; p < Functions; p++)
        {
            double value = weight * values[p];
            for (int q = 0; q < Functions; q++)
            {
                int a = (Functions * own) + p, b = (Functions * other) + q;
                _factor.Add(Math.Max(a, b), Math.Min(a, b), a == b ? 2 * value * u[q] : value * u[q]);
            }
        }
    }
}
