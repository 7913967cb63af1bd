using System.Numerics;
using System.Runtime.InteropServices;

namespace VideoMatte.Media;

public static partial class AlphaRounding
{
    internal static void ToBytesVector(ReadOnlySpan<ushort> alpha, Span<byte> codes)
    {
        int step = Vector<byte>.Count, half = Vector<ushort>.Count, i = 0;
        for (; i <= alpha.Length - step; i += step)
        {
            Vector<ushort> low = Round(new Vector<ushort>(alpha[i..]), 255), high = Round(new Vector<ushort>(alpha[(i + half)..]), 255);
            Vector.Narrow(low, high).CopyTo(codes[i..]);
        }

        ToBytesScalar(alpha[i..], codes[i..]);
    }

    internal static void ToWordsVector(ReadOnlySpan<ushort> alpha, Span<ushort> codes, int depth)
    {
        uint full = (1u << depth) - 1;
        int whole = alpha.Length - (alpha.Length % Vector<ushort>.Count);
        ReadOnlySpan<Vector<ushort>> from = MemoryMarshal.Cast<ushort, Vector<ushort>>(alpha[..whole]);
        Span<Vector<ushort>> to = MemoryMarshal.Cast<ushort, Vector<ushort>>(codes[..whole]);
        for (int i = 0; i < from.Length; i++)
            to[i] = Round(from[i], full);
        ToWordsScalar(alpha[whole..], codes[whole..], depth);
    }

    private static Vector<ushort> Round(Vector<ushort> alpha, uint full)
    {
        Vector.Widen(alpha, out Vector<uint> low, out Vector<uint> high);
        return Vector.Narrow(Divide((low * full) + new Vector<uint>(32767)), Divide((high * full) + new Vector<uint>(32767)));
    }

    /// <summary>x / 65535 without a division: (x + (x >> 16) + 1) >> 16, exact below 65535 x 65536. The largest x here is
    /// 65535^2 + 32767, and its sum still fits 32 bits.</summary>
    private static Vector<uint> Divide(Vector<uint> x) => (x + (x >>> 16) + Vector<uint>.One) >>> 16;
}
