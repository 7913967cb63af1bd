namespace VideoMatte.Matting.Solver;

/// <summary>The matting Laplacian of Levin, Lischinski and Weiss ("A closed-form solution to natural image matting", 2008) over windows of
/// 3 x 3 pixels, reduced to the open pixels of a trimap: what is known moves to the right-hand side. In every window alpha is a linear
/// function of colour; the quadratic form sums how far it is from one.</summary>
/// <remarks>For pixels i, j of a window with mean m and covariance C: [i = j] - (1 + (I_i - m)' (C + eps/9 E)^-1 (I_j - m)) / 9.
/// A row of the matrix reaches two pixels each way, 25 entries; by symmetry 12 and the diagonal are kept.</remarks>
internal sealed class MattingLaplacian
{
    /// <summary>Entries kept of a row: the neighbours after a pixel in reading order.</summary>
    public const int Forward = 12;

    private const int WindowPixels = 9;

    /// <summary>Forward neighbours: column and row offset.</summary>
    public static readonly (int X, int Y)[] Offsets =
        [(1, 0), (2, 0), (-2, 1), (-1, 1), (0, 1), (1, 1), (2, 1), (-2, 2), (-1, 2), (0, 2), (1, 2), (2, 2)];

    /// <summary>Slot of the offset (x, y) in <see cref="Offsets"/>, at [y * 5 + x + 2]; -1: not forward.</summary>
    private static readonly int[] Slots = [-1, -1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    private MattingLaplacian(int count)
    {
        Count = count;
        Diagonal = new double[count];
        Right = new double[count];
        Upper = new double[count * Forward];
        Next = new int[count * Forward];
        Pixels = new int[count];
    }

    /// <summary>Open pixels.</summary>
    public int Count { get; }

    /// <summary>Of each open pixel, in reading order.</summary>
    public double[] Diagonal { get; }

    /// <summary>The right-hand side: what the pixels inside pull.</summary>
    public double[] Right { get; }

    /// <summary>Count x <see cref="Forward"/> entries; 0 where the neighbour is not open.</summary>
    public double[] Upper { get; }

    /// <summary>The neighbour's row for each entry; <see cref="Count"/> where it is not open.</summary>
    public int[] Next { get; }

    /// <summary>Where each open pixel stands in the picture.</summary>
    public int[] Pixels { get; }

    public static MattingLaplacian Build(ReadOnlySpan<float> rgb, ReadOnlySpan<byte> trimap, int width, int height, double epsilon)
    {
        var matrix = new MattingLaplacian(Trimap.CountOpen(trimap));
        int[] rows = new int[width * height];
        int row = 0;
        for (int p = 0; p < rows.Length; p++)
        {
            rows[p] = trimap[p] == Trimap.Open ? row : -1;
            if (rows[p] >= 0)
                matrix.Pixels[row++] = p;
        }

        matrix.Link(rows, width, height);
        var window = new ColourWindow(epsilon);
        for (int y = 1; y < height - 1; y++)
        {
            for (int x = 1; x < width - 1; x++)
            {
                if (AnyOpen(rows, (y * width) + x, width))
                    matrix.AddWindow(window, rgb, trimap, rows, (y * width) + x, width);
            }
        }

        return matrix;
    }

    /// <summary>result = A x; both hold one value more than there are rows, whose content says nothing.</summary>
    public void Multiply(double[] x, double[] result)
    {
        Array.Clear(result);
        double[] upper = Upper;
        int[] next = Next;
        x[Count] = 0;
        for (int i = 0; i < Count; i++)
        {
            double own = x[i], sum = Diagonal[i] * own;
            int at = i * Forward;
            ReadOnlySpan<double> entries = upper.AsSpan(at, Forward);
            ReadOnlySpan<int> to = next.AsSpan(at, Forward);
            for (int k = 0; k < Forward; k++)
            {
                int j = to[k];
                sum += entries[k] * x[j];
                result[j] += entries[k] * own;
            }

            result[i] += sum;
        }
    }

    private void Link(int[] rows, int width, int height)
    {
        for (int i = 0; i < Count; i++)
        {
            int x = Pixels[i] % width, y = Pixels[i] / width;
            for (int k = 0; k < Forward; k++)
            {
                (int dx, int dy) = Offsets[k];
                bool there = x + dx >= 0 && x + dx < width && y + dy < height;
                int j = there ? rows[Pixels[i] + (dy * width) + dx] : -1;
                Next[(i * Forward) + k] = j < 0 ? Count : j;
            }
        }
    }

    private static bool AnyOpen(int[] rows, int centre, int width)
    {
        for (int at = centre - width - 1; at <= centre + width - 1; at += width)
        {
            if ((rows[at] & rows[at + 1] & rows[at + 2]) != -1)
                return true;
        }

        return false;
    }

    private void AddWindow(ColourWindow window, ReadOnlySpan<float> rgb, ReadOnlySpan<byte> trimap, int[] rows, int centre, int width)
    {
        window.Read(rgb, centre, width);
        for (int a = 0; a < WindowPixels; a++)
        {
            int pa = centre + ((a / 3 - 1) * width) + (a % 3) - 1, i = rows[pa];
            if (i >= 0)
                Diagonal[i] += 1 - window.Affinity(a, a);
            for (int b = a + 1; b < WindowPixels; b++)
            {
                int pb = centre + ((b / 3 - 1) * width) + (b % 3) - 1, j = rows[pb];
                if (i < 0 && j < 0)
                    continue;
                double entry = -window.Affinity(a, b);
                if (i >= 0 && j >= 0)
                    Upper[(i * Forward) + Slots[((b / 3 - a / 3) * 5) + (b % 3) - (a % 3) + 2]] += entry;
                else if (i >= 0 && trimap[pb] == Trimap.Inside)
                    Right[i] -= entry;
                else if (j >= 0 && trimap[pa] == Trimap.Inside)
                    Right[j] -= entry;
            }
        }
    }
}
