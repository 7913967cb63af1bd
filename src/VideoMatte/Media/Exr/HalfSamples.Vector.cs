using System.Numerics;
using System.Runtime.CompilerServices;

namespace VideoMatte.Media.Exr;

internal static partial class HalfSamples
{
    /// <summary>2^-14, the smallest normal half.</summary>
    private const float SmallestNormal = 1f / (1 << 14);

    internal static void PackVector(ReadOnlySpan<float> light, Span<ushort> bits)
    {
        int i = 0, step = Vector<float>.Count;
        for (; i <= light.Length - (2 * step); i += 2 * step)
            Vector.Narrow(Bits(new Vector<float>(light[i..])), Bits(new Vector<float>(light[(i + step)..]))).CopyTo(bits[i..]);
        PackScalar(light, bits, i);
    }

    /// <summary>Normal: the exponent's bias falls from 127 to 15 and 13 bits are rounded away, ties to even. Below 2^-14 halves are
    /// multiples of 2^-24, which is what a float's last bit is worth from 0.5 on: adding 0.5 rounds there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Bits(Vector<float> value)
    {
        value = Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<float>.Zero), value, Vector<float>.Zero);
        value = Vector.ConditionalSelect(Vector.LessThan(value, new Vector<float>(Largest)), value, new Vector<float>(Largest));
        Vector<uint> raw = value.As<float, uint>(), odd = (raw >> 13) & Vector<uint>.One;
        Vector<uint> normal = (raw - new Vector<uint>(112u << 23) + new Vector<uint>(0xFFF) + odd) >> 13;
        Vector<float> half = new(.5f);
        Vector<uint> small = (value + half).As<float, uint>() - half.As<float, uint>();
        return Vector.ConditionalSelect(Vector.LessThan(value, new Vector<float>(SmallestNormal)).As<int, uint>(), small, normal);
    }
}
