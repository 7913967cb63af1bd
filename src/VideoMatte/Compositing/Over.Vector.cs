using System.Numerics;

namespace VideoMatte.Compositing;

public static partial class Over
{
    internal static void BlendVector(
        ReadOnlySpan<ushort> alpha, ReadOnlySpan<byte> foreground, ReadOnlySpan<byte> background, Span<byte> result)
    {
        int i = 0, half = Vector<ushort>.Count, step = Vector<byte>.Count;
        for (; i <= alpha.Length - step; i += step)
        {
            Vector.Widen(new Vector<byte>(foreground[i..]), out Vector<ushort> f0, out Vector<ushort> f1);
            Vector.Widen(new Vector<byte>(background[i..]), out Vector<ushort> b0, out Vector<ushort> b1);
            Vector<ushort> low = Mix(new Vector<ushort>(alpha[i..]), f0, b0);
            Vector<ushort> high = Mix(new Vector<ushort>(alpha[(i + half)..]), f1, b1);
            Vector.Narrow(low, high).CopyTo(result[i..]);
        }

        BlendScalar(alpha[i..], foreground[i..], background[i..], result[i..]);
    }

    internal static void BlendVector(
        ReadOnlySpan<ushort> alpha, ReadOnlySpan<ushort> foreground, ReadOnlySpan<ushort> background, Span<ushort> result)
    {
        int i = 0, step = Vector<ushort>.Count;
        for (; i <= alpha.Length - step; i += step)
        {
            Vector<ushort> f = new(foreground[i..]), b = new(background[i..]);
            Mix(new Vector<ushort>(alpha[i..]), f, b).CopyTo(result[i..]);
        }

        BlendScalar(alpha[i..], foreground[i..], background[i..], result[i..]);
    }

    private static Vector<ushort> Mix(Vector<ushort> a, Vector<ushort> f, Vector<ushort> b)
    {
        Vector.Widen(a, out Vector<uint> a0, out Vector<uint> a1);
        Vector.Widen(f, out Vector<uint> f0, out Vector<uint> f1);
        Vector.Widen(b, out Vector<uint> b0, out Vector<uint> b1);
        return Vector.Narrow(Mix(a0, f0, b0), Mix(a1, f1, b1));
    }

    /// <summary>The scalar's sum, written a(F - B) + 65535 B to save a multiplication; it wraps on the way and comes out the
    /// same.</summary>
    private static Vector<uint> Mix(Vector<uint> a, Vector<uint> f, Vector<uint> b)
    {
        Vector<uint> u = (a * (f - b)) + (b << 16) - b + new Vector<uint>(0x8000);
        return (u + (u >>> 16)) >>> 16;
    }
}
