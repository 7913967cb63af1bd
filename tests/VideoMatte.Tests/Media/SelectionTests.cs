using System.Globalization;
using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>A selection is those frames of a full decode, by content and time, in every container, wherever its seeking leads.</summary>
public sealed class SelectionTests : IDisposable
{
    private const int TimeoutMs = 120_000;

    private readonly TempFolder _folder = new();
    private readonly CheckingFramePool _pool = new();

    public void Dispose()
    {
        _folder.Dispose();
        _pool.Dispose();
    }

    /// <summary>Twenty seconds each: starts behind 8 s are jumped to where the container has an index.</summary>
    public static TheoryData<string> Sources => new("edit.mp4", "open.mkv", "stream.ts", "variable.mkv", "hevc.mp4", "still.avi");

    [Theory(Timeout = TimeoutMs)]
    [MemberData(nameof(Sources))]
    public async Task Read_AnySelection_IsThatPartOfAFullDecode(string name)
    {
        string file = await MakeAsync(name);
        MediaInfo info = await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), file, 1 << 26, default);
        IReadOnlyList<FrameMd5> full = await FrameMd5.OfAsync(file, "yuv420p");
        Rational begin = full[0].Time, second = full[1].Time - begin;
        foreach (FrameSelection selection in (FrameSelection[])[
            new(null, null, 3), new(second, null, 2), new(second + new Rational(1, 1_000_000), null, 2), new(new Rational(3), new Rational(13, 4), null),
            new(new Rational(1377, 100), null, 5), new(new Rational(12), new Rational(14), 4), new(new Rational(199, 10), null, null), new(new Rational(0), second, null)])
        {
            Rational from = begin + (selection.Start ?? Rational.Zero);
            FrameMd5[] expected = [.. full.Where(f => f.Time >= from && !(f.Time >= begin + (selection.End ?? new Rational(1000))))
                .Take((int)(selection.Frames ?? 1000))];
            (List<FrameMd5> got, Rational origin) = await ReadAsync(info, new ReaderOptions { Selection = selection });
            Assert.Equal(expected.Select(f => f with { Time = f.Time - expected[0].Time }), got);
            Assert.Equal(expected[0].Time, origin);
        }
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("30", null)]
    [InlineData("19.99", null)]
    [InlineData("3.001", "3.002")]
    public async Task Open_WhereNoFrameLies_SaysWhatThereIs(string start, string? end)
    {
        string file = await MakeAsync("edit.mp4");
        MediaInfo info = await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), file, 1 << 26, default);
        Assert.True(ClockTime.TryParse(start, out Rational from));
        FrameSelection selection = new(from, ClockTime.TryParse(end, out Rational until) ? until : null, null);
        MatteException error = await Assert.ThrowsAsync<MatteException>(() => ReadAsync(info, new ReaderOptions { Selection = selection }));
        Assert.Equal((ErrorKind.Usage, "selection-empty"), (error.Kind, error.Code));
    }

    /// <summary>The last frames of a whole file prove that it was whole; a file cut in half is still seen to be, from its middle on.</summary>
    [Fact(Timeout = TimeoutMs)]
    public async Task Read_ToTheEndOfACutFile_SaysSo()
    {
        string file = await MakeAsync("edit.mp4", "-movflags", "+faststart");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(_folder["cut.mp4"], bytes[..(bytes.Length * 3 / 4)]);
        MediaInfo info = await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), _folder["cut.mp4"], 1 << 26, default);
        await using MediaReader reader = await OpenAsync(info, new ReaderOptions { Selection = new(new Rational(10), null, null) });
        while (await reader.ReadAsync(default) is { } frame)
            frame.Dispose();
        Assert.Contains(reader.Warnings, w => w.Code == "source-truncated");
    }

    /// <summary>Two fields of every frame become one picture; none is lost or moved, and the comb of the field lines is gone.</summary>
    [Fact(Timeout = TimeoutMs)]
    public async Task Read_Deinterlaced_KeepsFramesAndTimesAndRemovesTheComb()
    {
        string file = _folder["i.mpg"];
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", "color=black:s=96x64:r=50:d=1,drawbox=x=8:y=8:w=24:h=48:color=white:t=fill,scroll=horizontal=0.0417", "-vf", "tinterlace=interleave_top,fieldorder=tff",
            "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-top", "1", "-b:v", "4M", file);
        MediaInfo info = await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), file, 1 << 26, default);
        Assert.True(info.Video.IsInterlaced);
        (List<FrameMd5> woven, _) = await ReadAsync(info, new ReaderOptions());
        (List<FrameMd5> whole, _) = await ReadAsync(info, new ReaderOptions { Deinterlace = true });
        Assert.Equal(woven.Select(f => f.Time), whole.Select(f => f.Time));
        Assert.True(await CombAsync(info, true) < 0.25 * await CombAsync(info, false));
    }

    /// <summary>Mean difference between neighbouring lines beyond what their field's lines differ.</summary>
    private async Task<double> CombAsync(MediaInfo info, bool deinterlace)
    {
        await using MediaReader reader = await OpenAsync(info, new ReaderOptions { Deinterlace = deinterlace });
        double sum = 0;
        int frames = 0;
        while (await reader.ReadAsync(default) is { } frame)
        {
            using (frame)
            {
                if (frames++ is 0)
                    continue;
                PlaneView<byte> luma = frame.Plane8(0);
                for (int y = 12; y < 48; y++)
                    for (int x = 0; x < frame.Format.Width; x++)
                        sum += Math.Abs((2 * luma.Row(y)[x]) - luma.Row(y - 1)[x] - luma.Row(y + 1)[x]);
            }
        }

        return sum / frames;
    }

    private async Task<(List<FrameMd5> Frames, Rational Origin)> ReadAsync(MediaInfo info, ReaderOptions options)
    {
        await using MediaReader reader = await OpenAsync(info, options);
        List<FrameMd5> got = [];
        while (await reader.ReadAsync(default) is { } frame)
            using (frame)
                got.Add(new FrameMd5(frame.Time.PresentationTime, frame.Format.ByteCount, Convert.ToHexStringLower(MD5.HashData(frame.Bytes))));
        Assert.Empty(reader.Warnings);
        return (got, reader.Origin);
    }

    private async Task<MediaReader> OpenAsync(MediaInfo info, ReaderOptions options) =>
        await MediaReader.OpenAsync(await RealFfmpeg.ToolsAsync(), info, options, _pool, TimeProvider.System, default);

    private async Task<string> MakeAsync(string name, params string[] more)
    {
        string[] codec = name switch
        {
            "open.mkv" => ["-c:v", "libx264", "-x264-params", "open-gop=1", "-g", "60", "-bf", "3"],
            "hevc.mp4" => ["-c:v", "libx265", "-x265-params", "open-gop=1:keyint=60:log-level=error"],
            "still.avi" => ["-c:v", "mpeg4", "-g", "40"],
            _ => ["-c:v", "libx264", "-g", "70", "-bf", "3"],
        };
        string[] times = name == "variable.mkv" ? ["-vf", "settb=1/90000,setpts=4500+N*3003+mod(N*7\\,5)*311", "-fps_mode", "passthrough", "-enc_time_base", "1:90000"] : [];
        string rate = name == "variable.mkv" ? "30000/1001" : "25";
        await RealFfmpeg.RunAsync([
            "-f", "lavfi", "-i", string.Create(CultureInfo.InvariantCulture, $"testsrc2=s=96x64:r={rate}:d=20"), .. times, "-pix_fmt", "yuv420p", "-preset", "veryfast", .. codec,
            .. more, _folder[name]]);
        return _folder[name];
    }
}
