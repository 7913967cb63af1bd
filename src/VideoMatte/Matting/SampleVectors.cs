using System.Numerics;
using System.Runtime.CompilerServices;

namespace VideoMatte.Matting;

/// <summary>Samples of 8 or 16 bits as vectors of float and back, <see cref="Count"/> samples at a time in four vectors.</summary>
internal static class SampleVectors
{
    /// <summary>Samples a step: four vectors of float.</summary>
    public static int Count => Vector<byte>.Count;

    /// <summary>Reads <see cref="Count"/> samples.</summary>
    /// <typeparam name="T"><see cref="byte"/> or <see cref="ushort"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load<T>(
        ReadOnlySpan<T> samples, int at, out Vector<float> a, out Vector<float> b, out Vector<float> c, out Vector<float> d)
        where T : unmanaged
    {
        Vector<ushort> low, high;
        if (typeof(T) == typeof(byte))
        {
            Vector.Widen(Vector.As<T, byte>(new Vector<T>(samples[at..])), out low, out high);
        }
        else
        {
            low = Vector.As<T, ushort>(new Vector<T>(samples[at..]));
            high = Vector.As<T, ushort>(new Vector<T>(samples[(at + Vector<T>.Count)..]));
        }

        Vector.Widen(low, out Vector<uint> i, out Vector<uint> j);
        Vector.Widen(high, out Vector<uint> k, out Vector<uint> l);
        // Codes are below 2^16: the signed conversion is exact and one instruction.
        (a, b) = (Vector.ConvertToSingle(i.As<uint, int>()), Vector.ConvertToSingle(j.As<uint, int>()));
        (c, d) = (Vector.ConvertToSingle(k.As<uint, int>()), Vector.ConvertToSingle(l.As<uint, int>()));
    }

    /// <summary>Writes <see cref="Count"/> samples; the values are whole and in the sample's range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector<int> a, Vector<int> b, Vector<int> c, Vector<int> d, Span<T> samples, int at)
        where T : unmanaged
    {
        Vector<ushort> low = Vector.Narrow(a.As<int, uint>(), b.As<int, uint>());
        Vector<ushort> high = Vector.Narrow(c.As<int, uint>(), d.As<int, uint>());
        if (typeof(T) == typeof(byte))
        {
            Vector.As<byte, T>(Vector.Narrow(low, high)).CopyTo(samples[at..]);
        }
        else
        {
            Vector.As<ushort, T>(low).CopyTo(samples[at..]);
            Vector.As<ushort, T>(high).CopyTo(samples[(at + Vector<T>.Count)..]);
        }
    }

    /// <summary>The nearest code within the limits, halves up; what is no number becomes <paramref name="low"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> ToCode(Vector<float> value, Vector<float> low, Vector<float> high)
    {
        value = Vector.ConditionalSelect(Vector.GreaterThan(value, low), value, low);
        value = Vector.ConditionalSelect(Vector.LessThan(value, high), value, high);
        return Vector.ConvertToInt32Native(value + new Vector<float>(.5f));
    }

    /// <summary>The scalar twin of the vector one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToCode(float value, float low, float high)
    {
        value = value > low ? value : low;
        value = value < high ? value : high;
        return (int)(value + .5f);
    }

    /// <summary>A sample as float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Widen<T>(T sample)
        where T : unmanaged
        => typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(sample) : Unsafe.BitCast<T, ushort>(sample);

    /// <summary>A code as sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Narrow<T>(int code)
        where T : unmanaged
        => typeof(T) == typeof(byte) ? Unsafe.BitCast<byte, T>((byte)code) : Unsafe.BitCast<ushort, T>((ushort)code);
}
