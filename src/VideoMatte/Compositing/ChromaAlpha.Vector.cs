using System.Numerics;
using System.Runtime.InteropServices;

namespace VideoMatte.Compositing;

public static partial class ChromaAlpha
{
    /// <summary>A pair of samples is read as one 32-bit word: the even column is its lower half, the odd one its upper half, and the odd
    /// column before it the upper half of the word before. The first sample and the odd end need replication and go the scalar
    /// way.</summary>
    internal static void FilterRowVector(
        ReadOnlySpan<ushort> above, ReadOnlySpan<ushort> middle, ReadOnlySpan<ushort> below,
        uint weightAbove, uint weightMiddle, uint weightBelow, bool onColumn, int shift, Span<ushort> result)
    {
        int pairs = middle.Length / 2, i = 1, lanes = Vector<uint>.Count;
        if (!BitConverter.IsLittleEndian || pairs < 1 + (2 * lanes))
        {
            FilterRowScalar(above, middle, below, weightAbove, weightMiddle, weightBelow, onColumn, shift, 0, result.Length, result);
            return;
        }

        FilterRowScalar(above, middle, below, weightAbove, weightMiddle, weightBelow, onColumn, shift, 0, 1, result);
        ReadOnlySpan<uint> a = MemoryMarshal.Cast<ushort, uint>(above), m = MemoryMarshal.Cast<ushort, uint>(middle),
            b = MemoryMarshal.Cast<ushort, uint>(below);
        Vector<uint> half = new(1u << (shift - 1));
        for (; i <= pairs - (2 * lanes); i += 2 * lanes)
        {
            Vector<uint> low = half, high = half;
            Add(a, i, weightAbove, onColumn, ref low, ref high);
            Add(m, i, weightMiddle, onColumn, ref low, ref high);
            Add(b, i, weightBelow, onColumn, ref low, ref high);
            Vector.Narrow(low >>> shift, high >>> shift).CopyTo(result[i..]);
        }

        FilterRowScalar(above, middle, below, weightAbove, weightMiddle, weightBelow, onColumn, shift, i, result.Length, result);
    }

    private static void Add(ReadOnlySpan<uint> row, int i, uint weight, bool onColumn, ref Vector<uint> low, ref Vector<uint> high)
    {
        if (weight == 0)
            return;
        low += weight * Across(row, i, onColumn);
        high += weight * Across(row, i + Vector<uint>.Count, onColumn);
    }

    private static Vector<uint> Across(ReadOnlySpan<uint> row, int i, bool onColumn)
    {
        Vector<uint> pair = new(row[i..]), even = pair & new Vector<uint>(0xFFFF), odd = pair >>> 16;
        return onColumn ? even + even + odd + (new Vector<uint>(row[(i - 1)..]) >>> 16) : even + odd;
    }
}
