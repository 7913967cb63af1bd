namespace VideoMatte.Frames;

/// <summary>The transfer characteristics of ITU-T H.273, inverted: from R'G'B' codes to light.</summary>
/// <remarks>Curves of cameras (BT.709, 601, 2020, 240M, 1361, xvYCC) give scene light as the camera's formula has it, those of displays
/// (sRGB, gamma 2.2 and 2.8, PQ) display light. Everything is relative to a diffuse white of 1: code 1 for SDR, 203 cd/m2 for PQ and the
/// code of 0.75 for HLG, which ITU-R BT.2408 names as the levels of reference white.</remarks>
public static class TransferCurve
{
    /// <summary>cd/m2 of reference white in PQ, and of HLG's on a display of 1000 cd/m2 (ITU-R BT.2408).</summary>
    public const double ReferenceWhite = 203;

    /// <summary>HLG's code of reference white (ITU-R BT.2408).</summary>
    private const double HlgReferenceCode = 0.75;

    // ITU-R BT.2100, table 4.
    private const double PqM1 = 2610.0 / 16384, PqM2 = 2523.0 / 4096 * 128, PqC1 = 3424.0 / 4096, PqC2 = 2413.0 / 4096 * 32, PqC3 = 2392.0 / 4096 * 32;

    // ITU-R BT.2100, table 5.
    private const double HlgA = 0.17883277, HlgB = 1 - (4 * HlgA);
    private static readonly double HlgC = 0.5 - (HlgA * Math.Log(4 * HlgA));

    /// <summary>The largest code that means something: 1 for PQ (10000 cd/m2), 1.1 for HLG (the top of limited range is 1.09), 2 elsewhere
    /// (saturated colours above white).</summary>
    public static double Highest(ColourTransfer transfer) => transfer switch { ColourTransfer.Pq => 1, ColourTransfer.Hlg => 1.1, _ => 2 };

    /// <summary>Light of a code.</summary>
    /// <param name="transfer">Unspecified is read as sRGB, as an untagged picture is.</param>
    /// <param name="code">R', G' or B': 0 is black, 1 the nominal peak; below 0 gives 0, above <see cref="Highest"/> its value.</param>
    public static double ToLight(ColourTransfer transfer, double code)
    {
        code = Math.Clamp(code, 0, Highest(transfer));
        return transfer switch
        {
            ColourTransfer.Bt709 or ColourTransfer.Smpte170M or ColourTransfer.Bt2020Bits10 or ColourTransfer.Bt2020Bits12
                or ColourTransfer.Iec61966X2X4 or ColourTransfer.Bt1361 => Camera(code, 1.09929682680944, 0.018053968510807, 4.5),
            ColourTransfer.Smpte240M => Camera(code, 1.111572195921731, 0.022821585529445, 4),
            ColourTransfer.Gamma22 => Math.Pow(code, 2.2),
            ColourTransfer.Gamma28 => Math.Pow(code, 2.8),
            ColourTransfer.Linear => code,
            ColourTransfer.Log100 => code <= 0 ? 0 : Math.Pow(10, 2 * (code - 1)),
            ColourTransfer.Log316 => code <= 0 ? 0 : Math.Pow(10, 2.5 * (code - 1)),
            ColourTransfer.Pq => PqToNits(code) / ReferenceWhite,
            ColourTransfer.Smpte428 => Math.Pow(code, 2.6) * 52.37 / 48,
            ColourTransfer.Hlg => HlgToScene(code) / HlgToScene(HlgReferenceCode),
            // IEC 61966-2-1.
            _ => code <= 0.04045 ? code / 12.92 : Math.Pow((code + 0.055) / 1.055, 2.4),
        };
    }

    /// <summary>BT.2100's EOTF of PQ: cd/m2 of a code 0..1.</summary>
    public static double PqToNits(double code)
    {
        double e = Math.Pow(code, 1 / PqM2);
        return 10000 * Math.Pow(Math.Max(e - PqC1, 0) / (PqC2 - (PqC3 * e)), 1 / PqM1);
    }

    /// <summary>BT.2100's inverse EOTF of PQ: the code 0..1 of 0..10000 cd/m2.</summary>
    public static double PqOfNits(double nits)
    {
        double y = Math.Pow(nits / 10000, PqM1);
        return Math.Pow((PqC1 + (PqC2 * y)) / (1 + (PqC3 * y)), PqM2);
    }

    /// <summary>BT.2100's inverse OETF of HLG: scene light 0..1 of a code 0..1.</summary>
    public static double HlgToScene(double code) => code <= 0.5 ? code * code / 3 : (Math.Exp((code - HlgC) / HlgA) + HlgB) / 12;

    /// <summary>BT.2100's OETF of HLG: the code 0..1 of scene light 0..1.</summary>
    public static double HlgOfScene(double light) => light <= 1.0 / 12 ? Math.Sqrt(3 * light) : (HlgA * Math.Log((12 * light) - HlgB)) + HlgC;

    /// <summary>H.273's V = a L^0.45 - (a - 1) above b and s L below, inverted.</summary>
    private static double Camera(double code, double a, double b, double slope) =>
        code < slope * b ? code / slope : Math.Pow((code + a - 1) / a, 1 / 0.45);
}
