namespace VideoMatte.Compositing;

public static partial class ChromaAlpha
{
    /// <summary>Samples <paramref name="from"/> to <paramref name="to"/> (excluded) of the row.</summary>
    internal static void FilterRowScalar(
        ReadOnlySpan<ushort> above, ReadOnlySpan<ushort> middle, ReadOnlySpan<ushort> below,
        uint weightAbove, uint weightMiddle, uint weightBelow, bool onColumn, int shift, int from, int to, Span<ushort> result)
    {
        int last = middle.Length - 1;
        uint half = 1u << (shift - 1);
        for (int i = from; i < to; i++)
        {
            int even = 2 * i, odd = Math.Min(even + 1, last), before = Math.Max(even - 1, 0);
            uint sum = 0;
            if (onColumn)
            {
                sum += weightAbove * (above[before] + (2u * above[even]) + above[odd]);
                sum += weightMiddle * (middle[before] + (2u * middle[even]) + middle[odd]);
                sum += weightBelow * (below[before] + (2u * below[even]) + below[odd]);
            }
            else
            {
                sum += weightAbove * ((uint)above[even] + above[odd]);
                sum += weightMiddle * ((uint)middle[even] + middle[odd]);
                sum += weightBelow * ((uint)below[even] + below[odd]);
            }

            result[i] = (ushort)((sum + half) >> shift);
        }
    }
}
