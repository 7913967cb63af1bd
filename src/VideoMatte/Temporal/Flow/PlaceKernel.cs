using System.Runtime.Intrinsics.X86;

namespace VideoMatte.Temporal.Flow;

/// <summary>Looks up a plane of floats at the end of each of a line's vectors, linearly interpolated; places beyond the plane are brought to
/// its border.</summary>
internal static partial class PlaceKernel
{
    /// <param name="plane">From its first sample on.</param>
    /// <param name="stride">From line to line of the plane.</param>
    /// <param name="width">Columns of the plane.</param>
    /// <param name="height">Rows of the plane.</param>
    /// <param name="y">The line the vectors begin in, from column 0 on.</param>
    /// <param name="u">To the right.</param>
    /// <param name="v">Downwards; as many.</param>
    /// <param name="result">As many.</param>
    public static void LookUp(
        ReadOnlySpan<float> plane, int stride, int width, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<float> result)
    {
        if (width < 1 || height < 1 || plane.Length < ((height - 1) * stride) + width || u.Length != result.Length || v.Length != result.Length)
            throw new ArgumentException("look-up: a plane or line is too short");
        if (Avx2.IsSupported && width > 1 && height > 1)
            LookUpVector(plane, stride, width, height, y, u, v, result);
        else
            LookUpScalar(plane, stride, width, height, y, u, v, result, 0);
    }
}
