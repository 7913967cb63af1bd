using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Decides how an output's frames go through the pipe. The picture is sent as it is wherever ffmpeg can take it so; ffmpeg converts
/// the picture alone, without dither, and joins the alpha, which we have rounded, untouched.</summary>
internal static class EncodingPlanner
{
    /// <summary>Settings of every conversion: no dither, exact rounding, chroma at full width where RGB is made or read.</summary>
    public const string ScaleSettings = "flags=bicubic+accurate_rnd+full_chroma_int:sws_dither=none";

    /// <summary>ffmpeg rounds aspects to numbers of two digits unless told otherwise.</summary>
    private const int MostAspect = 1_000_000;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <param name="output">Already checked by <see cref="OutputChecks"/>.</param>
    /// <param name="picture">Of every frame that will come; for a matte alone only its size counts.</param>
    /// <param name="rangeIsTagged">The source says its range.</param>
    public static EncodingPlan Plan(OutputSpec output, FrameFormat picture, bool rangeIsTagged)
    {
        List<MatteWarning> warnings = [];
        Preset preset = output.Preset;
        if (output.MatteOnly)
            picture = MatteFormat(preset, picture);
        StoredPixels stored = StoredPixels.For(preset, picture, output.HasAlpha);
        ColourDescription colour = Colour(preset, picture, stored, output.MatteOnly ? [] : warnings);
        bool pairs = stored.Packed == "ya8";
        FrameFormat sent = Sent(preset, picture, stored);
        if (sent.Width != picture.Width || sent.Height != picture.Height)
            warnings.Add(new MatteWarning("picture-padded", string.Create(
                Invariant, $"{preset.Id} holds even sizes only: the last column or row of {picture.Width}x{picture.Height} is repeated.")));
        if (!output.MatteOnly && stored.Depth < picture.Depth)
            warnings.Add(new MatteWarning("depth-reduced", string.Create(
                Invariant, $"{preset.Id} holds {stored.Depth} bits of the source's {picture.Depth}; {(preset.Container == MediaContainer.Images ? "png and tiff keep" : "ffv1 keeps")} them all.")));
        if (!output.MatteOnly && preset.Container == MediaContainer.Images && preset != Presets.Png && picture.Colour.Transfer is ColourTransfer.Pq or ColourTransfer.Hlg)
            warnings.Add(new MatteWarning(
                "colour-untagged", $"{preset.Id} cannot say that the picture is {(picture.Colour.Transfer == ColourTransfer.Pq ? "PQ" : "HLG")}, and readers take it for SDR: png and exr can."));
        string pixelFormat = stored.Packed ?? (output.HasAlpha
            ? PixelFormatNames.WithAlpha(stored.Layout, stored.Depth)
            : PixelFormatNames.Of(stored.Layout, stored.Depth));
        bool tagged = rangeIsTagged || !StoresPlanes(preset) || output.MatteOnly;
        bool asPlane = output.HasAlpha && !pairs && (preset == Presets.Nut || CannotBeMerged(sent, stored, colour));
        string filters = pairs || asPlane ? "[0:v:0]null" : Filters(sent, stored, colour, output.HasAlpha);
        return new EncodingPlan(
            sent, output.HasAlpha ? stored.Depth : 0, pairs, filters + Tags(colour, tagged, sent.SampleAspect) + "[out]", pixelFormat, colour, tagged, warnings,
            asPlane, FillsLowBits(preset, picture));
    }

    /// <summary>What is sent is what is stored: nothing is converted.</summary>
    private static bool StoresPlanes(Preset preset) => preset == Presets.Ffv1 || preset == Presets.Nut;

    private static FrameFormat MatteFormat(Preset preset, FrameFormat picture) => new(
        picture.Width, picture.Height, PlaneLayout.Gray, preset.MatteDepth,
        new ColourDescription(ColourMatrix.Unspecified, ColourRange.Full), picture.SampleAspect);

