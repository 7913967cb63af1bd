using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VideoMatte.Inference;

internal static partial class HalfConversion
{
    /// <summary>2^-14, the smallest normal half.</summary>
    private const float SmallestNormal = 1f / (1 << 14);

    internal static void FromUnitVector(ReadOnlySpan<float> single, Span<Half> half)
    {
        Span<ushort> bits = MemoryMarshal.Cast<Half, ushort>(half);
        int i = 0, step = Vector<float>.Count;
        for (; i <= half.Length - (2 * step); i += 2 * step)
            Vector.Narrow(Bits(new Vector<float>(single[i..])), Bits(new Vector<float>(single[(i + step)..]))).CopyTo(bits[i..]);
        FromUnitScalar(single, half, i);
    }

    internal static void ToSingleVector(ReadOnlySpan<Half> half, Span<float> single)
    {
        ReadOnlySpan<ushort> bits = MemoryMarshal.Cast<Half, ushort>(half);
        int i = 0, step = Vector<float>.Count;
        for (; i <= half.Length - (2 * step); i += 2 * step)
        {
            Vector.Widen(new Vector<ushort>(bits[i..]), out Vector<uint> low, out Vector<uint> high);
            Value(low).CopyTo(single[i..]);
            Value(high).CopyTo(single[(i + step)..]);
        }

        ToSingleScalar(half, single, i);
    }

    /// <summary>The 16 bits of each value's half. Normal: the exponent's bias falls from 127 to 15 and 13 bits are rounded away, ties to
    /// even. Below 2^-14 halves are multiples of 2^-24, which is what a float's last bit is worth from 0.5 on: adding 0.5 rounds there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Bits(Vector<float> value)
    {
        value = Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<float>.Zero), value, Vector<float>.Zero);
        value = Vector.ConditionalSelect(Vector.LessThan(value, Vector<float>.One), value, Vector<float>.One);
        Vector<uint> raw = value.As<float, uint>();
        Vector<uint> odd = (raw >> 13) & Vector<uint>.One;
        Vector<uint> normal = (raw - new Vector<uint>(112u << 23) + new Vector<uint>(0xFFF) + odd) >> 13;
        Vector<float> half = new(.5f);
        Vector<uint> small = (value + half).As<float, uint>() - half.As<float, uint>();
        return Vector.ConditionalSelect(Vector.LessThan(value, new Vector<float>(SmallestNormal)).As<int, uint>(), small, normal);
    }

    /// <summary>The exponent and fraction moved up, then the bias mended by a multiplication, which is exact and right for small numbers
    /// too; infinity and no number get the exponent that means them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Value(Vector<uint> bits)
    {
        Vector<uint> sign = (bits & new Vector<uint>(0x8000)) << 16, magnitude = (bits & new Vector<uint>(0x7FFF)) << 13;
        Vector<float> scaled = magnitude.As<uint, float>() * new Vector<float>(BitConverter.UInt32BitsToSingle((254u - 15) << 23));
        Vector<uint> special = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(0x1Fu << 23));
        Vector<uint> finite = scaled.As<float, uint>();
        return (Vector.ConditionalSelect(special, magnitude | new Vector<uint>(0xFFu << 23), finite) | sign).As<uint, float>();
    }
}
