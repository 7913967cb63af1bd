using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>What goes into a file beside the picture: the source's sound, subtitles and timecode, copied where the container holds them.</summary>
/// <param name="Arguments">Maps and codecs for ffmpeg; input 1 is the source.</param>
/// <param name="NeedsSource">The source must be opened again.</param>
/// <param name="Warnings">What was encoded or left out.</param>
/// <param name="NewTimecode">A timecode track is made for it; null: the source's is copied, or there is none.</param>
internal sealed record SideStreams(IReadOnlyList<string> Arguments, bool NeedsSource, IReadOnlyList<MatteWarning> Warnings, Timecode? NewTimecode = null)
{
    /// <summary>Leaves out packets that end at or before 0; the one that holds the first frame's moment comes whole.</summary>
    private const string DropEnded = "noise=amount=0:drop=lt(pts\\,0)*lte(pts+d\\,0)";

    /// <summary>Leaves out what begins before 0.</summary>
    private const string DropBegun = "noise=amount=0:drop=lt(pts\\,0)";

    private static readonly string[] WebMSound = ["opus", "vorbis"];

    /// <summary>FLAC is not among them: ffmpeg 5.1 calls it experimental there and refuses.</summary>
    private static readonly string[] Mp4Sound = ["aac", "mp3", "ac3", "eac3", "alac", "mp2", "opus"];

