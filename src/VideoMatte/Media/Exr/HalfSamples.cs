using VideoMatte.Frames;

namespace VideoMatte.Media.Exr;

/// <summary>Light as half floats (IEEE 754 binary16), rounded to nearest, ties to even.</summary>
internal static partial class HalfSamples
{
    /// <summary>The largest half.</summary>
    public const float Largest = 65504;

    /// <param name="light">0 and up; less, and what is no number, becomes 0, more than <see cref="Largest"/> that.</param>
    /// <param name="bits">As many.</param>
    public static void Pack(ReadOnlySpan<float> light, Span<ushort> bits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bits.Length, light.Length, nameof(bits));
        PackVector(light, bits);
    }

    /// <summary>The half of a matte's sample.</summary>
    public static ushort OfAlpha(ushort alpha) => BitConverter.HalfToUInt16Bits((Half)((float)alpha / AlphaMatte.Opaque));
}
