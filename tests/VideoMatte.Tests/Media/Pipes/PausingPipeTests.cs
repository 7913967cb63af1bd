using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media.Pipes;

/// <summary>A live pipe may pause: the stall timers, which end a decoder or encoder that hangs, do not run on it.</summary>
public sealed class PausingPipeTests
{
    private const int Frames = 12;

    /// <summary>Longer than the limit by far, also on a busy machine.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4), StallLimit = TimeSpan.FromSeconds(1);

    [Fact(Timeout = 120_000)]
    public async Task Read_ThePipePausesLongerThanTheStallLimit_AllFramesCome()
    {
        byte[] nut = await NutAsync();
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        using CheckingFramePool pool = new();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, new PausingStream(new MemoryStream(nut), nut.Length / 2, Pause), 1 << 20, default);
        Assert.Equal((true, "nut", 64, 36), (info.IsPipe, info.FormatName, info.Video.Width, info.Video.Height));

        await using MediaReader reader = await MediaReader.OpenAsync(
            tools, info, ReaderOptions.Default with { StallLimit = StallLimit }, pool, TimeProvider.System, default);
        List<Rational> times = [];
        while (await reader.ReadAsync(default) is { } frame)
            using (frame)
                times.Add(frame.Time.PresentationTime);

        Assert.Equal(Enumerable.Range(0, Frames).Select(k => new Rational(k * 1001, 24000)), times);
        Assert.Empty(reader.Warnings);
    }

    [Fact(Timeout = 120_000)]
    public async Task Write_TheReaderBehindThePipePauses_AllOfItIsTaken()
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        using CheckingFramePool pool = new();
        byte[] nut = await NutAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, new MemoryStream(nut), 1 << 20, default);
        await using MediaReader reader = await MediaReader.OpenAsync(tools, info, ReaderOptions.Default, pool, TimeProvider.System, default);
        using MemoryStream written = new();
        OutputSpec output = new("-", Presets.Nut) { Pipe = new PausingStream(written, 20_000, Pause) };
        await using MediaWriter writer = await MediaWriter.OpenAsync(tools, info, reader.Format, reader.TimeBase, [output], StallLimit, TimeProvider.System, default);
        while (await reader.ReadAsync(default) is { } frame)
            await writer.WriteAsync(new MattedFrame(frame, AlphaMatte.Rent(pool, 64, 36)), default);
        IReadOnlyList<WrittenFile> files = await writer.CommitAsync(default);

        Assert.Equal((Frames, written.Length), ((int)files[0].Frames, files[0].Bytes));
    }

    private static Task<byte[]> NutAsync() => RealFfmpeg.RunAsync(
        "-f", "lavfi", "-i", "testsrc2=s=64x36:r=24000/1001", "-frames:v", $"{Frames}", "-pix_fmt", "yuv420p", "-c:v", "rawvideo", "-f", "nut", "pipe:1");
}