    private static readonly string[] MovSound = ["aac", "mp3", "ac3", "eac3", "alac", "mp2", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le",
        "pcm_s32be", "pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_u8", "pcm_s8", "pcm_alaw", "pcm_mulaw"];
    private static readonly string[] NutSound = ["aac", "mp3", "mp2", "ac3", "vorbis", "opus", "flac", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8"];
    private static readonly string[] MatroskaSound = ["aac", "mp3", "mp2", "mp1", "ac3", "eac3", "dts", "truehd", "mlp", "opus", "vorbis", "flac", "alac", "tta",
        "wavpack", "wmav1", "wmav2", "wmapro", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_u8", "pcm_f32le", "pcm_f64le",
        "pcm_alaw", "pcm_mulaw"];
    private static readonly string[] TextSubtitles = ["subrip", "srt", "ass", "ssa", "webvtt", "mov_text", "text"];
    private static readonly string[] MatroskaSubtitles = ["subrip", "srt", "ass", "ssa", "webvtt", "hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle"];

    /// <param name="source">What the clip holds.</param>
    /// <param name="output">A matte alone takes no subtitles and no timecode.</param>
    public static SideStreams Plan(MediaInfo source, OutputSpec output)
    {
        List<string> arguments = [];
        List<MatteWarning> warnings = [];
        // Numbered pictures have nothing beside them, and what came through a pipe cannot be read again.
        if (source.Sequence is not null)
            return new SideStreams([], false, []);
        if (source.IsPipe)
            return new SideStreams([], false, [.. OfPipe(source, output)]);
        AddSound(source, output, arguments, warnings);
        if (!output.MatteOnly && output.Preset.Container != MediaContainer.Images)
        {
            AddSubtitles(source, output, arguments, warnings);
            AddTimecode(source, output, arguments, warnings);
            arguments.AddRange(["-map_metadata", "1", "-map_chapters", "1"]);
            if (output.Timing.Timecode is { } start && source.Tags.ContainsKey(SourceTimecode.Tag))
                arguments.AddRange(["-metadata", $"{SourceTimecode.Tag}={start}"]);
        }

        bool makes = !output.MatteOnly && output.Preset.Container == MediaContainer.Mov;
        return new SideStreams(arguments, arguments.Count > 0, warnings, makes ? output.Timing.Timecode : null);
    }

    private static IEnumerable<MatteWarning> OfPipe(MediaInfo source, OutputSpec output)
    {
        foreach (AudioStreamInfo sound in output.Audio == AudioMode.None ? [] : source.Audio)
            yield return new MatteWarning(
                "audio-dropped",
                $"The sound in standard input (stream {sound.Index.ToString(CultureInfo.InvariantCulture)}, {sound.Codec}) is left out: take it from its file in the program behind the pipe, or say --audio none.",
                NotAsAsked: true);
        foreach (OtherStreamInfo other in source.Subtitles.Concat(source.Others))
            yield return new MatteWarning("track-dropped", $"Stream {other.Index.ToString(CultureInfo.InvariantCulture)} of standard input ({other.Kind}, {other.Codec}) is left out.");
    }

    private static void AddSound(MediaInfo source, OutputSpec output, List<string> arguments, List<MatteWarning> warnings)
    {
        if (output.Audio == AudioMode.None || source.Audio.Count == 0)
            return;
        MediaContainer container = output.Preset.Container;
        if (container == MediaContainer.Images)
        {
            warnings.Add(new MatteWarning("audio-dropped", $"{output.Path} holds no sound: the source's is left out (--audio none says so beforehand).", NotAsAsked: true));
            return;
        }

        int kept = 0;
        foreach (AudioStreamInfo sound in source.Audio)
        {
            string index = sound.Index.ToString(CultureInfo.InvariantCulture);
            if (sound.SampleRate == 0 || sound.Channels == 0)
            {
                warnings.Add(new MatteWarning("audio-dropped", $"Sound track {index} ({sound.Codec}) cannot be read: it is left out.", NotAsAsked: true));
                continue;
            }

            string at = kept++.ToString(CultureInfo.InvariantCulture);
            arguments.AddRange(["-map", "1:" + index]);
            if (Holds(container, sound.Codec))
            {
                arguments.AddRange(["-c:a:" + at, "copy"]);
                // NUT holds no times below 0, and would move the picture for the sake of an encoder's delay.
                string[] drop = container == MediaContainer.Nut ? [DropBegun] : output.Timing.IsCut ? [DropEnded] : [];
                AddPacketFilters(arguments, at, [.. drop, .. Delayed(container, sound.Codec, source.FormatName.Contains("matroska", StringComparison.Ordinal))]);
                continue;
            }

            (string codec, string[] settings) = Substitute(container, sound.Codec);
            if (output.Timing.IsCut)
                settings = Trimmed(settings, output.Timing);
            arguments.AddRange(["-c:a:" + at, codec]);
            AddPacketFilters(arguments, at, Delayed(container, codec == "libopus" ? "opus" : codec, false));
            for (int s = 0; s + 1 < settings.Length; s += 2)
                arguments.AddRange([settings[s] + ":a:" + at, settings[s + 1]]);
            warnings.Add(new MatteWarning(
                "audio-encoded", $"{output.Preset.Extension} does not hold {sound.Codec}: sound track {index} is encoded as {codec}.",
                NotAsAsked: output.Audio == AudioMode.Copy));
        }
    }

    /// <summary>A block of Opus in Matroska stands at its time plus the codec's delay, which readers take away again; ffmpeg's muxer adds it
    /// by moving all streams, which the picture's exact times forbid. 312 samples are the delay of the Opus reference encoder, a packet of
    /// it has 960: a share of the packet is right in whatever ticks the filter is given.</summary>
    private static string[] Delayed(MediaContainer container, string codec, bool inMilliseconds) =>
        codec == "opus" && container is (MediaContainer.Matroska or MediaContainer.WebM) ? [inMilliseconds ? "setts=ts=TS+7" : "setts=ts=TS+DURATION*312/960"] : [];

    private static void AddPacketFilters(List<string> arguments, string at, string[] filters)
    {
        if (filters.Length > 0)
            arguments.AddRange(["-bsf:a:" + at, string.Join(',', filters)]);
    }

    private static bool Holds(MediaContainer container, string codec) => (container switch
    {
        MediaContainer.WebM => WebMSound,
        MediaContainer.Mp4 => Mp4Sound,
        MediaContainer.Mov => MovSound,
        MediaContainer.Nut => NutSound,
        _ => MatroskaSound,
    }).Contains(codec, StringComparer.Ordinal);

    private static (string Codec, string[] Settings) Substitute(MediaContainer container, string codec) => container switch
    {
        // libopus knows these layouts only; others are brought to the nearest.
        MediaContainer.WebM => ("libopus", ["-filter", "aformat=channel_layouts=mono|stereo|5.1|7.1", "-b", "160k"]),
        MediaContainer.Mp4 => ("aac", ["-b", "256k"]),
        MediaContainer.Nut => ("pcm_s16le", []),
        MediaContainer.Mov => (codec is "flac" or "dts" or "truehd" or "wavpack" ? "pcm_s24le" : "pcm_s16le", []),
        _ => ("flac", []),
    };

    /// <summary>Sound that is encoded anyway is cut at the sample.</summary>
    private static string[] Trimmed(string[] settings, OutputTiming timing)
    {
        string trim = "atrim=start=0" + (timing.End is { } end ? string.Create(CultureInfo.InvariantCulture, $":end={end.ToDouble():F6}") : "");
        int filter = Array.IndexOf(settings, "-filter");
        return filter < 0
            ? ["-filter", trim, .. settings]
            : [.. settings[..(filter + 1)], trim + "," + settings[filter + 1], .. settings[(filter + 2)..]];
    }

    private static void AddSubtitles(MediaInfo source, OutputSpec output, List<string> arguments, List<MatteWarning> warnings)
    {
        MediaContainer container = output.Preset.Container;
        int kept = 0;
        foreach (OtherStreamInfo track in source.Subtitles)
        {
            string? codec = SubtitleCodec(container, track.Codec);
            string index = track.Index.ToString(CultureInfo.InvariantCulture);
            if (codec is null)
            {
                warnings.Add(new MatteWarning("track-dropped", $"Subtitle track {index} ({track.Codec}) does not go into this kind of file: it is left out.", NotAsAsked: true));
                continue;
            }

            string at = kept++.ToString(CultureInfo.InvariantCulture);
            arguments.AddRange(["-map", "1:" + index, "-c:s:" + at, codec]);
            if (output.Timing.IsCut)
                arguments.AddRange(["-bsf:s:" + at, DropBegun]);
            if (codec != "copy")
                warnings.Add(new MatteWarning("subtitle-encoded", $"Subtitle track {index} ({track.Codec}) is written as {codec}."));
        }
    }

    private static string? SubtitleCodec(MediaContainer container, string codec)
    {
        bool text = TextSubtitles.Contains(codec, StringComparer.Ordinal);
        return container switch
        {
            MediaContainer.Matroska => MatroskaSubtitles.Contains(codec, StringComparer.Ordinal) ? "copy" : text ? "srt" : null,
            MediaContainer.WebM => codec == "webvtt" ? "copy" : text ? "webvtt" : null,
            _ => codec == "mov_text" ? "copy" : text ? "mov_text" : null,
        };
    }

    private static void AddTimecode(MediaInfo source, OutputSpec output, List<string> arguments, List<MatteWarning> warnings)
    {
        MediaContainer container = output.Preset.Container;
        if (output.Timing.Timecode is { } start && container is MediaContainer.Matroska or MediaContainer.WebM)
            arguments.AddRange(["-metadata:s:v:0", $"{SourceTimecode.Tag}={start}"]);
        int kept = 0;
        bool quickTime = container is MediaContainer.Mov or MediaContainer.Mp4;
        // The muxer would make a timecode track of a tag, and fail where it does not know the rate: it only copies the source's own.
        if (quickTime)
            arguments.AddRange(["-write_tmcd", "0"]);
        foreach (OtherStreamInfo track in source.Others)
        {
            string index = track.Index.ToString(CultureInfo.InvariantCulture);
            if (track.CodecTag == "tmcd" && output.Timing.Timecode is not null && container is not MediaContainer.Mp4)
                continue;
            if (track.CodecTag == "tmcd" && container == MediaContainer.Mov)
                arguments.AddRange(["-map", "1:" + index, "-c:d:" + kept++.ToString(CultureInfo.InvariantCulture), "copy"]);
            else if (track.CodecTag == "tmcd" && track.Tags.TryGetValue("timecode", out string? timecode) && container == MediaContainer.Matroska)
                arguments.AddRange(["-metadata:s:v:0", "timecode=" + timecode]);
            else if (track.Kind is not ("cover" or "unknown"))
                warnings.Add(new MatteWarning("track-dropped", $"Track {index} ({track.Kind}, {track.Codec}) is left out."));
        }
    }
}
