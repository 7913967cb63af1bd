using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The command line of one encoder.</summary>
internal static class EncoderCommand
{
    /// <summary>Edit lists count in these: below about 1/48000 s the start of sound would be rounded to be heard.</summary>
    private const long LeastMovieScale = 48000;

    /// <summary>ffmpeg's own least scale of a track.</summary>
    private const long LeastTrackScale = 10_000;

    /// <summary>Sound may lie this much before the picture of its time in a file.</summary>
    private static readonly Rational SidePreRoll = new(2);

    /// <summary>ffmpeg rounds an end to microseconds, and the picture must not lose a frame by it.</summary>
    private static readonly Rational EndSlack = new(1, 10_000);

    /// <param name="output">The file.</param>
    /// <param name="url">What ffmpeg writes to.</param>
    /// <param name="plan">How frames travel.</param>
    /// <param name="sides">What goes beside them.</param>
    /// <param name="source">For its path.</param>
    /// <param name="timeBase">Of the times we send.</param>
    /// <param name="moved">Seconds the picture was moved later; sound is moved with it.</param>
    /// <param name="frameDuration">Seconds a frame lasts; only the last one's is seen, which no later frame ends. 0: not known.</param>
    /// <param name="files">Made for it; null: none.</param>
    public static IReadOnlyList<string> Arguments(
        OutputSpec output, string url, EncodingPlan plan, SideStreams sides, MediaInfo source, Rational timeBase, Rational moved, Rational frameDuration,
        SideFiles? files = null)
    {
        List<string> arguments =
        [
            "-v", "error", "-hide_banner", "-nostats", "-nostdin", "-y",
            "-fpsprobesize", "0", "-thread_queue_size", "1", "-protocol_whitelist", "pipe", "-f", "nut", "-i", "pipe:0",
        ];
        if (sides.NeedsSource)
        {
            Rational shift = moved - output.Timing.Origin;
            if (shift != Rational.Zero)
                arguments.AddRange(["-itsoffset", shift.ToDouble().ToString("F6", CultureInfo.InvariantCulture)]);
            // From a little before the cut: what is too early is left out packet by packet.
            if (output.Timing.IsCut && output.Timing.Origin - SidePreRoll > source.StartTime)
                arguments.AddRange(
                    ["-seek_timestamp", "1", "-noaccurate_seek", "-ss", (output.Timing.Origin - SidePreRoll).ToDouble().ToString("F6", CultureInfo.InvariantCulture)]);
            // Pictures of the source are not decoded here, so any size may pass.
            arguments.AddRange(MediaDoor.InputArguments(source.Path, int.MaxValue));
        }

        if (files?.Subtitles is { } subtitles)
            arguments.AddRange(MediaDoor.InputArguments(subtitles, int.MaxValue));
        if (files?.Timecode is { } timecodeFile)
            arguments.AddRange(MediaDoor.InputArguments(timecodeFile, int.MaxValue));
        arguments.AddRange(["-filter_complex", plan.Filters, "-map", "[out]"]);
        arguments.AddRange(sides.Arguments);
        if (files?.Timecode is not null)
            arguments.AddRange(["-map", (files.Subtitles is not null ? "3" : sides.NeedsSource ? "2" : "1") + ":d:0", "-c:d", "copy"]);
        if (files?.Cover is { } cover)
            AddCover(arguments, cover, sides);
        // Ends sound, subtitles and chapters. The picture's last frame is before it: a tenth of a millisecond more keeps it from being rounded away.
        if (output.Timing.End is { } end && sides.NeedsSource)
            arguments.AddRange(["-t", (end + EndSlack).ToDouble().ToString("F6", CultureInfo.InvariantCulture)]);
        // Behind a filter graph "-1" would not mean the source's time base but one frame at a guessed rate: it is named.
        Rational tick = TrackTick(output.Preset.Container, timeBase);
        arguments.AddRange(
            ["-fps_mode", "passthrough", "-enc_time_base", string.Create(CultureInfo.InvariantCulture, $"{tick.Numerator}:{tick.Denominator}"), "-copyts"]);
        arguments.AddRange(output.Preset.EncoderArguments);
        arguments.AddRange(["-pix_fmt", plan.PixelFormat]);
        // NUT holds no durations: without this the last frame would last one tick, and a clip's rate would seem another. It lasts as long as
        // the one before it; where an encoder may reorder frames, as long as the mean. (Packets come here in the encoder's ticks before the
        // file's head is written and in the track's after that, in ffmpeg 5.1, whatever TB says: in QuickTime and MP4 both are the same.)
        if (frameDuration > Rational.Zero && output.Preset.Container is not (MediaContainer.Images or MediaContainer.Nut))
        {
            bool milliseconds = output.Preset.Container is MediaContainer.Matroska or MediaContainer.WebM;
            string ticks = Math.Max(1, frameDuration.ToTicks(milliseconds ? new Rational(1, 1000) : tick)).ToString(CultureInfo.InvariantCulture);
            arguments.AddRange(["-bsf:v", "setts=pts=PTS:dts=DTS:duration=" + (output.Preset.Container == MediaContainer.Mov ? $"if(N\\,DTS-PREV_INDTS\\,{ticks})" : ticks)]);
        }

        AddColour(arguments, plan);
        AddContainer(arguments, output, timeBase, tick);
        arguments.AddRange(sides.LateArguments);
        arguments.AddRange(["-f", output.Preset.Muxer, url]);
        return arguments;
    }

