using System.Numerics;
using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

/// <summary>Lines of a picture at half its size: 1 3 3 1 over 8, down and across, around the middle of two by two samples. What is over at an
/// odd end only helps its neighbour.</summary>
/// <remarks>The plain mean of two by two lets through detail that a fraction of a pixel of linear interpolation turns about: measured on drawn
/// pairs, flow errs by a fifth more with it.</remarks>
internal static partial class HalfKernel
{
    /// <summary>1 3 3 1 down four lines, eight times the mean.</summary>
    /// <param name="a">The uppermost.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="d">The lowest; all as long as the result.</param>
    /// <param name="sums">Where it goes.</param>
    public static void Down(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, Span<float> sums)
    {
        if (a.Length != sums.Length || b.Length != sums.Length || c.Length != sums.Length || d.Length != sums.Length)
            throw new ArgumentException("half size: the lengths differ");
        if (Vector.IsHardwareAccelerated)
            DownVector(a, b, c, d, sums);
        else
            DownScalar(a, b, c, d, sums, 0);
    }

    /// <inheritdoc cref="Down(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte}, Span{float})"/>
    public static void Down(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, Span<float> sums)
    {
        if (a.Length != sums.Length || b.Length != sums.Length || c.Length != sums.Length || d.Length != sums.Length)
            throw new ArgumentException("half size: the lengths differ");
        if (Vector.IsHardwareAccelerated)
            DownVector(a, b, c, d, sums);
        else
            DownScalar(a, b, c, d, sums, 0);
    }

    /// <summary>1 3 3 1 across, and the division by 64.</summary>
    /// <param name="sums">From one sample before the first pair on to one behind the last.</param>
    /// <param name="half">Codes, not rounded: half as many as pairs of sums, or fewer.</param>
    public static void Across(ReadOnlySpan<float> sums, Span<float> half)
    {
        if (sums.Length < (2 * half.Length) + 2)
            throw new ArgumentException("half size: a line is too short");
        if (Vector128.IsHardwareAccelerated)
            AcrossVector(sums, half);
        else
            AcrossScalar(sums, half, 0);
    }
}
