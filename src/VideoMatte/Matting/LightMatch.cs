using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>Brings R'G'B' codes of one kind of light to another, so that a background stands in the picture's: SDR, PQ or HLG, BT.709's primaries
/// or BT.2020's.</summary>
/// <remarks>By light of the display. SDR: gamma 2.4, white at 203 cd/m2 (ITU-R BT.2408), so that it lies at 58 % of PQ and 75 % of HLG. PQ and HLG:
/// ITU-R BT.2100, HLG for a display of 1000 cd/m2, gamma 1.2, its inverse OOTF by luminance. Primaries: ITU-R BT.2087. From HDR to SDR the
/// tone mapping is <see cref="HdrView"/>'s.</remarks>
internal sealed class LightMatch
{
    private const double DisplayGamma = HdrView.DisplayGamma, HlgPeak = HdrView.PeakNits, HlgGamma = HdrView.HlgSystemGamma;

    private readonly ColourTransfer _to;
    private readonly CurveTable _light;
    private readonly CurveTable _code;
    private readonly bool _fromHlg;
    private readonly bool _widens;
    private readonly bool _narrows;

    private LightMatch(FrameFormat from, FrameFormat to)
    {
        _to = Kind(to);
        _fromHlg = Kind(from) == ColourTransfer.Hlg;
        bool mapsTones = Kind(from) != ColourTransfer.Bt709 && _to == ColourTransfer.Bt709;
        Func<double, double> nits = Kind(from) switch
        {
            ColourTransfer.Pq => TransferCurve.PqToNits,
            ColourTransfer.Hlg => TransferCurve.HlgToScene,
            _ => code => TransferCurve.ReferenceWhite * Math.Pow(code, DisplayGamma),
        };
        _light = new CurveTable(nits, 1);
        // By the fourth root of light: every curve's steep start gets the finer pieces.
        _code = _to switch
        {
            ColourTransfer.Pq => new CurveTable(root => TransferCurve.PqOfNits(Math.Pow(root, 4)), 10),
            ColourTransfer.Hlg => new CurveTable(root => TransferCurve.HlgOfScene(Math.Pow(root, 4)), 1),
            _ => new CurveTable(root => Math.Pow(mapsTones ? HdrView.Mapped(Math.Pow(root, 4)) : Math.Min(1, Math.Pow(root, 4) / TransferCurve.ReferenceWhite), 1 / DisplayGamma), 10),
        };
        (_widens, _narrows) = (!IsWide(from) && IsWide(to), IsWide(from) && !IsWide(to));
    }

    /// <summary>Null where codes of the one mean the same in the other.</summary>
    public static LightMatch? Between(FrameFormat from, FrameFormat to) => IsNeeded(from, to) ? new LightMatch(from, to) : null;

    /// <summary>Codes of the one mean something else in the other.</summary>
    public static bool IsNeeded(FrameFormat from, FrameFormat to) => Kind(from) != Kind(to) || IsWide(from) != IsWide(to);

    /// <summary>In place; all three of one length, codes 0..1.</summary>
    public void Apply(Span<float> red, Span<float> green, Span<float> blue)
    {
        for (int i = 0; i < red.Length; i++)
        {
            float r = _light[red[i]], g = _light[green[i]], b = _light[blue[i]];
            if (_fromHlg)
            {
                float gain = (float)(HlgPeak * Math.Pow(Luminance(r, g, b), HlgGamma - 1));
                (r, g, b) = (r * gain, g * gain, b * gain);
            }

            if (_widens)
                (r, g, b) = ((0.6274f * r) + (0.3293f * g) + (0.0433f * b), (0.0691f * r) + (0.9195f * g) + (0.0114f * b), (0.0164f * r) + (0.0880f * g) + (0.8956f * b));
            else if (_narrows)
                (r, g, b) = HdrView.Narrowed(r, g, b);
            if (_to == ColourTransfer.Hlg)
            {
                float luminance = Luminance(r, g, b) / (float)HlgPeak;
                float share = luminance <= 0 ? 0 : (float)(Math.Pow(luminance, (1 - HlgGamma) / HlgGamma) / HlgPeak);
                (r, g, b) = (r * share, g * share, b * share);
            }

            (red[i], green[i], blue[i]) = (Code(r), Code(g), Code(b));
        }
    }

    /// <summary>Whatever is neither PQ nor HLG is looked at on an SDR display as it is.</summary>
    private static ColourTransfer Kind(FrameFormat format) =>
        format.Colour.Transfer is ColourTransfer.Pq or ColourTransfer.Hlg ? format.Colour.Transfer : ColourTransfer.Bt709;

    private static bool IsWide(FrameFormat format) => format.Colour.Primaries == ColourPrimaries.Bt2020
        || (format.Colour.Primaries == ColourPrimaries.Unspecified && Kind(format) != ColourTransfer.Bt709);

    private static float Luminance(float r, float g, float b) => (0.2627f * r) + (0.6780f * g) + (0.0593f * b);

    private float Code(float light) => _code[MathF.Sqrt(MathF.Sqrt(MathF.Max(light, 0)))];
}
