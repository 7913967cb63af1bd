using System.Numerics;

namespace VideoMatte.Compositing;

/// <summary>The unknown band of a matte at one size of the pyramid: its cells, and the known cells beside them, as a list. Cells of even
/// x + y stand first, then those of odd x + y, then the known ones: no cell neighbours one of its own kind. Buffers are kept from frame to
/// frame.</summary>
internal sealed class BandLevel
{
    /// <summary>Least weight of a link between neighbours: colour is carried over flat alpha too.</summary>
    private const float LeastWeight = 1e-3f;

    /// <summary>Weight of a link by the step of alpha across it. Germer et al. take 1; measured on the pairs with true alpha, a twentieth
    /// leaves a third less error.</summary>
    private const float StepWeight = .05f;

    /// <summary>How far a neighbour's F is believed by its alpha, and its B by what is left of it: 0 not at all, 1 in proportion. Almost
    /// clear pixels say next to nothing of F (Forte and Pitie weigh their blurs so).</summary>
    private const float Trust = .8f;

    /// <summary>Weight of what a cell has: where no neighbour says anything, it keeps the coarser size's colour.</summary>
    private const float OwnWeight = 1e-6f;

    private readonly int[] _index;
    private int[] _places = [];
    private BandCell[] _cells = [];
    private Vector2[] _picture = [];
    private Vector4[] _values = [];

    public BandLevel(int width, int height)
    {
        Width = width;
        Height = height;
        _index = new int[width * height];
        _index.AsSpan().Fill(-1);
        Alpha = new float[width * height];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Dense, 0..1.</summary>
    public float[] Alpha { get; }

    public int Even { get; private set; }

    public int Odd { get; private set; }

    /// <summary>Cells of the band.</summary>
    public int Count => Even + Odd;

    /// <summary>Cells of the band and known ones.</summary>
    public int Total { get; private set; }

    /// <summary>y * Width + x of each cell.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, Total);

    public ReadOnlySpan<BandCell> Cells => _cells.AsSpan(0, Count);

    /// <summary>I of two planes, of each cell and known one.</summary>
    public Span<Vector2> Picture => _picture.AsSpan(0, Total);

    /// <summary>F and B, as <see cref="BandSweep"/> has them.</summary>
    public Span<Vector4> Values => _values.AsSpan(0, Total);

    /// <summary>The list's index of a place; -1 where it is not in it.</summary>
    public int IndexOf(int x, int y) => _index[(y * Width) + x];

    /// <summary>Lists the band of <see cref="Alpha"/>.</summary>
    /// <param name="band">Marks the samples between 0 and 1 where known; null: they are looked for.</param>
    public void List(BitPlane? band)
    {
        foreach (int place in Places)
            _index[place] = -1;
        Even = Odd = Total = 0;
        for (int parity = 0; parity < 2; parity++)
        {
            for (int y = 0; y < Height; y++)
            {
                if (band is null)
                    Add(y, 0, Width, parity, Alpha.AsSpan(y * Width, Width));
                else
                    for (int at = 0; BitPlane.NextRun(band.Row(y), at, out int start, out int end); at = end)
                        Add(y, start, end, parity, default);
            }

            if (parity == 0)
                Even = Total;
        }

        Odd = Total - Even;
        for (int i = 0, count = Count; i < count; i++)
            AddNeighbours(_places[i]);
        if (_cells.Length < Count)
            Array.Resize(ref _cells, _places.Length);
        for (int i = 0; i < Count; i++)
            _cells[i] = Link(i, _places[i]);
        if (_picture.Length < Total)
            (_picture, _values) = (new Vector2[_places.Length], new Vector4[_places.Length]);
    }

    /// <param name="alpha">Of the row where cells must be looked for; empty: all are of the band.</param>
    private void Add(int y, int from, int to, int parity, ReadOnlySpan<float> alpha)
    {
        for (int x = from + ((from + y + parity) & 1); x < to; x += 2)
            if (alpha.IsEmpty || alpha[x] is > 0 and < 1)
                Add((y * Width) + x);
    }

    private void Add(int place)
    {
        if (Total == _places.Length)
            Array.Resize(ref _places, Math.Max(256, 2 * Total));
        _index[place] = Total;
        _places[Total++] = place;
    }

    private void AddNeighbours(int place)
    {
        int x = place % Width, y = place / Width;
        if (x > 0 && _index[place - 1] < 0)
            Add(place - 1);
        if (x + 1 < Width && _index[place + 1] < 0)
            Add(place + 1);
        if (y > 0 && _index[place - Width] < 0)
            Add(place - Width);
        if (y + 1 < Height && _index[place + Width] < 0)
            Add(place + Width);
    }

    private BandCell Link(int index, int place)
    {
        int x = place % Width, y = place / Width;
        float a = Alpha[place], rest = 1 - a;
        Vector2 left = Weights(a, x > 0, place - 1), right = Weights(a, x + 1 < Width, place + 1);
        Vector2 above = Weights(a, y > 0, place - Width), below = Weights(a, y + 1 < Height, place + Width);
        Vector2 sum = left + right + above + below + new Vector2(OwnWeight);
        Vector2 own = new Vector2(OwnWeight) / sum;
        float d = (a * a * sum.Y) + (rest * rest * sum.X) + (sum.X * sum.Y);
        left /= sum;
        right /= sum;
        above /= sum;
        below /= sum;
        return new BandCell(
            At(x > 0, place - 1), At(x + 1 < Width, place + 1), At(y > 0, place - Width), At(y + 1 < Height, place + Width),
            new Vector4(left, right.X, right.Y), new Vector4(above, below.X, below.Y), new Vector4(own, a * sum.Y / d, rest * sum.X / d), a);

        int At(bool exists, int neighbour) => exists ? _index[neighbour] : index;
    }

    /// <summary>What a neighbour weighs in F and in B: nothing where it has none.</summary>
    private Vector2 Weights(float a, bool exists, int neighbour)
    {
        if (!exists)
            return default;
        float other = Alpha[neighbour], weight = LeastWeight + (StepWeight * Math.Abs(other - a));
        return weight * new Vector2(
            other > 0 ? (Trust * other) + 1 - Trust : 0,
            other < 1 ? (Trust * (1 - other)) + 1 - Trust : 0);
    }
}
