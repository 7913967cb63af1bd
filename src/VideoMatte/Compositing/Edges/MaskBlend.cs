using System.Numerics;

namespace VideoMatte.Compositing.Edges;

/// <summary>A matte forced by a mask, on 16-bit coverage: alpha comes first, the mask second, both of one length; the result replaces
/// alpha.</summary>
internal static partial class MaskBlend
{
    /// <summary>alpha = max(alpha, mask): inside stays inside.</summary>
    public static void Include(Span<ushort> alpha, ReadOnlySpan<ushort> mask)
    {
        Check(alpha.Length, mask.Length);
        if (Vector.IsHardwareAccelerated)
            IncludeVector(alpha, mask);
        else
            IncludeScalar(alpha, mask);
    }

    /// <summary>alpha = min(alpha, 1 - mask): outside stays outside.</summary>
    public static void Exclude(Span<ushort> alpha, ReadOnlySpan<ushort> mask)
    {
        Check(alpha.Length, mask.Length);
        if (Vector.IsHardwareAccelerated)
            ExcludeVector(alpha, mask);
        else
            ExcludeScalar(alpha, mask);
    }

    /// <summary>alpha = round(alpha x mask / 65535): what one lets through of what the other does. 65535 is odd: rounding has no
    /// ties.</summary>
    public static void Multiply(Span<ushort> alpha, ReadOnlySpan<ushort> mask)
    {
        Check(alpha.Length, mask.Length);
        if (Vector.IsHardwareAccelerated)
            MultiplyVector(alpha, mask);
        else
            MultiplyScalar(alpha, mask);
    }

    private static void Check(int alpha, int mask)
    {
        if (alpha != mask)
            throw new ArgumentException("mask: another size than the matte", nameof(mask));
    }
}
