using System.Text;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>What <see cref="NutWriter"/> writes, read by ffmpeg: every time and every byte.</summary>
public sealed class NutWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Random _random = new(3);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gray", "Y800", 77, 45, 77 * 45)]
    [InlineData("gray10le", "Y1\0\n", 77, 45, 77 * 45 * 2)]
    [InlineData("gray12le", "Y1\0\f", 77, 45, 77 * 45 * 2)]
    [InlineData("gray16le", "Y1\0\u0010", 720, 405, 720 * 405 * 2)]
    [InlineData("yuv420p", "I420", 77, 45, (77 * 45) + (2 * 39 * 23))]
    [InlineData("yuv422p10le", "Y3\n\n", 77, 45, ((77 * 45) + (2 * 39 * 45)) * 2)]
    [InlineData("yuv444p16le", "Y3\0\u0010", 1, 1, 6)]
    [InlineData("gbrp12le", "G3\0\f", 721, 405, 721 * 405 * 6)]
    [InlineData("ya8", "Y2\0\b", 77, 45, 77 * 45 * 2)]
    public async Task Frames_OneStream_ComeBackByteForByte(string pixelFormat, string tag, int width, int height, int bytes)
    {
        Rational timeBase = new(1, 90000);
        byte[][] frames = [.. Enumerable.Range(0, 5).Select(_ => RandomBytes(bytes))];
        long[] ticks = [0, 1, 5005, 70000, 3_000_000_000];
        string file = await WriteAsync(timeBase, [new NutStream(Tag(tag), width, height, new Rational(16, 11))], ticks, frames);

        Assert.Equal(pixelFormat, FfmpegRun.VideoEntry(file, "pix_fmt"));
        Assert.Equal("16:11", FfmpegRun.VideoEntry(file, "sample_aspect_ratio"));
        Assert.Equal(ticks, FfmpegRun.Ticks(file));
        Assert.Equal(frames.SelectMany(f => f), FfmpegRun.Ffmpeg("-i", file, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"));
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(1, 90000)]
    [InlineData(1001, 24000)]
    [InlineData(1, 2147483647)]
    public async Task Times_AnyBase_ComeBackExactly(long numerator, long denominator)
    {
        long[] ticks = [.. Enumerable.Range(0, 60).Select(i => i + (i * i * 3L))];
        byte[][] frames = [.. ticks.Select(_ => RandomBytes(64))];
        string file = await WriteAsync(new Rational(numerator, denominator), [new NutStream(Tag("Y800"), 8, 8, Rational.One)], ticks, frames);

        Rational found = Parse(FfmpegRun.VideoEntry(file, "time_base"));
        Rational wanted = new(numerator, denominator);
        Assert.Equal(
            ticks.Select(t => Rational.FromTicks(t, wanted)),
            FfmpegRun.Ticks(file).Select(t => Rational.FromTicks(t, found)));
    }

    [Fact]
    public async Task Frames_TwoStreams_KeepTheirPairs()
    {
        NutStream[] streams = [new(Tag("I420"), 78, 44, Rational.One), new(Tag("Y1\0\n"), 78, 44, Rational.One)];
        byte[][] pictures = [.. Enumerable.Range(0, 4).Select(_ => RandomBytes(78 * 44 * 3 / 2))];
        byte[][] mattes = [.. Enumerable.Range(0, 4).Select(_ => RandomBytes(78 * 44 * 2))];
        string file = _folder["two.nut"];
        await using (FileStream output = File.Create(file))
        {
            NutWriter writer = new((bytes, token) => output.WriteAsync(bytes, token), new Rational(1, 25), streams);
            for (int i = 0; i < 4; i++)
            {
                await writer.WriteFrameAsync(0, i * 2, pictures[i], CancellationToken.None);
                await writer.WriteFrameAsync(1, i * 2, mattes[i], CancellationToken.None);
            }
        }

        Assert.Equal(pictures.SelectMany(f => f), FfmpegRun.Ffmpeg("-i", file, "-map", "0:0", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"));
        Assert.Equal(mattes.SelectMany(f => f), FfmpegRun.Ffmpeg("-i", file, "-map", "0:1", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"));
    }

    [Fact]
    public async Task Times_NegativeOrNotGrowing_AreRefused()
    {
        MemoryStream output = new();
        NutWriter writer = new((bytes, token) => output.WriteAsync(bytes, token), new Rational(1, 25), [new NutStream(Tag("Y800"), 2, 2, Rational.One)]);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => writer.WriteFrameAsync(0, -1, new byte[4], CancellationToken.None).AsTask());
        Assert.Equal(0, output.Length);
        await writer.WriteFrameAsync(0, 7, new byte[4], CancellationToken.None);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => writer.WriteFrameAsync(0, 7, new byte[4], CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Frames_AfterTheFirst_AllocateNothing()
    {
        byte[] pixels = new byte[640 * 360];
        NutWriter writer = new((_, _) => ValueTask.CompletedTask, new Rational(1, 25), [new NutStream(Tag("Y800"), 640, 360, Rational.One)]);
        await writer.WriteFrameAsync(0, 0, pixels, CancellationToken.None);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i <= 1000; i++)
            await writer.WriteFrameAsync(0, i, pixels, CancellationToken.None);
        // A debug build boxes the state machine; what must not appear is anything that grows with the picture.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000 * 512);
    }

    [Fact]
    public void Crc_OverItsOwnChecksum_IsZero()
    {
        byte[] text = Encoding.ASCII.GetBytes("nut/multimedia container");
        uint crc = NutCrc.Compute(text);
        Assert.NotEqual(0u, crc);
        Assert.Equal(0u, NutCrc.Compute([.. text, (byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc]));
    }

    private static uint Tag(string text) => text[0] | ((uint)text[1] << 8) | ((uint)text[2] << 16) | ((uint)text[3] << 24);

    private static Rational Parse(string text) =>
        Rational.TryParse(text, out Rational value) ? value : throw new FormatException(text);

    private byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private async Task<string> WriteAsync(Rational timeBase, NutStream[] streams, long[] ticks, byte[][] frames)
    {
        string file = _folder["one.nut"];
        await using FileStream output = File.Create(file);
        NutWriter writer = new((bytes, token) => output.WriteAsync(bytes, token), timeBase, streams);
        for (int i = 0; i < frames.Length; i++)
            await writer.WriteFrameAsync(0, ticks[i], frames[i], CancellationToken.None);
        return file;
    }
}
