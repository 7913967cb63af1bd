using System.Runtime.Intrinsics.X86;

namespace VideoMatte.Temporal.Flow;

/// <summary>One row of a plane looked up at the end of each of its vectors, linearly interpolated and rounded; places beyond the plane are
/// brought to its border.</summary>
internal static partial class WarpKernel
{
    /// <param name="source">The whole plane.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="y">The row the vectors begin in.</param>
    /// <param name="u">To the right, in samples; one for each column.</param>
    /// <param name="v">Downwards.</param>
    /// <param name="result">The row.</param>
    public static void Warp(
        ReadOnlySpan<ushort> source, int width, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<ushort> result)
    {
        if (source.Length != width * height || u.Length != width || v.Length != width || result.Length != width)
            throw new ArgumentException("warp: a plane or line of another length");
        if (Avx2.IsSupported && width > 1 && height > 1)
            WarpVector(source, width, height, y, u, v, result);
        else
            WarpScalar(source, width, height, y, u, v, result, 0);
    }

    /// <inheritdoc cref="Warp(ReadOnlySpan{ushort}, int, int, int, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{ushort})"/>
    public static void Warp(
        ReadOnlySpan<byte> source, int width, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<byte> result)
    {
        if (source.Length != width * height || u.Length != width || v.Length != width || result.Length != width)
            throw new ArgumentException("warp: a plane or line of another length");
        // Four bytes are read at a time.
        if (Avx2.IsSupported && width > 1 && height > 1 && source.Length >= 4)
            WarpVector(source, width, height, y, u, v, result);
        else
            WarpScalar(source, width, height, y, u, v, result, 0);
    }
}
