using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>A source's sound in an output: copied packet by packet where the container holds the codec, else encoded, with a warning.</summary>
internal static class SoundTracks
{
    /// <summary>Leaves out packets that end at or before 0; the one that holds the first frame's moment comes whole.</summary>
    public const string DropEnded = "noise=amount=0:drop=lt(pts\\,0)*lte(pts+d\\,0)";

    /// <summary>Leaves out what begins before 0.</summary>
    private const string DropBegun = "noise=amount=0:drop=lt(pts\\,0)";

    /// <summary>Leaves out what an edit list hides before 0, for containers that have none and would have it heard. One packet that ends at
    /// or before 0 stays: a decoder of AAC needs it for the samples that follow.</summary>
    private const string DropHidden = "noise=amount=0:drop=lt(pts\\,0)*lte(pts+2*d\\,0)";

    private static readonly string[] WebMSound = ["opus", "vorbis"];

    /// <summary>FLAC is not among them: ffmpeg 5.1 calls it experimental there and refuses.</summary>
    private static readonly string[] Mp4Sound = ["aac", "mp3", "ac3", "eac3", "alac", "mp2", "opus"];

    private static readonly string[] MovSound = ["aac", "mp3", "ac3", "eac3", "alac", "mp2", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le",
        "pcm_s32be", "pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_u8", "pcm_s8", "pcm_alaw", "pcm_mulaw"];
    private static readonly string[] NutSound = ["aac", "mp3", "mp2", "ac3", "vorbis", "opus", "flac", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8"];
    private static readonly string[] MatroskaSound = ["aac", "mp3", "mp2", "mp1", "ac3", "eac3", "dts", "truehd", "mlp", "opus", "vorbis", "flac", "alac", "tta",
        "wavpack", "wmav1", "wmav2", "wmapro", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_u8", "pcm_f32le", "pcm_f64le",
        "pcm_alaw", "pcm_mulaw"];

    public static void Add(MediaInfo source, SideArguments sides)
    {
        OutputSpec output = sides.Output;
        if (output.Audio == AudioMode.None || source.Audio.Count == 0)
            return;
        MediaContainer container = output.Preset.Container;
        if (container == MediaContainer.Images)
        {
            sides.Warn("audio-dropped", $"{output.Path} holds no sound: the source's is left out (--audio none says so beforehand).", notAsAsked: true);
            return;
        }

        foreach (AudioStreamInfo sound in source.Audio)
        {
            string index = SideArguments.Text(sound.Index);
            if (sound.SampleRate == 0 || sound.Channels == 0)
            {
                sides.Warn("audio-dropped", $"Sound track {index} ({sound.Codec}) cannot be read: it is left out.", notAsAsked: true);
                continue;
            }

            string at = sides.Map('a', sound.Index, sound.Tags, sound.Dispositions);
            sides.Describe('a', at, sound.Tags, sound.Dispositions);
            if (Holds(container, sound.Codec))
            {
                sides.Early.AddRange(["-c:a:" + at, "copy"]);
                // NUT holds no times below 0, and would move the picture for the sake of an encoder's delay.
                string[] drop = container == MediaContainer.Nut ? [DropBegun] : output.Timing.IsCut ? [DropEnded]
                    : container is MediaContainer.Matroska or MediaContainer.WebM && HasEditLists(source) ? [DropHidden] : [];
                AddPacketFilters(sides.Early, at, [.. drop, .. Delayed(container, sound.Codec, source.FormatName.Contains("matroska", StringComparison.Ordinal))]);
                continue;
            }

            (string codec, string[] settings) = Substitute(container, sound.Codec);
            if (output.Timing.IsCut)
                settings = Trimmed(settings, output.Timing);
            sides.Early.AddRange(["-c:a:" + at, codec]);
            AddPacketFilters(sides.Early, at, Delayed(container, codec == "libopus" ? "opus" : codec, false));
            for (int s = 0; s + 1 < settings.Length; s += 2)
                sides.Early.AddRange([settings[s] + ":a:" + at, settings[s + 1]]);
            sides.Warn(
                "audio-encoded", $"{output.Preset.Extension} does not hold {sound.Codec}: sound track {index} is encoded as {codec}.",
                notAsAsked: output.Audio == AudioMode.Copy);
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

    private static bool HasEditLists(MediaInfo source) => source.FormatName.Contains("mp4", StringComparison.Ordinal);

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
}
