using System.Runtime.Intrinsics;

namespace VideoMatte.Compositing;

internal sealed partial class BitPlane
{
    internal static void SetAtLeastVector(ReadOnlySpan<ushort> row, ushort threshold, Span<ulong> words)
    {
        Vector256<ushort> least = Vector256.Create(threshold);
        int whole = row.Length / 64;
        for (int i = 0; i < whole; i++)
        {
            ReadOnlySpan<ushort> part = row.Slice(i * 64, 64);
            words[i] = Mask(part, least) | ((ulong)Mask(part[32..], least) << 32);
        }

        SetAtLeastScalar(row[(whole * 64)..], threshold, words[whole..]);
    }

    private static uint Mask(ReadOnlySpan<ushort> part, Vector256<ushort> least)
    {
        Vector256<ushort> low = Vector256.GreaterThanOrEqual(Vector256.Create(part), least);
        Vector256<ushort> high = Vector256.GreaterThanOrEqual(Vector256.Create(part[16..]), least);
        return Vector256.Narrow(low, high).ExtractMostSignificantBits();
    }
}
