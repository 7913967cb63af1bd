namespace VideoMatte.Temporal.Flow;

/// <summary>What the gradients of a patch say: the inverse of its structure tensor, and the gradients' own sums.</summary>
/// <param name="InverseXx">First element of the inverse.</param>
/// <param name="InverseXy">Its two equal elements.</param>
/// <param name="InverseYy">Its last element.</param>
/// <param name="MeanX">Mean gradient to the right, codes a pixel.</param>
/// <param name="MeanY">Mean gradient downwards, codes a pixel.</param>
internal readonly record struct PatchTensor(float InverseXx, float InverseXy, float InverseYy, float MeanX, float MeanY)
{
    /// <summary>Added to the diagonal: what gradients of four codes a pixel would add. A flat patch then stays nearly where it is, and an
    /// edge moves across itself alone.</summary>
    private const float Damping = 16 * PatchKernel.Pixels;

    /// <summary>The inverse of the tensor of gradients whose mean is taken out, as the patches' differences have it taken out too.</summary>
    /// <param name="sums">Sums over the patch.</param>
    public static PatchTensor From(GradientSums sums)
    {
        float meanX = sums.X / PatchKernel.Pixels, meanY = sums.Y / PatchKernel.Pixels;
        float xx = sums.Xx - (sums.X * meanX) + Damping, xy = sums.Xy - (sums.X * meanY), yy = sums.Yy - (sums.Y * meanY) + Damping;
        float scale = 1 / ((xx * yy) - (xy * xy));
        return new PatchTensor(yy * scale, -xy * scale, xx * scale, meanX, meanY);
    }
}