    /// <summary>What goes into the pipe: the frame's own planes; grey with neutral chroma beside it where Y'CbCr is stored (ffmpeg's scaler
    /// takes grey for full range whatever it is told); words moved up to 16 bits where NUT or the file lacks the depth.</summary>
    private static FrameFormat Sent(Preset preset, FrameFormat picture, StoredPixels stored)
    {
        bool neutral = picture.Layout == PlaneLayout.Gray && stored.Layout is not PlaneLayout.Gray;
        bool same = !FillsLowBits(preset, picture) && (picture.Depth == stored.Depth || (!StoresPlanes(preset) && picture.Depth is 8 or 10 or 12 or 16));
        // x264 refuses odd 4:2:0; the planes are padded by repeating their edge, so that nothing is scaled.
        bool even = preset == Presets.H264;
        return picture with
        {
            Width = even ? (picture.Width + 1) & ~1 : picture.Width,
            Height = even ? (picture.Height + 1) & ~1 : picture.Height,
            Layout = neutral ? PlaneLayout.Yuv444 : picture.Layout,
            Depth = same ? picture.Depth : 16,
        };
    }

    /// <summary>mergeplanes counts the bytes of a chroma row as half of luma's: at odd widths above 8 bits (ffmpeg 5.1) the last sample
    /// loses its upper byte. What needs no conversion is sent with its alpha as one stream then.</summary>
    private static bool CannotBeMerged(FrameFormat sent, StoredPixels stored, ColourDescription colour) =>
        sent.ChromaShiftX == 1 && sent.Width % 2 == 1 && sent.Depth > 8 && stored.Packed is null
        && sent.Layout == stored.Layout && sent.Depth == stored.Depth && sent.Colour.Range == colour.Range;

    /// <summary>ffmpeg's own way from deep RGB to 16 bits loses a code (tried: 10-bit 2 comes back as 1): it is ours.</summary>
    private static bool FillsLowBits(Preset preset, FrameFormat picture) => preset.IsRgbPicture && picture.IsRgb && picture.Depth is > 8 and < 16;

    private static string Filters(FrameFormat sent, StoredPixels stored, ColourDescription colour, bool hasAlpha)
    {
        string planar = PixelFormatNames.Of(stored.Layout, stored.Depth);
        // setparams first, so that a newer scaler which trusts the frame over its options finds the same there.
        // RGB is full range also where the file's tags speak of the Y'CbCr its encoder will make of it.
        ColourRange range = stored.Layout == PlaneLayout.Gbr ? ColourRange.Full : colour.Range;
        string convert = sent.Layout == stored.Layout && sent.Depth == stored.Depth && sent.Colour.Range == range
            ? "null"
            : $"setparams=range={ColourNames.Of(sent.Colour.Range)},scale={ScaleSettings}{Matrices(sent, colour)}"
                + $":in_range={ColourNames.Of(sent.Colour.Range)}:out_range={ColourNames.Of(range)},format={planar}";
        string picture = "[0:v:0]" + convert;
        if (hasAlpha)
            // mergeplanes wants all its inputs in one format, so the grey is converted on its way: named to be of the range it goes to
            // (limited for Y'CbCr, full for RGB), its samples stay as they are. The picture's format is held, or it would give way instead.
            picture += $",format={planar}[picture];[0:v:1]setparams=range={(stored.Layout == PlaneLayout.Gbr ? "pc" : "tv")}[alpha];[picture][alpha]mergeplanes=map0s=0:map0p=0:map1s=0:map1p=1:map2s=0:map2p=2:map3s=1:map3p=0:format="
                + PixelFormatNames.WithAlpha(stored.Layout, stored.Depth);
        return stored.Packed is null || stored.Packed == planar ? picture : $"{picture},format={stored.Packed}";
    }

