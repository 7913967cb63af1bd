using System.Buffers.Binary;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>Clips whose container lies about times: every frame once, in the file's order, with a warning.</summary>
public sealed class DamagedTimesTests : IDisposable
{
    private const int TimeoutMs = 60_000;
    private const int Frames = 30;

    private readonly TempFolder _folder = new();
    private readonly CheckingFramePool _pool = new();

    public void Dispose()
    {
        _folder.Dispose();
        _pool.Dispose();
    }

    /// <param name="moves">Frame index and its new time in milliseconds; frames are 40 ms apart from 0.</param>
    [Theory(Timeout = TimeoutMs)]
    [InlineData(new[] { 10, 360 }, 1)]
    [InlineData(new[] { 10, 120 }, 1)]
    [InlineData(new[] { 10, 360, 11, 360, 12, 360 }, 3)]
    [InlineData(new[] { 10, 100, 11, 140, 12, 180, 13, 220 }, 4)]
    public async Task Read_DuplicateOrBackwardTimes_EveryFrameOnceAndAWarning(int[] moves, int repaired)
    {
        string file = await MakeAsync();
        IReadOnlyList<FrameMd5> sound = await FrameMd5.OfAsync(file, "yuvj420p");
        Patch(file, moves);
        MediaInfo info = await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), file, 1 << 26, default);
        await using MediaReader reader = await MediaReader.OpenAsync(await RealFfmpeg.ToolsAsync(), info, new ReaderOptions(), _pool, TimeProvider.System, default);
        List<string> got = [];
        List<Rational> times = [];
        while (await reader.ReadAsync(default) is { } frame)
        {
            using (frame)
            {
                got.Add(Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(frame.Bytes)));
                times.Add(frame.Time.PresentationTime);
            }
        }

        Assert.Equal(sound.Select(f => f.Md5), got);
        Assert.Equal(times.Order().Distinct(), times);
        Assert.Equal(sound[^1].Time, times[^1]);
        MatteWarning warning = Assert.Single(reader.Warnings, w => w.Code == "times-repaired");
        Assert.Equal(10, warning.Frame);
        Assert.Contains($"{repaired} frames", warning.Message, StringComparison.Ordinal);
    }

    /// <summary>A reader that is not ffmpeg's may give equal times; the writer moves a frame by one tick rather than fail.</summary>
    [Fact(Timeout = TimeoutMs)]
    public async Task Write_TimesThatDoNotGrow_MovesThemOneTickAndSaysSo()
    {
        using WriterBench bench = new();
        OutputSpec output = bench.Output("out.mov");
        Rational timeBase = new(1, 90000);
        FrameFormat format = new(96, 64, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);
        await using MediaWriter writer = await bench.OpenAsync(format, timeBase, output);
        long[] ticks = [0, 3600, 3600, 3000, 7200];
        for (int i = 0; i < ticks.Length; i++)
        {
            FrameTime time = new(i, Rational.FromTicks(ticks[i], timeBase), Rational.Zero);
            await writer.WriteAsync(new MattedFrame(MovingDisc.Picture(_pool, format, time), MovingDisc.Matte(_pool, 96, 64, i)), default);
        }

        IReadOnlyList<WrittenFile> files = await writer.CommitAsync(default);
        Assert.Contains(files[0].Warnings, w => w is { Code: "times-repaired", Frame: 2 });
        Assert.Equal([0, 3600, 3601, 3602, 7200], FfmpegRun.Ticks(output.Path).Select(t => t * 90000 / long.Parse(
            FfmpegRun.VideoEntry(output.Path, "time_base")[2..], System.Globalization.CultureInfo.InvariantCulture)));
    }

    private async Task<string> MakeAsync()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "30", "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-bsf:v", "null", _folder["d.mkv"]);
        return _folder["d.mkv"];
    }

    /// <summary>Writes new times into SimpleBlocks of track 1 (Matroska: a cluster's time is E7, 81 or 82, its value; a block is A3, size, 81, 16
    /// bits of time against the cluster's, flags).</summary>
    private static void Patch(string file, int[] moves)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int found = 0, at = 0, cluster = 0;
        for (int i = 4; i + 4 < bytes.Length; i++)
        {
            if (bytes[i] == 0xE7 && bytes[i + 1] is 0x81 or 0x82)
            {
                int time = bytes[i + 1] == 0x81 ? bytes[i + 2] : BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(i + 2));
                cluster = time == found * 40 ? time : cluster;
            }

            // The time this frame has, in a block that begins a JPEG picture: nothing else looks so.
            if (bytes[i] != 0x81 || bytes[i + 3] != 0x80 || bytes[i + 4] != 0xFF || bytes[i + 5] != 0xD8
                || BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(i + 1)) != (found * 40) - cluster)
                continue;
            if (at < moves.Length && moves[at] == found)
            {
                BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(i + 1), (short)(moves[at + 1] - cluster));
                at += 2;
            }

            found++;
        }

        Assert.Equal((Frames, moves.Length), (found, at));
        File.WriteAllBytes(file, bytes);
    }
}
