using System.Numerics;

namespace VideoMatte.Temporal;

/// <summary>round((1 - w) a + w b) on 16-bit samples, exact: w is in 1/65535, and equal samples stay as they are.</summary>
internal static partial class WeightedMean
{
    /// <param name="now">Weighs 1 - w.</param>
    /// <param name="before">Weighs w; as many samples. The result goes here.</param>
    /// <param name="weight">0..65535.</param>
    public static void Mix(ReadOnlySpan<ushort> now, Span<ushort> before, ushort weight)
    {
        if (now.Length != before.Length)
            throw new ArgumentException("weighted mean: the lengths differ");
        if (Vector.IsHardwareAccelerated)
            MixVector(now, before, weight);
        else
            MixScalar(now, before, weight);
    }
}
