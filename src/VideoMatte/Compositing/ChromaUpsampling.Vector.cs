using System.Numerics;
using System.Runtime.InteropServices;

namespace VideoMatte.Compositing;

public static partial class ChromaUpsampling
{
    /// <summary>Even and odd columns are made in lanes of twice the width and stored as one word: even below, odd above. The first pair
    /// and the end need replication and go the scalar way.</summary>
    internal static void ExpandRowVector(ReadOnlySpan<byte> near, ReadOnlySpan<byte> other, int weight, bool onColumn, Span<byte> result)
    {
        int lanes = Vector<ushort>.Count, i = 1, end = Math.Min(near.Length - 1, result.Length / 2);
        if (!BitConverter.IsLittleEndian || end < 1 + (2 * lanes))
        {
            ExpandRowScalar(near, other, weight, onColumn, 0, result.Length, result);
            return;
        }

        ExpandRowScalar(near, other, weight, onColumn, 0, 2, result);
        Span<ushort> pairs = MemoryMarshal.Cast<byte, ushort>(result);
        for (; i + (2 * lanes) <= end; i += 2 * lanes)
        {
            Down(near, other, i - 1, weight, out Vector<ushort> before0, out Vector<ushort> before1);
            Down(near, other, i, weight, out Vector<ushort> here0, out Vector<ushort> here1);
            Down(near, other, i + 1, weight, out Vector<ushort> after0, out Vector<ushort> after1);
            Join(before0, here0, after0, onColumn).CopyTo(pairs[i..]);
            Join(before1, here1, after1, onColumn).CopyTo(pairs[(i + lanes)..]);
        }

        ExpandRowScalar(near, other, weight, onColumn, 2 * i, result.Length, result);
    }

    /// <inheritdoc cref="ExpandRowVector(ReadOnlySpan{byte}, ReadOnlySpan{byte}, int, bool, Span{byte})"/>
    internal static void ExpandRowVector(
        ReadOnlySpan<ushort> near, ReadOnlySpan<ushort> other, int weight, bool onColumn, Span<ushort> result)
    {
        int lanes = Vector<uint>.Count, i = 1, end = Math.Min(near.Length - 1, result.Length / 2);
        if (!BitConverter.IsLittleEndian || end < 1 + (2 * lanes))
        {
            ExpandRowScalar(near, other, weight, onColumn, 0, result.Length, result);
            return;
        }

        ExpandRowScalar(near, other, weight, onColumn, 0, 2, result);
        Span<uint> pairs = MemoryMarshal.Cast<ushort, uint>(result);
        for (; i + (2 * lanes) <= end; i += 2 * lanes)
        {
            Down(near, other, i - 1, weight, out Vector<uint> before0, out Vector<uint> before1);
            Down(near, other, i, weight, out Vector<uint> here0, out Vector<uint> here1);
            Down(near, other, i + 1, weight, out Vector<uint> after0, out Vector<uint> after1);
            Join(before0, here0, after0, onColumn).CopyTo(pairs[i..]);
            Join(before1, here1, after1, onColumn).CopyTo(pairs[(i + lanes)..]);
        }

        ExpandRowScalar(near, other, weight, onColumn, 2 * i, result.Length, result);
    }

    private static void Down(
        ReadOnlySpan<byte> near, ReadOnlySpan<byte> other, int i, int weight, out Vector<ushort> low, out Vector<ushort> high)
    {
        Vector.Widen(new Vector<byte>(near[i..]), out Vector<ushort> n0, out Vector<ushort> n1);
        Vector.Widen(new Vector<byte>(other[i..]), out Vector<ushort> o0, out Vector<ushort> o1);
        low = (n0 * (ushort)(4 - weight)) + (o0 * (ushort)weight);
        high = (n1 * (ushort)(4 - weight)) + (o1 * (ushort)weight);
    }

    private static void Down(
        ReadOnlySpan<ushort> near, ReadOnlySpan<ushort> other, int i, int weight, out Vector<uint> low, out Vector<uint> high)
    {
        Vector.Widen(new Vector<ushort>(near[i..]), out Vector<uint> n0, out Vector<uint> n1);
        Vector.Widen(new Vector<ushort>(other[i..]), out Vector<uint> o0, out Vector<uint> o1);
        low = (n0 * (uint)(4 - weight)) + (o0 * (uint)weight);
        high = (n1 * (uint)(4 - weight)) + (o1 * (uint)weight);
    }

    private static Vector<ushort> Join(Vector<ushort> before, Vector<ushort> here, Vector<ushort> after, bool onColumn)
    {
        Vector<ushort> half = new(8), three = here + here + here;
        Vector<ushort> even = onColumn ? here + three : before + three, odd = onColumn ? here + here + after + after : three + after;
        return ((even + half) >>> 4) | (((odd + half) >>> 4) << 8);
    }

    private static Vector<uint> Join(Vector<uint> before, Vector<uint> here, Vector<uint> after, bool onColumn)
    {
        Vector<uint> half = new(8), three = here + here + here;
        Vector<uint> even = onColumn ? here + three : before + three, odd = onColumn ? here + here + after + after : three + after;
        return ((even + half) >>> 4) | (((odd + half) >>> 4) << 16);
    }
}
