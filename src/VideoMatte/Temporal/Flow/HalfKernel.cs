using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

/// <summary>Lines of a picture at half its size: the mean of two by two samples; what is over at an odd end is left out.</summary>
internal static partial class HalfKernel
{
    /// <param name="above">The upper line; twice as many samples as the result, or more.</param>
    /// <param name="below">The lower line, as long.</param>
    /// <param name="half">The means, in codes; not rounded.</param>
    public static void Mean(ReadOnlySpan<byte> above, ReadOnlySpan<byte> below, Span<float> half)
    {
        if (above.Length < 2 * half.Length || below.Length < 2 * half.Length)
            throw new ArgumentException("half size: a line is too short");
        if (Vector128.IsHardwareAccelerated)
            MeanVector(above, below, half);
        else
            MeanScalar(above, below, half, 0);
    }

    /// <inheritdoc cref="Mean(ReadOnlySpan{byte}, ReadOnlySpan{byte}, Span{float})"/>
    public static void Mean(ReadOnlySpan<float> above, ReadOnlySpan<float> below, Span<float> half)
    {
        if (above.Length < 2 * half.Length || below.Length < 2 * half.Length)
            throw new ArgumentException("half size: a line is too short");
        if (Vector128.IsHardwareAccelerated)
            MeanVector(above, below, half);
        else
            MeanScalar(above, below, half, 0);
    }
}
