using System.Buffers.Binary;
using System.Text.RegularExpressions;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Two clips made by ffmpeg that say all a clip can say of itself: <c>in.mkv</c> and a camera's <c>in.mov</c>.</summary>
public sealed class KeepingSources : IAsyncLifetime
{
    private static readonly string[] Languages =
    [
        "-metadata:s:v:0", "language=ita", "-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=eng", "-metadata:s:s:0", "language=fre",
        "-disposition:a:0", "0", "-disposition:a:1", "default",
    ];

    private readonly TempFolder _folder = new();

    public string this[string name] => _folder[name];

    public async Task InitializeAsync()
    {
        await WriteTagsAsync();
        await MakeMatroskaAsync();
        await MakeQuickTimeAsync();
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    public static string Value(string tag) => tag switch
    {
        "title" => "A \"quoted\" Title",
        "artist" => "Käthe",
        "comment" => "two; words = here",
        "date" => "2024-05-06",
        "creation_time" => "2024-05-06T07:08:09.000000Z",
        _ => "my own",
    };

    private async Task MakeMatroskaAsync()
    {
        await File.WriteAllTextAsync(_folder["f.ttf"], "no font at all");
        await File.WriteAllBytesAsync(_folder["p.sup"], [.. Pictures(0.3, 0), .. Pictures(1.2, 1)]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=32x32", "-frames:v", "1", _folder["cover.png"]);
        await RealFfmpeg.RunAsync([.. await InputsAsync(), "-i", _folder["s.srt"], "-i", _folder["s.srt"], "-i", _folder["p.sup"], "-i", _folder["c.txt"],
            "-map", "0", "-map", "1", "-map", "2", "-map", "3", "-map", "4", "-map", "5", "-map_metadata", "6", "-map_chapters", "6", "-c:v", "libx264", "-pix_fmt", "yuv420p",
            "-c:a:0", "aac", "-c:a:1", "libopus", "-c:s:0", "srt", "-c:s:1", "ass", "-c:s:2", "copy", "-metadata", "custom=my own", "-metadata", "encoder=somebody's",
            "-attach", _folder["f.ttf"], "-attach", _folder["cover.png"], "-metadata:s:t:0", "mimetype=application/x-truetype-font", "-metadata:s:t:0", "filename=f.ttf",
            "-metadata:s:t:1", "mimetype=image/png", "-metadata:s:t:1", "filename=cover.png", "-metadata:s:v:0", "title=Picture", "-metadata:s:a:0", "title=Deutsch",
            "-metadata:s:a:1", "title=English", "-metadata:s:s:0", "title=Sous-titres", .. Languages, "-disposition:s:0", "forced", "-disposition:s:1", "hearing_impaired",
            _folder["in.mkv"]]);
    }

    private async Task MakeQuickTimeAsync()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=2", "-c:v", "mpeg4", "-timecode", "00:00:00:00", _folder["camera.mov"]);
        // ffmpeg makes no track of a camera's data, but copies one: a timecode track under a camera's name is one to it.
        byte[] bytes = await File.ReadAllBytesAsync(_folder["camera.mov"]);
        int handler = bytes.AsSpan().IndexOf("mhlrtmcd"u8);
        "meta"u8.CopyTo(bytes.AsSpan(handler + 4));
        int entry = handler + bytes.AsSpan(handler).IndexOf("stsd"u8);
        "gpmd"u8.CopyTo(bytes.AsSpan(entry + bytes.AsSpan(entry).IndexOf("tmcd"u8)));
        await File.WriteAllBytesAsync(_folder["camera.mov"], bytes);
        // Only a copied stream keeps the turn that is asked for.
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=2", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "0", _folder["flat.mov"]);
        string[] inputs = await InputsAsync();
        await RealFfmpeg.RunAsync(["-i", _folder["flat.mov"], .. inputs[4..], "-i", _folder["s.srt"], "-i", _folder["camera.mov"], "-i", _folder["c.txt"], "-map", "0", "-map", "1", "-map", "2", "-map", "3",
            "-map", "4:d", "-map_metadata", "5", "-map_chapters", "5", "-c:v", "copy", "-c:a:0", "aac", "-c:a:1", "pcm_s16le", "-c:s", "mov_text", "-c:d", "copy",
            "-metadata:s:v:0", "rotate=90", .. Languages, "-timecode", "01:00:00:00", _folder["in.mov"]]);
    }

    private async Task<string[]> InputsAsync()
    {
        await File.WriteAllTextAsync(_folder["s.srt"], "1\n00:00:00,200 --> 00:00:00,600\nHello\n\n2\n00:00:01,000 --> 00:00:01,500\nWorld\n");
        return ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=2", "-f", "lavfi", "-i", "sine=d=2", "-f", "lavfi", "-i", "sine=d=2:f=900"];
    }

    private async Task WriteTagsAsync()
    {
        string[] tags = ["title", "artist", "comment", "date", "creation_time"];
        await File.WriteAllTextAsync(_folder["c.txt"], ";FFMETADATA1\n"
            + string.Concat(tags.Select(t => $"{t}={Regex.Replace(Value(t), "[=;#\\\\]", "\\$0")}\n"))
            + "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=700\ntitle=one\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=700\nEND=2000\ntitle=two\n");
    }

    /// <summary>A display set of PGS subtitles that shows nothing: a composition and its end, each "PG", time, time, kind, length (90 kHz).</summary>
    private static byte[] Pictures(double seconds, byte number)
    {
        byte[] composition = [0, 96, 0, 64, 0x10, 0, number, 0x80, 0, 0, 0];
        return [.. Segment(0x16, composition), .. Segment(0x80, [])];

        byte[] Segment(byte kind, byte[] body)
        {
            byte[] head = new byte[13];
            "PG"u8.CopyTo(head);
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(2), (uint)(seconds * 90000));
            head[10] = kind;
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(11), (ushort)body.Length);
            return [.. head, .. body];
        }
    }
}
