namespace VideoMatte.Compositing;

internal sealed partial class BitPlane
{
    internal static void SetAtLeastScalar(ReadOnlySpan<ushort> row, ushort threshold, Span<ulong> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            ulong word = 0;
            ReadOnlySpan<ushort> part = row[(i * 64)..Math.Min(row.Length, (i * 64) + 64)];
            for (int bit = 0; bit < part.Length; bit++)
                if (part[bit] >= threshold)
                    word |= 1UL << bit;
            words[i] = word;
        }
    }
}
