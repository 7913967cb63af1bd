using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

/// <summary>A part of a matte as floats with a margin around it; beyond the frame the samples of its border are repeated. Memory is kept
/// for the next block.</summary>
internal sealed class PaddedBlock
{
    private float[] _values = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public Span<float> Row(int y) => _values.AsSpan(y * Width, Width);

    /// <summary>Makes room for a block of this size; its values are undefined.</summary>
    public void Resize(int width, int height)
    {
        (Width, Height) = (width, height);
        if (_values.Length < width * height)
            _values = new float[width * height];
    }

    /// <summary>Reads the samples <paramref name="margin"/> around the part that begins at (<paramref name="x"/>, <paramref
    /// name="y"/>).</summary>
    public void Load(AlphaMatte matte, int x, int y, int width, int height, int margin, bool inverted)
    {
        Resize(width + (2 * margin), height + (2 * margin));
        for (int row = 0; row < Height; row++)
            LoadRow(matte.Row(Math.Clamp(y - margin + row, 0, matte.Height - 1)), x - margin, Row(row), inverted);
    }

    private static void LoadRow(ReadOnlySpan<ushort> from, int x, Span<float> to, bool inverted)
    {
        int before = Math.Clamp(-x, 0, to.Length), after = Math.Clamp(x + to.Length - from.Length, 0, to.Length - before);
        Span<float> inside = to[before..(to.Length - after)];
        FloatRows.FromCodes(from.Slice(x + before, inside.Length), inside, inverted);
        to[..before].Fill(inside[0]);
        to[(to.Length - after)..].Fill(inside[^1]);
    }
}
