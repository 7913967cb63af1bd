using System.Numerics;
using System.Runtime.CompilerServices;

namespace VideoMatte.Matting;

internal static partial class ViewKernel
{
    internal static void ScaleVector<T>(ReadOnlySpan<T> codes, float offset, float factor, Span<float> output)
        where T : unmanaged
    {
        int x = 0;
        Vector<float> o = new(offset), f = new(factor);
        for (; x <= output.Length - SampleVectors.Count; x += SampleVectors.Count)
        {
            SampleVectors.Load(codes, x, out Vector<float> a, out Vector<float> b, out Vector<float> c, out Vector<float> d);
            Store(Unit<T>((a - o) * f), Unit<T>((b - o) * f), Unit<T>((c - o) * f), Unit<T>((d - o) * f), output[x..]);
        }

        ScaleScalar(codes, offset, factor, output, x);
    }

    internal static void BlendVector<T>(ReadOnlySpan<T> near, ReadOnlySpan<T> far, float nearWeight, float neutral, Span<float> output)
        where T : unmanaged
    {
        int x = 0;
        Vector<float> w = new(nearWeight), v = new(1 - nearWeight), n = new(neutral);
        for (; x <= output.Length - SampleVectors.Count; x += SampleVectors.Count)
        {
            SampleVectors.Load(near, x, out Vector<float> a, out Vector<float> b, out Vector<float> c, out Vector<float> d);
            SampleVectors.Load(far, x, out Vector<float> e, out Vector<float> f, out Vector<float> g, out Vector<float> h);
            Store((a * w) + (e * v) - n, (b * w) + (f * v) - n, (c * w) + (g * v) - n, (d * w) + (h * v) - n, output[x..]);
        }

        BlendScalar(near, far, nearWeight, neutral, output, x);
    }

    internal static void SpreadLeftVector(ReadOnlySpan<float> half, Span<float> full)
    {
        int i = 0, step = Vector<float>.Count;
        Vector<float> middle = new(.5f);
        // One more value is read than written, and both columns of the last pair must exist.
        for (; i + step + 1 <= half.Length && 2 * (i + step) <= full.Length; i += step)
        {
            Vector<float> own = new(half[i..]), next = new(half[(i + 1)..]);
            Interleave(own, (own + next) * middle, full[(2 * i)..]);
        }

        SpreadLeftScalar(half, full, i);
    }

    internal static void SpreadCentreVector(ReadOnlySpan<float> half, Span<float> full)
    {
        SpreadCentreScalar(half, full, 0, 1);
        int i = 1, step = Vector<float>.Count;
        Vector<float> major = new(.75f), minor = new(.25f);
        for (; i + step + 1 <= half.Length && 2 * (i + step) <= full.Length; i += step)
        {
            Vector<float> own = new Vector<float>(half[i..]) * major;
            Vector<float> before = new(half[(i - 1)..]), next = new(half[(i + 1)..]);
            Interleave(own + (before * minor), own + (next * minor), full[(2 * i)..]);
        }

        SpreadCentreScalar(half, full, i);
    }

    internal static void ToRgbVector<T>(
        ReadOnlySpan<T> luma, ReadOnlySpan<float> cb, ReadOnlySpan<float> cr, in Factors f, Span<float> r, Span<float> g, Span<float> b)
        where T : unmanaged
    {
        int x = 0, step = Vector<float>.Count;
        Vector<float> black = new(f.Black), scale = new(f.Luma);
        Vector<float> ru = new(f.Cb.R), rv = new(f.Cr.R), gu = new(f.Cb.G), gv = new(f.Cr.G), bu = new(f.Cb.B), bv = new(f.Cr.B);
        Span<Vector<float>> y = stackalloc Vector<float>[4];
        for (; x <= luma.Length - SampleVectors.Count; x += SampleVectors.Count)
        {
            SampleVectors.Load(luma, x, out y[0], out y[1], out y[2], out y[3]);
            for (int part = 0, at = x; part < 4; part++, at += step)
            {
                Vector<float> value = (y[part] - black) * scale, u = new(cb[at..]), v = new(cr[at..]);
                Unit<T>(value + ((u * ru) + (v * rv))).CopyTo(r[at..]);
                Unit<T>(value + ((u * gu) + (v * gv))).CopyTo(g[at..]);
                Unit<T>(value + ((u * bu) + (v * bv))).CopyTo(b[at..]);
            }
        }

        ToRgbScalar(luma, cb, cr, f, r, g, b, x);
    }

    /// <summary>even[0], odd[0], even[1], ...: two 32-bit lanes become one of 64 bits, the even one below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector<float> even, Vector<float> odd, Span<float> output)
    {
        Vector.Widen(even.As<float, uint>(), out Vector<ulong> evenLow, out Vector<ulong> evenHigh);
        Vector.Widen(odd.As<float, uint>(), out Vector<ulong> oddLow, out Vector<ulong> oddHigh);
        (evenLow | (oddLow << 32)).As<ulong, float>().CopyTo(output);
        (evenHigh | (oddHigh << 32)).As<ulong, float>().CopyTo(output[Vector<float>.Count..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d, Span<float> output)
    {
        int step = Vector<float>.Count;
        a.CopyTo(output);
        b.CopyTo(output[step..]);
        c.CopyTo(output[(2 * step)..]);
        d.CopyTo(output[(3 * step)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Unit<T>(Vector<float> value)
        where T : unmanaged
    {
        value = Vector.Min(Vector.Max(value, Vector<float>.Zero), Vector<float>.One);
        if (typeof(T) != typeof(byte))
            return value;
        Vector<int> steps = Vector.ConvertToInt32Native((value * new Vector<float>(Steps)) + new Vector<float>(.5f));
        return Vector.ConvertToSingle(steps) * new Vector<float>(1 / Steps);
    }
}
