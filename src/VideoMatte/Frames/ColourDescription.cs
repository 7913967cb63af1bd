namespace VideoMatte.Frames;

/// <summary>What samples mean, in the code points of ITU-T H.273. "Unspecified" is kept as found: what is then assumed for arithmetic
/// is said by <see cref="Assumed"/>, and never written over the truth of the source.</summary>
/// <param name="Matrix">Y'CbCr matrix as tagged.</param>
/// <param name="Range">Limited or full; a source that does not say is limited for Y'CbCr and full for RGB and grey images.</param>
/// <param name="Primaries">As tagged.</param>
/// <param name="Transfer">As tagged.</param>
/// <param name="Siting">Where chroma samples lie; unspecified 4:2:0 is read as left.</param>
public sealed record ColourDescription(
    ColourMatrix Matrix,
    ColourRange Range,
    ColourPrimaries Primaries = ColourPrimaries.Unspecified,
    ColourTransfer Transfer = ColourTransfer.Unspecified,
    ChromaSiting Siting = ChromaSiting.Unspecified)
{
    /// <summary>RGB: identity matrix, full range, sRGB transfer unspecified.</summary>
    public static ColourDescription Rgb { get; } = new(ColourMatrix.Identity, ColourRange.Full);

    public static ColourDescription Bt709Limited { get; } =
        new(ColourMatrix.Bt709, ColourRange.Limited, ColourPrimaries.Bt709, ColourTransfer.Bt709, ChromaSiting.Left);

    /// <summary>The matrix to calculate with: an unspecified one is BT.709 from 720 lines up, else BT.601.</summary>
    public ColourMatrix Assumed(int height) =>
        Matrix != ColourMatrix.Unspecified ? Matrix : height >= 720 ? ColourMatrix.Bt709 : ColourMatrix.Smpte170M;
}
