using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>Brings R'G'B' codes of PQ and HLG to what the networks were trained on, pictures for an SDR display: light of the display,
/// tone-mapped, in BT.709's primaries, with the codes such a display takes.</summary>
/// <remarks><para>Display light: PQ by its EOTF; HLG by its inverse OETF and, a channel at a time, the gamma of 1.2 of a display of
/// 1000 cd/m2 (both ITU-R BT.2100). Tone mapping: the EETF of ITU-R BT.2390 on each channel from a peak of 1000 cd/m2 to reference white,
/// 203 cd/m2. Primaries: ITU-R BT.2087. Codes: the inverse of ITU-R BT.1886 with black at 0, gamma 2.4.</para>
/// <para>A peak of its own for each clip would be better for looking; for the network it is enough that skin and clothes get the codes
/// they have in SDR.</para></remarks>
internal sealed class HdrView
{
    internal const double PeakNits = 1000;
    internal const double HlgSystemGamma = 1.2;
    internal const double DisplayGamma = 2.4;

    /// <summary>The EETF's start of the knee as a share of the range is 1.5 maxLum - 0.5.</summary>
    private static readonly double MaxLum = TransferCurve.PqOfNits(TransferCurve.ReferenceWhite) / TransferCurve.PqOfNits(PeakNits);

    /// <summary>Codes of light by its square root: the gamma's steep start gets the finer pieces.</summary>
    private static readonly CurveTable Encode = new(root => Math.Pow(root, 2 / DisplayGamma), 1);

    private readonly CurveTable _light;
    private readonly bool _wide;

    private HdrView(FrameFormat format)
    {
        Func<double, double> nits = format.Colour.Transfer == ColourTransfer.Pq
            ? TransferCurve.PqToNits
            : code => PeakNits * Math.Pow(TransferCurve.HlgToScene(code), HlgSystemGamma);
        _light = new CurveTable(code => Mapped(nits(code)), 1);
        _wide = format.Colour.Primaries is ColourPrimaries.Bt2020 or ColourPrimaries.Unspecified;
    }

    /// <summary>Null for formats that are display-referred as they are.</summary>
    public static HdrView? For(FrameFormat format) => NetworkView.IsDisplayReferred(format) ? null : new HdrView(format);

    /// <summary>Light 0..1 of a display whose peak is reference white, for light of one of <see cref="PeakNits"/>: BT.2390 section 5.4.1,
    /// without lift of black.</summary>
    internal static double Mapped(double nits)
    {
        double e = TransferCurve.PqOfNits(Math.Clamp(nits, 0, PeakNits)) / TransferCurve.PqOfNits(PeakNits), knee = (1.5 * MaxLum) - 0.5;
        if (e >= knee)
        {
            double t = (e - knee) / (1 - knee), t2 = t * t, t3 = t2 * t;
            e = (((2 * t3) - (3 * t2) + 1) * knee) + ((t3 - (2 * t2) + t) * (1 - knee)) + (((-2 * t3) + (3 * t2)) * MaxLum);
        }

        return TransferCurve.PqToNits(e * TransferCurve.PqOfNits(PeakNits)) / TransferCurve.ReferenceWhite;
    }

    /// <summary>Light of BT.2020's primaries as BT.709's (ITU-R BT.2087); colours outside those have a negative part.</summary>
    internal static (float R, float G, float B) Narrowed(float r, float g, float b) => (
        (1.6605f * r) - (0.5876f * g) - (0.0728f * b),
        (1.1329f * g) - (0.1246f * r) - (0.0083f * b),
        (1.1187f * b) - (0.0182f * r) - (0.1006f * g));

    /// <summary>In place; all three of one length, codes 0..1.</summary>
    public void Apply(Span<float> red, Span<float> green, Span<float> blue)
    {
        for (int i = 0; i < red.Length; i++)
        {
            float r = _light[red[i]], g = _light[green[i]], b = _light[blue[i]];
            if (_wide)
                (r, g, b) = Narrowed(r, g, b);
            red[i] = Code(r);
            green[i] = Code(g);
            blue[i] = Code(b);
        }
    }

    private static float Code(float light) => Encode[MathF.Sqrt(MathF.Max(light, 0))];
}
