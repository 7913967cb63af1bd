using System.Numerics;

namespace VideoMatte.Compositing.Edges;

internal static partial class MaskBlend
{
    internal static void IncludeVector(Span<ushort> alpha, ReadOnlySpan<ushort> mask)
    {
        int i = 0;
        for (; i <= alpha.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
            Vector.Max(new Vector<ushort>(alpha[i..]), new Vector<ushort>(mask[i..])).CopyTo(alpha[i..]);
        IncludeScalar(alpha[i..], mask[i..]);
    }

    internal static void ExcludeVector(Span<ushort> alpha, ReadOnlySpan<ushort> mask)
    {
        int i = 0;
        for (; i <= alpha.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
            Vector.Min(new Vector<ushort>(alpha[i..]), ~new Vector<ushort>(mask[i..])).CopyTo(alpha[i..]);
        ExcludeScalar(alpha[i..], mask[i..]);
    }

    internal static void MultiplyVector(Span<ushort> alpha, ReadOnlySpan<ushort> mask)
    {
        int i = 0;
        for (; i <= alpha.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(alpha[i..]), out Vector<uint> a0, out Vector<uint> a1);
            Vector.Widen(new Vector<ushort>(mask[i..]), out Vector<uint> m0, out Vector<uint> m1);
            Vector.Narrow(Round(a0 * m0), Round(a1 * m1)).CopyTo(alpha[i..]);
        }

        MultiplyScalar(alpha[i..], mask[i..]);
    }

    /// <summary>round(t / 65535) for t up to 65535^2 (see <see cref="Over"/>).</summary>
    private static Vector<uint> Round(Vector<uint> t)
    {
        t += new Vector<uint>(0x8000);
        return (t + (t >>> 16)) >>> 16;
    }
}
