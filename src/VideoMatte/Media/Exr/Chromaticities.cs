using VideoMatte.Frames;

namespace VideoMatte.Media.Exr;

/// <summary>CIE x, y of red, green, blue and white, as ITU-T H.273 table 2 lists them.</summary>
internal static class Chromaticities
{
    private static readonly float[] D65 = [0.3127f, 0.3290f];
    private static readonly float[] C = [0.310f, 0.316f];

    /// <summary>Eight values; null for primaries nobody named.</summary>
    public static float[]? Of(ColourPrimaries primaries) => primaries switch
    {
        ColourPrimaries.Bt709 => [0.640f, 0.330f, 0.300f, 0.600f, 0.150f, 0.060f, .. D65],
        ColourPrimaries.Bt470M => [0.670f, 0.330f, 0.210f, 0.710f, 0.140f, 0.080f, .. C],
        ColourPrimaries.Bt470Bg => [0.640f, 0.330f, 0.290f, 0.600f, 0.150f, 0.060f, .. D65],
        ColourPrimaries.Smpte170M or ColourPrimaries.Smpte240M => [0.630f, 0.340f, 0.310f, 0.595f, 0.155f, 0.070f, .. D65],
        ColourPrimaries.Film => [0.681f, 0.319f, 0.243f, 0.692f, 0.145f, 0.049f, .. C],
        ColourPrimaries.Bt2020 => [0.708f, 0.292f, 0.170f, 0.797f, 0.131f, 0.046f, .. D65],
        ColourPrimaries.Smpte428 => [1f, 0f, 0f, 1f, 0f, 0f, 1f / 3, 1f / 3],
        ColourPrimaries.Smpte431 => [0.680f, 0.320f, 0.265f, 0.690f, 0.150f, 0.060f, 0.314f, 0.351f],
        ColourPrimaries.Smpte432 => [0.680f, 0.320f, 0.265f, 0.690f, 0.150f, 0.060f, .. D65],
        ColourPrimaries.Ebu3213 => [0.630f, 0.340f, 0.295f, 0.605f, 0.155f, 0.077f, .. D65],
        _ => null,
    };
}
