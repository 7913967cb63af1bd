namespace VideoMatte.Frames;

/// <summary>The weights of red and blue in luma, Y' = Kr R' + (1 - Kr - Kb) G' + Kb B', as ITU-T H.273 table 4 gives them.</summary>
public readonly record struct LumaCoefficients(double Kr, double Kb)
{
    public double Kg => 1 - Kr - Kb;

    /// <param name="matrix">Not <see cref="ColourMatrix.Unspecified"/> (see <see cref="ColourDescription.Assumed"/>) nor Identity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix is not one of luma and two colour differences.</exception>
    public static LumaCoefficients For(ColourMatrix matrix) => matrix switch
    {
        ColourMatrix.Bt709 => new(0.2126, 0.0722),
        ColourMatrix.Fcc => new(0.30, 0.11),
        ColourMatrix.Bt470Bg or ColourMatrix.Smpte170M => new(0.299, 0.114),
        ColourMatrix.Smpte240M => new(0.212, 0.087),
        ColourMatrix.Bt2020NonConstant or ColourMatrix.Bt2020Constant => new(0.2627, 0.0593),
        _ => throw new ArgumentOutOfRangeException(nameof(matrix), matrix, "no luma and colour differences"),
    };
}
