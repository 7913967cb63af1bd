using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VideoMatte.Temporal.Flow;

internal static partial class WarpKernel
{
    internal static unsafe void WarpVector(
        ReadOnlySpan<ushort> source, int width, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<ushort> result)
    {
        ref float us = ref MemoryMarshal.GetReference(u), vs = ref MemoryMarshal.GetReference(v);
        ref ushort to = ref MemoryMarshal.GetReference(result);
        Vector256<int> low = Vector256.Create(0xFFFF), line = Vector256.Create(width);
        int i = 0;
        fixed (ushort* plane = source)
        {
            for (; i <= result.Length - 8; i += 8)
            {
                Places(ref us, ref vs, i, width, height, y, out Vector256<int> first, out Vector256<float> shareX, out Vector256<float> shareY);
                Vector256<int> sum;
                ushort* run = plane + first.ToScalar();
                if (AreNeighbours(first))
                {
                    sum = Between(
                        Avx2.ConvertToVector256Int32(run), Avx2.ConvertToVector256Int32(run + 1), Avx2.ConvertToVector256Int32(run + width),
                        Avx2.ConvertToVector256Int32(run + width + 1), shareX, shareY);
                }
                else
                {
                    // A sample and its right neighbour are one 32-bit word.
                    Vector256<int> upper = Avx2.GatherVector256((int*)plane, first, 2), lower = Avx2.GatherVector256((int*)plane, first + line, 2);
                    sum = Between(upper & low, upper >>> 16, lower & low, lower >>> 16, shareX, shareY);
                }

                Vector128.Narrow(sum.GetLower().AsUInt32(), sum.GetUpper().AsUInt32()).StoreUnsafe(ref to, (nuint)i);
            }
        }

        WarpScalar(source, width, height, y, u, v, result, i);
    }

    internal static unsafe void WarpVector(
        ReadOnlySpan<byte> source, int width, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<byte> result)
    {
        ref float us = ref MemoryMarshal.GetReference(u), vs = ref MemoryMarshal.GetReference(v);
        ref byte to = ref MemoryMarshal.GetReference(result);
        Vector256<int> line = Vector256.Create(width), last = Vector256.Create(source.Length - 4);
        int i = 0;
        fixed (byte* plane = source)
        {
            for (; i <= result.Length - 8; i += 8)
            {
                Places(ref us, ref vs, i, width, height, y, out Vector256<int> first, out Vector256<float> shareX, out Vector256<float> shareY);
                Vector256<int> sum;
                byte* run = plane + first.ToScalar();
                if (AreNeighbours(first))
                {
                    sum = Between(
                        Avx2.ConvertToVector256Int32(run), Avx2.ConvertToVector256Int32(run + 1), Avx2.ConvertToVector256Int32(run + width),
                        Avx2.ConvertToVector256Int32(run + width + 1), shareX, shareY);
                }
                else
                {
                    (Vector256<int> a, Vector256<int> b) = Pair(plane, first, last);
                    (Vector256<int> c, Vector256<int> d) = Pair(plane, first + line, last);
                    sum = Between(a, b, c, d, shareX, shareY);
                }

                Vector128<ushort> narrow = Vector128.Narrow(sum.GetLower().AsUInt32(), sum.GetUpper().AsUInt32());
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, i), Vector128.Narrow(narrow, narrow).AsUInt64().ToScalar());
            }
        }

        WarpScalar(source, width, height, y, u, v, result, i);
    }

    /// <summary>Where the flow is smooth eight places follow one another: plain loads then do in place of gathering.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreNeighbours(Vector256<int> places) => places == Vector256.Create(places.ToScalar()) + Vector256<int>.Indices;

    /// <summary>A sample and its right neighbour out of the four bytes from there on; near the plane's end out of its last four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe (Vector256<int> Left, Vector256<int> Right) Pair(byte* plane, Vector256<int> place, Vector256<int> last)
    {
        Vector256<int> from = Vector256.Min(place, last);
        Vector256<int> word = Avx2.ShiftRightLogicalVariable(Avx2.GatherVector256((int*)plane, from, 1), ((place - from) << 3).AsUInt32());
        Vector256<int> low = Vector256.Create(0xFF);
        return (word & low, (word >>> 8) & low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Places(
        ref float u, ref float v, int i, int width, int height, int y, out Vector256<int> first, out Vector256<float> shareX,
        out Vector256<float> shareY)
    {
        Vector256<float> columns = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7) + Vector256.Create((float)i);
        Vector256<float> x = columns + Vector256.LoadUnsafe(ref u, (nuint)i), down = Vector256.Create((float)y) + Vector256.LoadUnsafe(ref v, (nuint)i);
        x = Vector256.MinNative(Vector256.MaxNative(x, Vector256<float>.Zero), Vector256.Create(width - 1f));
        down = Vector256.MinNative(Vector256.MaxNative(down, Vector256<float>.Zero), Vector256.Create(height - 1f));
        Vector256<int> left = Vector256.Min(Avx.ConvertToVector256Int32WithTruncation(x), Vector256.Create(width - 2));
        Vector256<int> top = Vector256.Min(Avx.ConvertToVector256Int32WithTruncation(down), Vector256.Create(height - 2));
        (shareX, shareY) = (x - Vector256.ConvertToSingle(left), down - Vector256.ConvertToSingle(top));
        first = (top * Vector256.Create(width)) + left;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Between(
        Vector256<int> first, Vector256<int> right, Vector256<int> below, Vector256<int> last, Vector256<float> shareX, Vector256<float> shareY)
    {
        Vector256<float> a = Vector256.ConvertToSingle(first), c = Vector256.ConvertToSingle(below);
        Vector256<float> above = a + (shareX * (Vector256.ConvertToSingle(right) - a));
        Vector256<float> under = c + (shareX * (Vector256.ConvertToSingle(last) - c));
        return Avx.ConvertToVector256Int32WithTruncation(above + (shareY * (under - above)) + Vector256.Create(.5f));
    }
}
