using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media.Stills;

namespace VideoMatte.Media;

/// <summary>The command line of a decoder that writes NUT to its standard output.</summary>
/// <param name="Arguments">For ffmpeg.</param>
/// <param name="Format">Of the frames that come.</param>
/// <param name="NutTag">The tag the stream must have.</param>
/// <param name="FrameBytes">Bytes a frame has in the stream; more than the format's where a plane of alpha is dropped.</param>
/// <param name="TimeOffset">Seconds of ffmpeg's that were added to all times, because NUT holds no negative ones.</param>
/// <param name="Stretch">Seconds of the source in one of ffmpeg's: 1, but where ffmpeg cannot be told a sequence's rate.</param>
internal sealed record DecoderCommand(
    IReadOnlyList<string> Arguments, FrameFormat Format, uint NutTag, long FrameBytes, Rational TimeOffset, Rational Stretch)
{
    /// <summary>Room for times before the container's start (priming, edit lists).</summary>
    private const int LeastOffsetSeconds = 10;

    /// <summary>Scaling for backgrounds: no dither, exact rounding, chroma at full precision.</summary>
    private const string ScaleFlags = "accurate_rnd+full_chroma_int+full_chroma_inp";

    /// <summary>What the light of an EXR is made into when it is read: our planes hold codes, not light.</summary>
    public const ColourTransfer ExrTransfer = ColourTransfer.Srgb;

    /// <summary>The same by the name ffmpeg's decoder of EXR has for it.</summary>
    private const string ExrCurve = "iec61966_2_1";

    /// <param name="info">The source.</param>
    /// <param name="options">What to read.</param>
    /// <param name="jump">Begin at the key frame before this time, on the source's own clock; every frame from there on comes. Null: at the start.</param>
    /// <exception cref="MatteException">The source's matrix cannot be converted.</exception>
    public static DecoderCommand Build(MediaInfo info, ReaderOptions options, Rational? jump = null)
    {
        VideoStreamInfo video = info.Video;
        if (options.AlphaPlane && (options.Target is not null || !video.HasAlpha))
            throw new ArgumentException("the alpha plane is read of a source that has one, as it is", nameof(options));
        FrameFormat format = options.AlphaPlane ? video.AlphaFormat : options.Target ?? video.Format;
        bool asItIs = options.Target is null && !options.AlphaPlane;
        string ask = asItIs ? video.Pixels.AskFor : PixelFormatNames.Of(format.Layout, format.Depth);
        bool fourth = asItIs && video.Pixels.DropsFourthPlane;
        Rational stretch = info.Sequence is { } pictures ? pictures.RateForFfmpeg / pictures.Rate : Rational.One;
        Rational offset = Offset(info, stretch);
        List<string> arguments = ["-v", "error", "-nostdin"];
        if (options.Seek is { } seek)
            arguments.AddRange(["-ss", Seconds(Later(seek - info.StartTime, Rational.Zero) / stretch)]);
        if (jump is { } target)
            arguments.AddRange(["-seek_timestamp", "1", "-noaccurate_seek", "-ss", Seconds(target)]);
        if (options.Loop)
            arguments.AddRange(["-stream_loop", "-1"]);
        // ffmpeg's own decoders of VP8 and VP9 leave the alpha beside the picture out.
        if (options.AlphaPlane && !video.Pixels.HasAlpha)
            arguments.AddRange(["-c:v", video.Codec == "vp8" ? "libvpx" : "libvpx-vp9"]);
        arguments.AddRange(StillArguments(info));
        arguments.AddRange(MediaDoor.InputArguments(info, options.MaxPixels));
        arguments.AddRange(["-map", "0:" + Number(video.Index)]);
        if (Filters(info, options) is { Length: > 0 } filters)
            arguments.AddRange(["-vf", filters]);
        if (options.FrameLimit is { } limit)
            arguments.AddRange(["-frames:v", Number(limit)]);
        arguments.AddRange(
        [
            "-sws_flags", "bicubic+" + ScaleFlags, "-sws_dither", "none",
            "-fps_mode", "passthrough", "-enc_time_base", "-1", "-copyts", "-output_ts_offset", Number(offset.Numerator),
            "-c:v", "rawvideo", "-pix_fmt", ask, "-write_index", "0", "-f", "nut", "pipe:1",
        ]);
        long bytes = fourth ? format.ByteCount / 3L * 4 : format.ByteCount;
        return new DecoderCommand(arguments, format, PixelFormatNames.NutTag(format.Layout, format.Depth, fourth), bytes, offset, stretch);
    }

    /// <summary>Whole seconds that are whole ticks too, so that adding and subtracting them is exact.</summary>
    private static Rational Offset(MediaInfo info, Rational stretch)
    {
        Rational start = Earlier(info.StartTime, info.Video.StartTime ?? Rational.Zero);
        long wanted = LeastOffsetSeconds + (start < Rational.Zero ? (long)Math.Ceiling(-start.ToDouble()) : 0);
        long step = (info.Video.TimeBase / stretch).Numerator;
        return new Rational((wanted + step - 1) / step * step);
    }

    /// <summary>For the decoder of still pictures, before its input.</summary>
    public static IReadOnlyList<string> StillArguments(MediaInfo info)
    {
        if (info.Still is not { } still)
            return [];
        return
        [
            // ffmpeg turns JPEGs by their orientation, and no others: we turn all kinds, once.
            "-noautorotate",
            .. still.Kind == "EXR" ? (string[])["-apply_trc", ExrCurve] : [],
            // Without it a chunk with a wrong checksum is decoded into noise in silence.
            .. still.Kind == "PNG" ? (string[])["-err_detect", "crccheck+explode"] : [],
        ];
    }

    private static string Filters(MediaInfo info, ReaderOptions options)
    {
        VideoStreamInfo video = info.Video;
        List<string> chain = [.. Turn.Filters(info.Still?.Orientation ?? 1)];
        if (options.AlphaPlane)
            // The plane is taken first and turned then: behind another filter extractplanes of ffmpeg 5.1 refuses big-endian samples.
            return string.Join(',', (string[])[.. video.Pixels.Between.Length == 0 ? (string[])[] : [$"format={video.Pixels.Between}"], "extractplanes=a", .. chain]);
        if (options.Deinterlace)
            chain.Add(Deinterlacer(video));
        if (options.Target is not { } target)
        {
            if (video.Pixels.Between.Length > 0)
                chain.Add($"format={video.Pixels.Between},format={video.Pixels.AskFor}");
            return string.Join(',', chain);
        }

        FrameFormat source = video.Format;
        if (options.Fit == Fit.Cover && CoverCrop(source, target) is { } crop)
            chain.Add($"crop={Number(crop.Width)}:{Number(crop.Height)}");
        List<string> scale =
        [
            $"scale={Number(target.Width)}:{Number(target.Height)}",
            $"flags={(target.Width * 2 < source.Width ? "area" : "bicubic")}+{ScaleFlags}",
            "sws_dither=none",
        ];
        if (!source.IsRgb)
            scale.AddRange([$"in_color_matrix={Matrix(source, video)}", $"in_range={ColourNames.Of(source.Colour.Range)}", .. Siting("in", source)]);
        if (!target.IsRgb)
            scale.AddRange([$"out_color_matrix={Matrix(target, video)}", $"out_range={ColourNames.Of(target.Colour.Range)}", .. Siting("out", target)]);
        chain.Add(string.Join(':', scale));
        chain.Add("format=" + PixelFormatNames.Of(target.Layout, target.Depth));
        return string.Join(',', chain);
    }

    /// <summary>One picture a frame, every frame: the container's word counts, for not every decoder marks its frames.</summary>
    private static string Deinterlacer(VideoStreamInfo video) =>
        $"bwdif=mode=send_frame:parity={(video.FieldOrder is "tt" or "bt" ? "tff" : "bff")}:deint=all";

    /// <summary>The middle part of the source that has the target's shape; null where it has it already.</summary>
    private static (int Width, int Height)? CoverCrop(FrameFormat source, FrameFormat target)
    {
        // Shapes as shown: samples need not be square on either side.
        double shown = source.Width * source.SampleAspect.ToDouble() / source.Height;
        double wanted = target.Width * target.SampleAspect.ToDouble() / target.Height;
        int width = source.Width, height = source.Height;
        if (shown > wanted)
            width = Math.Clamp((int)Math.Round(source.Width * wanted / shown), 1, source.Width);
        else
            height = Math.Clamp((int)Math.Round(source.Height * shown / wanted), 1, source.Height);
        // Less than two samples are a rounding of somebody's, not another shape; a subsampled plane could not be cropped by one either.
        return source.Width - width < 2 && source.Height - height < 2 ? null : (Even(width, source), Even(height, source));
    }

    private static int Even(int length, FrameFormat source) =>
        source.ChromaShiftX + source.ChromaShiftY == 0 || length < 2 ? length : length & ~1;

    private static string Matrix(FrameFormat format, VideoStreamInfo video)
    {
        ColourMatrix matrix = format.Colour.Assumed(format.Height);
        try
        {
            return ColourNames.ForScale(matrix);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new MatteException(
                ErrorKind.Input, "colour-unsupported", $"A {video.Codec} video uses the colour matrix {ColourNames.Of(matrix)}, which cannot be converted.", e);
        }
    }

    /// <summary>Chroma positions in 1/256 of a luma sample; 4:2:0 that does not say is read as left.</summary>
    private static string[] Siting(string side, FrameFormat format)
    {
        if (format.ChromaShiftX == 0)
            return [];
        string across = side + (format.Colour.Siting == ChromaSiting.Centre ? "_h_chr_pos=128" : "_h_chr_pos=0");
        return format.ChromaShiftY == 0 ? [across] : [across, side + (format.Colour.Siting == ChromaSiting.TopLeft ? "_v_chr_pos=0" : "_v_chr_pos=128")];
    }

    private static Rational Earlier(Rational a, Rational b) => a < b ? a : b;

    private static Rational Later(Rational a, Rational b) => a > b ? a : b;

    /// <summary>Microseconds, rounded down: the first frame at or after a time is never missed.</summary>
    private static string Seconds(Rational time) =>
        (Math.Floor((decimal)time.Numerator / time.Denominator * 1_000_000m) / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
