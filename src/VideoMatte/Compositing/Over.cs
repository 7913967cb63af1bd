using System.Globalization;
using System.Numerics;

namespace VideoMatte.Compositing;

/// <summary>The operator "over" (Porter and Duff 1984) on samples of one plane: round(a F + (1 - a) B), a = 0..65535 for 0..1. It works on
/// codes as they are: the offsets of limited range and of chroma cancel. a = 65535 gives F and a = 0 gives B, bit for bit.</summary>
/// <remarks>65535 is odd, so no quotient lies half way and rounding has no ties.</remarks>
public static partial class Over
{
    /// <summary>Samples of 8 bits. All spans are of one length; the result may be one of the inputs itself.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Blend(ReadOnlySpan<ushort> alpha, ReadOnlySpan<byte> foreground, ReadOnlySpan<byte> background, Span<byte> result)
    {
        Check(alpha.Length, foreground.Length, background.Length, result.Length);
        if (Vector.IsHardwareAccelerated)
            BlendVector(alpha, foreground, background, result);
        else
            BlendScalar(alpha, foreground, background, result);
    }

    /// <summary>Samples of 9 to 16 bits. All spans are of one length; the result may be one of the inputs itself.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Blend(
        ReadOnlySpan<ushort> alpha, ReadOnlySpan<ushort> foreground, ReadOnlySpan<ushort> background, Span<ushort> result)
    {
        Check(alpha.Length, foreground.Length, background.Length, result.Length);
        if (Vector.IsHardwareAccelerated)
            BlendVector(alpha, foreground, background, result);
        else
            BlendScalar(alpha, foreground, background, result);
    }

    private static void Check(int alpha, int foreground, int background, int result)
    {
        if (foreground != alpha || background != alpha || result != alpha)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"over: {alpha} alphas, {foreground} foreground, {background} background and {result} result samples"));
    }
}
