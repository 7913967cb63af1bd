using System.Diagnostics;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>Damaged sources and decoders that misbehave: never a hang, a leak, a child left behind or a short clip that looks whole.</summary>
[Collection(AloneCollection.Name)]
public sealed class MediaReaderTests : IDisposable
{
    private static readonly ReaderOptions ShortStall = new() { StallLimit = TimeSpan.FromSeconds(2) };

    private readonly TempFolder _folder = new();
    private readonly CheckingFramePool _pool = new() { KeptBytes = 32 << 20 };

    [SharedFact(Timeout = 120_000)]
    public async Task Clip_CutInHalf_WhatIsThereIsReadAndSaidToBeTruncated()
    {
        (long frames, MediaReader reader) = await ReadAllAsync(await CutAsync("01-juggle-fullbody-720p.mp4", 0.5));

        Assert.InRange(frames, 30, 193);
        MatteWarning warning = Assert.Single(reader.Warnings);
        Assert.Equal(("source-truncated", true), (warning.Code, warning.NotAsAsked));
    }

    [SharedTheory(Timeout = 120_000)]
    [InlineData("12-bar-hands-1080p-vp8.webm")]
    [InlineData("03-cups-fasthands-720p.mp4")]
    public async Task Clip_CutAtTwoThirds_IsTruncatedOrUnreadable(string clip)
    {
        string cut = await CutAsync(clip, 0.67);
        try
        {
            (_, MediaReader reader) = await ReadAllAsync(cut);
            Assert.Equal("source-truncated", Assert.Single(reader.Warnings).Code);
        }
        catch (MatteException e)
        {
            // Where the index is at the end nothing can be read at all.
            Assert.Equal("input-unreadable", e.Code);
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData("mkv")]
    [InlineData("mp4")]
    public async Task File_CutAtSixtyPercent_IsTruncated(string extension)
    {
        string whole = await FilmAsync("whole." + extension, 60), cut = _folder["cut." + extension];
        byte[] bytes = await File.ReadAllBytesAsync(whole);
        await File.WriteAllBytesAsync(cut, bytes[..(int)(bytes.Length * 0.6)]);

        (long frames, MediaReader reader) = await ReadAllAsync(cut);

        Assert.InRange(frames, 5, 59);
        Assert.Equal("source-truncated", Assert.Single(reader.Warnings).Code);
    }

    [Fact(Timeout = 120_000)]
    public async Task File_WithFlippedBytes_IsSaidToBeDamaged()
    {
        string whole = await FilmAsync("whole.mp4", 60), broken = _folder["broken.mp4"];
        byte[] bytes = await File.ReadAllBytesAsync(whole);
        Random random = new(5);
        for (int i = 0; i < 60; i++)
            bytes[random.Next(bytes.Length / 2, bytes.Length * 9 / 10)] ^= 0x5A;
        await File.WriteAllBytesAsync(broken, bytes);

        (_, MediaReader reader) = await ReadAllAsync(broken);

        Assert.All(reader.Warnings, w => Assert.True(w.NotAsAsked));
        Assert.Contains(reader.Warnings, w => w.Code is "source-damaged" or "source-truncated");
    }

    [Fact(Timeout = 60_000)]
    public async Task Decoder_IsNotInstalled_TheErrorSaysSo()
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, await FilmAsync("f.mkv", 10), 1 << 26, default);

        MatteException e = await Assert.ThrowsAsync<MatteException>(() => MediaReader.OpenAsync(
            tools with { FfmpegPath = _folder["nothing"] }, info, ReaderOptions.Default, _pool, TimeProvider.System, default));

