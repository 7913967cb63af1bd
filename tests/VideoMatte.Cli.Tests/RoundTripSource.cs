using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;

namespace VideoMatte.Cli.Tests;

/// <summary>A small clip made by ffmpeg alone: bars and gradients, one white flash, a click at the same moment in two sound tracks, subtitles
/// and chapters.</summary>
/// <param name="Name">File name; its extension is the container.</param>
/// <param name="Times">An expression of ffmpeg's setpts in ticks of <paramref name="TimeBase"/>; null: constant at <paramref name="Rate"/>.</param>
internal sealed record RoundTripSource(string Name, string Rate = "25", string? Times = null, string TimeBase = "1/90000")
{
    public const int Width = 96, Height = 64;

    /// <summary>The one white frame.</summary>
    public const int Flash = 7;

    public int Frames { get; init; } = 16;

    public string Pixels { get; init; } = "yuv420p";

    public string Matrix { get; init; } = "bt709";

    public bool FullRange { get; init; }

    /// <summary>Video encoder and settings; must be lossless enough to see a flash.</summary>
    public string[] Codec { get; init; } = ["-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-g", "12", "-crf", "12"];

    /// <summary>Encoders of the two sound tracks.</summary>
    public string[] Sound { get; init; } = ["aac", "pcm_s16le"];

    public string? Timecode { get; init; }

    public int Rotation { get; init; }

    public bool Sides { get; init; } = true;

    public override string ToString() => Name;

    /// <summary>Makes it; the time of the flash comes from a full decode.</summary>
    public async Task<string> MakeAsync(TempFolder folder)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string bare = folder["bare-" + Path.GetFileNameWithoutExtension(Name) + ".mkv"], file = folder[Name];
        string range = FullRange ? "pc" : "tv";
        string pattern = string.Create(culture, $"testsrc2=s={Width}x{Height}:r={Rate},drawbox=color=gray@0.6:t=fill,drawbox=x=0:y=0:w=48:h=24:t=fill:color=0x2060A0");
        string scale = $"scale=out_color_matrix={Matrix}:out_range={range}:flags=accurate_rnd+full_chroma_int,format={Pixels}";
        string flash = string.Create(culture, $"drawbox=enable='eq(n\\,{Flash})':color=white:t=fill");
        string times = Times is null ? "" : $",settb={TimeBase},setpts={Times}";
        string scaleName = TimeBase.Split('/')[1];
        // The picture alone first: its exact times say where the click belongs.
        List<string> picture = ["-f", "lavfi", "-i", $"{pattern},{flash},{scale}{times}", "-frames:v", Frames.ToString(culture), "-fps_mode", "passthrough",
            "-enc_time_base", Times is null ? "-1" : TimeBase.Replace('/', ':'), .. Codec, "-pix_fmt", Pixels, "-color_range", range, "-colorspace", Tag, "-color_primaries", Primaries, "-color_trc", "bt709"];
        string extension = Path.GetExtension(Name);
        if (extension is ".mov" or ".mp4" && Times is not null)
            picture.AddRange(["-video_track_timescale", scaleName]);
        bare = Path.ChangeExtension(bare, extension);
        await RealFfmpeg.RunAsync([.. picture, bare]);
        IReadOnlyList<FrameMd5> frames = await FrameMd5.OfAsync(bare, null);
        if (!Sides)
        {
            await FinishAsync(["-i", bare, "-map", "0", "-c", "copy"], file);
            return file;
        }

        double at = frames[Math.Min(Flash, frames.Count - 1)].Time.ToDouble(), length = frames[^1].Time.ToDouble() + 0.2;
        string click = string.Create(culture, $"aevalsrc='if(between(t\\,{at:F6}\\,{at + 0.002:F6})\\,0.8*sin(2*PI*4000*t)\\,0)':s=48000:d={length:F6}");
        await File.WriteAllTextAsync(folder["c.txt"], string.Create(culture,
            $";FFMETADATA1\ntitle=A clip\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND={(int)(length * 400)}\ntitle=first\n[CHAPTER]\nTIMEBASE=1/1000\nSTART={(int)(length * 400)}\nEND={(int)(length * 1000)}\ntitle=second\n"));
        await File.WriteAllTextAsync(folder["s.srt"], "1\n00:00:00,100 --> 00:00:00,300\nhello\n\n2\n00:00:00,350 --> 00:00:00,500\nworld\n");
        List<string> mux = ["-i", bare, "-f", "lavfi", "-i", click, "-i", folder["c.txt"], "-i", folder["s.srt"], "-map", "0:v", "-map", "1:a", "-map", "1:a", "-map", "3:s",
            "-map_metadata", "2", "-map_chapters", "2", "-c:v", "copy", "-copyts", "-c:a:0", Sound[0], "-c:a:1", Sound[1], "-c:s", extension is ".mov" or ".mp4" ? "mov_text" : "srt"];
        if (Timecode is not null)
            mux.AddRange(["-timecode", Timecode]);
        if (extension is ".mov" or ".mp4" && Times is not null)
            mux.AddRange(["-video_track_timescale", scaleName]);
        await FinishAsync(mux, file);
        return file;
    }

    private async Task FinishAsync(List<string> mux, string file)
    {
        if (Rotation == 0)
        {
            await RealFfmpeg.RunAsync([.. mux, file]);
            return;
        }

        string straight = Path.ChangeExtension(file, null) + "-straight" + Path.GetExtension(file);
        await RealFfmpeg.RunAsync([.. mux, straight]);
        await RealFfmpeg.RunAsync(
            "-i", straight, "-map", "0", "-c", "copy", "-copyts", "-metadata:s:v:0", "rotate=" + Rotation.ToString(CultureInfo.InvariantCulture), file);
    }

    private string Tag => Matrix switch { "bt601" => "smpte170m", "bt2020" => "bt2020nc", _ => "bt709" };

    private string Primaries => Matrix switch { "bt601" => "smpte170m", "bt2020" => "bt2020", _ => "bt709" };
}