    /// <summary>Only where RGB comes or goes do matrices matter; elsewhere naming the same twice keeps the scaler from guessing.</summary>
    private static string Matrices(FrameFormat sent, ColourDescription colour)
    {
        ColourMatrix from = sent.Colour.Assumed(sent.Height), to = colour.Assumed(sent.Height);
        if (from is ColourMatrix.Identity)
            from = to;
        if (to is ColourMatrix.Identity)
            to = from;
        if (from is ColourMatrix.Identity)
            return "";
        try
        {
            return $":in_color_matrix={ColourNames.ForScale(from)}:out_color_matrix={ColourNames.ForScale(to)}";
        }
        catch (ArgumentOutOfRangeException) when (from == to && sent.IsRgb == (colour.Matrix == ColourMatrix.Identity))
        {
            // A matrix the scaler does not know (YCgCo) stays what it is when no RGB is made of it, nor another matrix's colours.
            return "";
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new MatteException(
                ErrorKind.Input, "colour-unsupported", $"The source's colour matrix {ColourNames.Of(from)} cannot be converted by ffmpeg: use the preset ffv1.", e);
        }
    }

    private static string Tags(ColourDescription colour, bool rangeIsTagged, Rational aspect) => string.Create(
        Invariant,
        $",setparams=range={(rangeIsTagged ? ColourNames.Of(colour.Range) : "unknown")}:colorspace={ColourNames.Of(colour.Matrix)}:color_primaries={ColourNames.Of(colour.Primaries)}:color_trc={ColourNames.Of(colour.Transfer)},setsar=sar={aspect.Numerator}/{aspect.Denominator}:max={MostAspect}");

    /// <summary>The tags of the file: the source's own, completed by what is assumed where a preset's readers would guess otherwise.</summary>
    private static ColourDescription Colour(Preset preset, FrameFormat picture, StoredPixels stored, List<MatteWarning> warnings)
    {
        ColourDescription source = picture.Colour;
        bool storesRgb = stored.Layout == PlaneLayout.Gbr;
        if (StoresPlanes(preset))
            return storesRgb ? source with { Matrix = ColourMatrix.Identity, Range = ColourRange.Full } : source;
        if (preset.Id is "cineform" or "qtrle")
        {
            if (source.Matrix == ColourMatrix.Unspecified && !picture.IsRgb && picture.Layout != PlaneLayout.Gray)
                warnings.Add(new MatteWarning(
                    "colour-assumed", $"The source does not say its colours: it was read as {ColourNames.Of(source.Assumed(picture.Height))} to make the RGB of {preset.Id}."));
            return source with { Matrix = ColourMatrix.Identity, Range = ColourRange.Full, Siting = ChromaSiting.Unspecified };
        }

        if (preset.IsRgbPicture)
            return source with { Matrix = storesRgb ? ColourMatrix.Identity : ColourMatrix.Unspecified, Range = ColourRange.Full };
        // JFIF knows no other; there is nothing to tag.
        if (preset == Presets.Jpeg)
            return source with { Matrix = ColourMatrix.Smpte170M, Range = ColourRange.Full, Siting = ChromaSiting.Unspecified };
        bool limited = preset == Presets.ProRes4444 || picture.IsRgb || picture.Layout == PlaneLayout.Gray;
        if (source.Range == ColourRange.Full && preset == Presets.ProRes4444 && !picture.IsRgb)
            warnings.Add(new MatteWarning("range-converted", "ProRes is limited range by definition: the source's full range is scaled to it."));
        ColourMatrix matrix = source.Matrix is ColourMatrix.Identity or ColourMatrix.Unspecified
            ? (source with { Matrix = ColourMatrix.Unspecified }).Assumed(picture.Height)
            : source.Matrix;
        bool high = matrix == ColourMatrix.Bt709;
        ColourDescription tagged = source with
        {
            Matrix = matrix,
            Range = limited ? ColourRange.Limited : source.Range,
            Primaries = source.Primaries != ColourPrimaries.Unspecified ? source.Primaries
                : high ? ColourPrimaries.Bt709 : picture.Height == 576 ? ColourPrimaries.Bt470Bg : ColourPrimaries.Smpte170M,
            Transfer = source.Transfer != ColourTransfer.Unspecified ? source.Transfer : high ? ColourTransfer.Bt709 : ColourTransfer.Smpte170M,
        };
        if (source.Matrix == ColourMatrix.Unspecified)
            warnings.Add(new MatteWarning(
                "colour-assumed", $"The source does not say its colours: it was read as {ColourNames.Of(matrix)}, and {preset.Id} is tagged so."));
        return tagged;
    }
}
