using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

/// <summary>Sums over the 64 pixels of a patch. Lines of pixels begin at the patch's upper left one and lie <c>stride</c> apart. The twins
/// add in the same order: eight columns by themselves, then the columns.</summary>
internal static partial class PatchKernel
{
    public const int Pixels = PatchGrid.PatchSize * PatchGrid.PatchSize;

    /// <summary>Samples that the planes looked from must hold from the patch's first on.</summary>
    private static int Reach(int stride) => ((PatchGrid.PatchSize - 1) * stride) + PatchGrid.PatchSize;

    /// <summary>Lays a patch on another picture at a fraction of a pixel, linearly interpolated.</summary>
    /// <param name="from">The patch.</param>
    /// <param name="gradientX">Its gradients to the right.</param>
    /// <param name="gradientY">Its gradients downwards.</param>
    /// <param name="to">The other picture, from the whole pixel on; one row and one column more than a patch are read.</param>
    /// <param name="stride">From line to line, in all four.</param>
    /// <param name="shareX">Fraction of a pixel to the right, 0..1.</param>
    /// <param name="shareY">Fraction of a pixel downwards, 0..1.</param>
    public static PatchFit Fit(
        ReadOnlySpan<float> from, ReadOnlySpan<float> gradientX, ReadOnlySpan<float> gradientY, ReadOnlySpan<float> to, int stride,
        float shareX, float shareY)
    {
        int reach = Reach(stride);
        if (from.Length < reach || gradientX.Length < reach || gradientY.Length < reach || to.Length < reach + stride + 1)
            throw new ArgumentException("patch: it reaches beyond its picture");
        return Vector128.IsHardwareAccelerated
            ? FitVector(from, gradientX, gradientY, to, stride, shareX, shareY)
            : FitScalar(from, gradientX, gradientY, to, stride, shareX, shareY);
    }

    /// <summary>Sums of a patch's gradients and of their products.</summary>
    public static GradientSums Gradients(ReadOnlySpan<float> gradientX, ReadOnlySpan<float> gradientY, int stride)
    {
        if (gradientX.Length < Reach(stride) || gradientY.Length < Reach(stride))
            throw new ArgumentException("patch: it reaches beyond its picture");
        return Vector128.IsHardwareAccelerated ? GradientsVector(gradientX, gradientY, stride) : GradientsScalar(gradientX, gradientY, stride);
    }

    /// <summary>Adds a patch's vector to every pixel it covers, weighted by 1 / max(1, |d|): where the patch fits it counts.</summary>
    /// <param name="from">The patch; only <paramref name="rows"/> lines of it are done.</param>
    /// <param name="to">The other picture as in <see cref="Fit"/>.</param>
    /// <param name="stride">From line to line, in both.</param>
    /// <param name="shareX">As in <see cref="Fit"/>.</param>
    /// <param name="shareY">As in <see cref="Fit"/>.</param>
    /// <param name="u">The patch's displacement to the right.</param>
    /// <param name="v">The patch's displacement downwards.</param>
    /// <param name="rows">Lines to do, 1..8.</param>
    /// <param name="sums">Weights, weighted u and weighted v, from the first pixel on.</param>
    public static void Spread(
        ReadOnlySpan<float> from, ReadOnlySpan<float> to, int stride, float shareX, float shareY, float u, float v, int rows, in SpreadSums sums)
    {
        int reach = ((rows - 1) * stride) + PatchGrid.PatchSize, result = ((rows - 1) * sums.Stride) + PatchGrid.PatchSize;
        if (from.Length < reach || to.Length < reach + stride + 1
            || sums.Weight.Length < result || sums.U.Length < result || sums.V.Length < result)
            throw new ArgumentException("patch: it reaches beyond its picture");
        if (Vector128.IsHardwareAccelerated)
            SpreadVector(from, to, stride, shareX, shareY, u, v, rows, sums);
        else
            SpreadScalar(from, to, stride, shareX, shareY, u, v, rows, sums);
    }
}