        Assert.Equal((ErrorKind.Input, "ffmpeg-missing"), (e.Kind, e.Code));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(0, 0)]
    [InlineData(40, 0)]
    [InlineData(100_000, 0)]
    [InlineData(500_000, 4)]
    public async Task Decoder_CrashesMidway_ItsDeathIsTheError(long bytes, int leastFrames)
    {
        using ScriptedFfmpeg script = ScriptedFfmpeg.CrashingAfter(await RealFfmpeg.ToolsAsync(), bytes);

        (MatteException e, long frames) = await FailAsync(script, ReaderOptions.Default);

        Assert.Equal((ErrorKind.Input, "decoder-failed"), (e.Kind, e.Code));
        Assert.Contains("a terrible thing happened", e.Detail!, StringComparison.Ordinal);
        Assert.Contains("killed", e.Message, StringComparison.Ordinal);
        Assert.True(frames >= leastFrames);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(0, false)]
    [InlineData(300_000, false)]
    [InlineData(300_000, true)]
    public async Task Decoder_Stalls_ItIsAnErrorAndNotAHang(long bytes, bool noisy)
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        using ScriptedFfmpeg script = noisy ? ScriptedFfmpeg.StallingNoisily(tools, bytes) : ScriptedFfmpeg.StallingAfter(tools, bytes);
        long start = Stopwatch.GetTimestamp();

        (MatteException e, _) = await FailAsync(script, ShortStall);

        Assert.Equal((ErrorKind.Input, "decoder-stalled"), (e.Kind, e.Code));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(1.8), TimeSpan.FromSeconds(20));
    }

    [Fact(Timeout = 60_000)]
    public async Task Decoder_FloodsStandardError_EveryFrameComes()
    {
        using ScriptedFfmpeg script = ScriptedFfmpeg.FloodingErrors(await RealFfmpeg.ToolsAsync(), 10 << 20);

        (long frames, MediaReader reader) = await ReadAllAsync(await FilmAsync("f.mkv", 20), script.Tools);

        Assert.Equal(20, frames);
        Assert.Equal("source-damaged", Assert.Single(reader.Warnings).Code);
        Assert.InRange(reader.Warnings[0].Message.Length, 1, 1000);
    }

    [Fact(Timeout = 60_000)]
    public async Task Decoder_GivesFewerFramesThanAnnounced_SourceTruncated()
    {
        // Half of the frames, each whole, an exit code of 0 and no word: only the announced length tells.
        using ScriptedFfmpeg script = ScriptedFfmpeg.WithBody(
            await RealFfmpeg.ToolsAsync(), "\"$REAL\" \"$@\" 2>/dev/null | \"$REAL\" -v quiet -copyts -f nut -i pipe:0 -frames:v 30 -c copy -copyts -f nut pipe:1\nexit 0");

        (long frames, MediaReader reader) = await ReadAllAsync(await FilmAsync("f.mp4", 60), script.Tools);

        Assert.Equal(30, frames);
        Assert.Equal("source-truncated", Assert.Single(reader.Warnings).Code);
    }

    [Fact(Timeout = 60_000)]
    public async Task Decoder_EndsInsideAFrameWithExitZero_IsAFailure()
    {
        using ScriptedFfmpeg script = ScriptedFfmpeg.EndingAfter(await RealFfmpeg.ToolsAsync(), 300_000);

        (MatteException e, _) = await FailAsync(script, ReaderOptions.Default);

        Assert.Equal("decoder-failed", e.Code);
    }

    [Fact(Timeout = 60_000)]
    public async Task Decoder_WritesNoNut_IsAFailure()
    {
        using ScriptedFfmpeg script = ScriptedFfmpeg.WithBody(await RealFfmpeg.ToolsAsync(), "head -c 100000 /dev/urandom; exit 0");

        (MatteException e, _) = await FailAsync(script, ReaderOptions.Default);

        Assert.Equal(ErrorKind.Input, e.Kind);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Read_IsCancelled_ItIsNoFailureAndNothingIsLeft(int after)
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        using ScriptedFfmpeg script = ScriptedFfmpeg.StallingAfter(tools, 64 * 48 * 3 / 2 * after + 2000);
        MediaInfo info = await MediaProbe.ProbeAsync(tools, await FilmAsync("f.mkv", 20, "64x48"), 1 << 26, default);
        MediaReader reader = await MediaReader.OpenAsync(script.Tools, info, ReaderOptions.Default, _pool, TimeProvider.System, default);
        using CancellationTokenSource cancel = new();
        for (int i = 0; i < after; i++)
            (await reader.ReadAsync(cancel.Token))!.Dispose();
        Task<VideoFrame?> read = reader.ReadAsync(cancel.Token).AsTask();
        await Task.Delay(100, CancellationToken.None);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);

        Assert.Null(await reader.ReadAsync(default));
        await reader.DisposeAsync();
        Assert.False(Directory.Exists(FormattableString.Invariant($"/proc/{reader.ProcessId}")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispose_Midway_EndsTheDecoder()
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, await FilmAsync("f.mkv", 60), 1 << 26, default);
        MediaReader reader = await MediaReader.OpenAsync(tools, info, ReaderOptions.Default, _pool, TimeProvider.System, default);
        (await reader.ReadAsync(default))!.Dispose();

        await reader.DisposeAsync();
        await reader.DisposeAsync();

        Assert.False(Directory.Exists(FormattableString.Invariant($"/proc/{reader.ProcessId}")));
    }

    [Fact(Timeout = 120_000)]
    public async Task Frames_OneAfterAnother_MakeNextToNoGarbage()
    {
        // The budget of the whole pipeline. Alone the reader stays far below; tests that run beside it count here too.
        const long mostBytesAFrame = 64 * 1024;
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, await FilmAsync("f.mkv", 300, "320x240"), 1 << 26, default);
        FramePool pool = new();
        await using MediaReader reader = await MediaReader.OpenAsync(tools, info, ReaderOptions.Default, pool, TimeProvider.System, default);
        long start = 0;
        for (int i = 0; await reader.ReadAsync(default) is { } frame; i++)
        {
            frame.Dispose();
            if (i == 29)
                start = GC.GetTotalAllocatedBytes(precise: true);
        }

        long bytes = (GC.GetTotalAllocatedBytes(precise: true) - start) / 270;
        Assert.True(bytes < mostBytesAFrame, FormattableString.Invariant($"{bytes} bytes a frame"));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _pool.Dispose();
    }

    private async Task<(long Frames, MediaReader Reader)> ReadAllAsync(string path, FfmpegTools? tools = null)
    {
        FfmpegTools real = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(real, path, 1 << 26, default);
        await using MediaReader reader = await MediaReader.OpenAsync(tools ?? real, info, ReaderOptions.Default, _pool, TimeProvider.System, default);
        long frames = 0;
        while (await reader.ReadAsync(default) is { } frame)
        {
            frame.Dispose();
            frames++;
        }

        return (frames, reader);
    }

    private async Task<(MatteException Error, long Frames)> FailAsync(ScriptedFfmpeg script, ReaderOptions options)
    {
        MediaInfo info = await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), await FilmAsync("f.mkv", 60), 1 << 26, default);
        long frames = 0;
        MatteException e = await Assert.ThrowsAsync<MatteException>(async () =>
        {
            await using MediaReader reader = await MediaReader.OpenAsync(script.Tools, info, options, _pool, TimeProvider.System, default);
            while (await reader.ReadAsync(default) is { } frame)
            {
                frame.Dispose();
                frames++;
            }
        });
        return (e, frames);
    }

    private async Task<string> CutAsync(string clip, double part)
    {
        byte[] whole = await File.ReadAllBytesAsync(SharedData.Clips(clip));
        await File.WriteAllBytesAsync(_folder[clip], whole[..(int)(whole.Length * part)]);
        return _folder[clip];
    }

    private async Task<string> FilmAsync(string name, int frames, string size = "320x240")
    {
        string[] coder = Path.GetExtension(name) == ".mp4" ? ["-c:v", "libx264", "-g", "10", "-movflags", "faststart"] : ["-c:v", "ffv1"];
        await RealFfmpeg.RunAsync(
            ["-f", "lavfi", "-i", $"testsrc2=s={size}:r=25", "-frames:v", FormattableString.Invariant($"{frames}"), "-pix_fmt", "yuv420p", .. coder, _folder[name]]);
        return _folder[name];
    }
}