    /// <summary>What a QuickTime or MP4 track counts in: the times' own base, fine enough for the durations of the field's rates.</summary>
    private static Rational TrackTick(MediaContainer container, Rational timeBase)
    {
        long least = (LeastTrackScale + timeBase.Denominator - 1) / timeBase.Denominator;
        return container is MediaContainer.Mov or MediaContainer.Mp4 && timeBase.Denominator * least <= int.MaxValue
            ? new Rational(1, timeBase.Denominator * least)
            : timeBase;
    }

    private static void AddCover(List<string> arguments, string file, SideStreams sides)
    {
        string at = "-metadata:s:t:" + SideArguments.Text(sides.Kept.Count(k => k.Kind == 't'));
        arguments.AddRange(["-attach", MediaDoor.Url(file), at, "filename=" + sides.Attached!.FileName, at, "mimetype=" + sides.Attached.MimeType]);
    }

    private static void AddColour(List<string> arguments, EncodingPlan plan)
    {
        ColourDescription colour = plan.Colour;
        if (plan.RangeIsTagged)
            arguments.AddRange(["-color_range", ColourNames.Of(colour.Range)]);
        if (colour.Matrix != ColourMatrix.Unspecified)
            arguments.AddRange(["-colorspace", colour.Matrix == ColourMatrix.Identity ? "rgb" : ColourNames.Of(colour.Matrix)]);
        if (colour.Primaries != ColourPrimaries.Unspecified)
            arguments.AddRange(["-color_primaries", ColourNames.Of(colour.Primaries)]);
        if (colour.Transfer != ColourTransfer.Unspecified)
            arguments.AddRange(["-color_trc", ColourNames.Of(colour.Transfer)]);
        if (colour.Siting != ChromaSiting.Unspecified)
            arguments.AddRange(["-chroma_sample_location", ColourNames.Of(colour.Siting)]);
    }

    private static void AddContainer(List<string> arguments, OutputSpec output, Rational timeBase, Rational tick)
    {
        switch (output.Preset.Container)
        {
            case MediaContainer.Mov or MediaContainer.Mp4:
                // Without it the start of each track is rounded to a millisecond.
                long scale = timeBase.Denominator * Math.Max(1, (LeastMovieScale + timeBase.Denominator - 1) / timeBase.Denominator);
                if (scale <= int.MaxValue)
                    arguments.AddRange(["-movie_timescale", scale.ToString(CultureInfo.InvariantCulture)]);
                if (tick.Numerator == 1)
                    arguments.AddRange(["-video_track_timescale", tick.Denominator.ToString(CultureInfo.InvariantCulture)]);
                if (output.Preset.Container == MediaContainer.Mp4)
                    arguments.AddRange(["-movflags", "+faststart"]);
                break;
            case MediaContainer.Matroska or MediaContainer.WebM:
                // Sound may begin before 0 (an AAC encoder's delay): the muxer would move the picture by as much.
                arguments.AddRange(["-avoid_negative_ts", "disabled"]);
                if (output.HasAlpha && output.Premultiplied)
                    arguments.AddRange(["-metadata:s:v:0", "alpha_association=premultiplied"]);
                break;
            case MediaContainer.Nut:
                // Each frame goes on at once.
                arguments.AddRange(["-flush_packets", "1"]);
                break;
            default:
                if (ImagePattern.Of(output.Path) is null)
                    arguments.AddRange(["-update", "1"]);
                break;
        }
    }
}
