namespace VideoMatte.Compositing;

public static partial class ChromaUpsampling
{
    /// <summary>Samples <paramref name="from"/> to <paramref name="to"/> (excluded) of the row.</summary>
    internal static void ExpandRowScalar(
        ReadOnlySpan<byte> near, ReadOnlySpan<byte> other, int weight, bool onColumn, int from, int to, Span<byte> result)
    {
        for (int x = from; x < to; x++)
        {
            (int beside, int w) = Neighbour(x, near.Length, onColumn);
            result[x] = (byte)Round(near[x >> 1], near[beside], other[x >> 1], other[beside], weight, w);
        }
    }

    /// <inheritdoc cref="ExpandRowScalar(ReadOnlySpan{byte}, ReadOnlySpan{byte}, int, bool, int, int, Span{byte})"/>
    internal static void ExpandRowScalar(
        ReadOnlySpan<ushort> near, ReadOnlySpan<ushort> other, int weight, bool onColumn, int from, int to, Span<ushort> result)
    {
        for (int x = from; x < to; x++)
        {
            (int beside, int w) = Neighbour(x, near.Length, onColumn);
            result[x] = (ushort)Round(near[x >> 1], near[beside], other[x >> 1], other[beside], weight, w);
        }
    }

    /// <summary>The second chroma column a luma column lies between, and its weight in quarters.</summary>
    private static (int Column, int Weight) Neighbour(int x, int columns, bool onColumn)
    {
        int i = x >> 1;
        if (x % 2 == 1)
            return (Math.Min(i + 1, columns - 1), onColumn ? 2 : 1);
        return onColumn ? (i, 0) : (Math.Max(i - 1, 0), 1);
    }

    private static int Round(int near, int nearBeside, int other, int otherBeside, int down, int across) =>
        (((4 - down) * (((4 - across) * near) + (across * nearBeside)))
            + (down * (((4 - across) * other) + (across * otherBeside))) + 8) >> 4;
}
