using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>The reader against what ffmpeg writes: every format, exact irregular times, and streams cut and damaged at every place.</summary>
public sealed class NutReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<PlaneLayout, int, string> Formats
    {
        get
        {
            TheoryData<PlaneLayout, int, string> data = [];
            foreach (PlaneLayout layout in Enum.GetValues<PlaneLayout>())
                foreach (int depth in new[] { 8, 9, 10, 12, 14, 16 })
                    foreach (string size in new[] { "77x45", "405x121" })
                        if (size == "77x45" || depth is 8 or 10)
                            data.Add(layout, depth, size);
            data.Add(PlaneLayout.Yuv420, 8, "1x1");
            data.Add(PlaneLayout.Yuv444, 16, "3x1");
            return data;
        }
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Formats))]
    public async Task Stream_OfAFormat_PlanesAndHeaderAreFfmpegsOwn(PlaneLayout layout, int depth, string size)
    {
        string name = PixelFormatNames.Of(layout, depth), nut = _folder["x.nut"];
        // Noise in every bit, so that a wrong plane, order or width cannot pass.
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", $"testsrc2=s=412x128:r=25:d=0.2,crop={size.Replace('x', ':')}:exact=1,noise=alls=80:allf=t", "-pix_fmt", name, "-c:v", "rawvideo", "-f", "nut", nut);
        IReadOnlyList<FrameMd5> expected = await FrameMd5.OfAsync(nut, name);
        Assert.Equal(5, expected.Count);

        (NutHeader header, List<FrameMd5> got) = await ReadAsync(await File.ReadAllBytesAsync(nut), expected[0].Size);

        string[] sides = size.Split('x');
        FrameFormat format = new(int.Parse(sides[0], null), int.Parse(sides[1], null), layout, depth, ColourDescription.Rgb);
        Assert.Equal((format.Width, format.Height, PixelFormatNames.NutTag(layout, depth)), (header.Width, header.Height, header.Tag));
        Assert.Equal(format.ByteCount, expected[0].Size);
        Assert.Equal(expected, got);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1, 1000, 0)]
    [InlineData(1, 90000, 7)]
    [InlineData(1001, 24000, 0)]
    [InlineData(1, 48000, 900001)]
    [InlineData(1, 1000, 123456789)]
    public async Task Times_Irregular_ComeExactly(int numerator, int denominator, long start)
    {
        Rational timeBase = new(numerator, denominator);
        byte[] nut = await IrregularAsync(timeBase, start, 60);
        List<Rational> expected = [.. Ticks(start, 60).Select(t => Rational.FromTicks(t, timeBase))];

        (_, List<FrameMd5> got) = await ReadAsync(nut, 32 * 16 * 3 / 2);

        Assert.Equal(expected, got.Select(f => f.Time));
    }

    [Fact(Timeout = 60_000)]
    public async Task Stream_ComesInSmallPieces_NothingIsDifferent()
    {
        byte[] nut = await IrregularAsync(new Rational(1, 90000), 5, 20);
        (_, List<FrameMd5> whole) = await ReadAsync(nut, 768);
        Random random = new(3);

        (_, List<FrameMd5> pieces) = await ReadAsync(nut, 768, _ => random.Next(1, 40));

        Assert.Equal(whole, pieces);
    }

    [Fact(Timeout = 120_000)]
    public async Task Stream_CutAtEveryPlace_FramesBeforeAreRightAndTheCutIsTold()
    {
        byte[] nut = await IrregularAsync(new Rational(1, 1000), 0, 5);
        (_, List<FrameMd5> whole) = await ReadAsync(nut, 768);
        int cleanEnds = 0;

        for (int length = 0; length < nut.Length; length++)
        {
            List<FrameMd5> got = [];
            try
            {
                await ReadIntoAsync(nut[..length], 768, got);
                cleanEnds++;
            }
            catch (MatteException e)
            {
                Assert.Equal(NutReader.CutCode, e.Code);
            }

            Assert.Equal(whole.Take(got.Count), got);
        }

        // Between packets a cut looks like an end: after the header, after syncpoints, frames and the index's neighbours. Not elsewhere.
        Assert.InRange(cleanEnds, whole.Count, whole.Count * 4);
    }

    [Fact(Timeout = 120_000)]
    public async Task Stream_WithFlippedBytes_GivesFramesOrAClearError()
    {
        byte[] nut = await IrregularAsync(new Rational(1, 90000), 5, 8);
        Random random = new(11);
        long before = GC.GetTotalAllocatedBytes();
        int errors = 0;
        for (int round = 0; round < 4000; round++)
        {
            byte[] broken = (byte[])nut.Clone();
            for (int i = random.Next(1, 6); i > 0; i--)
                // Half of the damage in the headers at the front, where it hurts.
                broken[random.Next(random.Next(2) == 0 ? 400 : broken.Length)] = (byte)random.Next(256);
            List<FrameMd5> got = [];
            try
            {
                await ReadIntoAsync(broken, 768, got);
            }
            catch (MatteException e)
            {
                errors++;
                Assert.True(e.Code is NutReader.CutCode or NutReader.DamagedCode, e.Code);
            }

            Assert.True(got.Count <= 16);
            Assert.True(got.Zip(got.Skip(1)).All(pair => pair.First.Time < pair.Second.Time));
        }

        // A reader is about 100 KB; damage must not make it more than some headers larger.
        long each = (GC.GetTotalAllocatedBytes() - before) / 4000;
        Assert.InRange(each, 0, 2 << 20);
        Assert.InRange(errors, 1000, 4000);
    }

    [Fact(Timeout = 60_000)]
    public async Task Stream_IsRandom_IsDamaged()
    {
        Random random = new(17);
        byte[] signature = [.. "nut/multimedia container\0"u8];
        for (int round = 0; round < 500; round++)
        {
            byte[] bytes = new byte[2000];
            random.NextBytes(bytes);
            if (round % 2 == 0)
                signature.CopyTo(bytes, 0);
            if (round % 4 == 0)
                new byte[] { 0x4E, 0x4D, 0x7A, 0x56, 0x1F, 0x5F, 0x04, 0xAD }.CopyTo(bytes, 25);

            MatteException e = await Assert.ThrowsAsync<MatteException>(() => ReadAsync(bytes, 768));

            Assert.True(e.Code is NutReader.CutCode or NutReader.DamagedCode, e.Code);
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData(PlaneLayout.Yuv420, 8)]
    [InlineData(PlaneLayout.Yuv444, 12)]
    [InlineData(PlaneLayout.Gray, 16)]
    [InlineData(PlaneLayout.Gbr, 10)]
    public async Task OwnWriter_WritesIt_TheReaderReadsItBack(PlaneLayout layout, int depth)
    {
        FrameFormat format = new(77, 45, layout, depth, ColourDescription.Rgb, new Rational(16, 11));
        uint tag = PixelFormatNames.NutTag(layout, depth);
        MemoryStream stream = new();
        NutWriter writer = new(
            (bytes, cancel) => stream.WriteAsync(bytes, cancel), new Rational(1001, 24000), [new NutStream(tag, 77, 45, format.SampleAspect)]);
        Random random = new(23);
        List<FrameMd5> sent = [];
        foreach (long ticks in Ticks(3, 40))
        {
            byte[] pixels = new byte[format.ByteCount];
            random.NextBytes(pixels);
            await writer.WriteFrameAsync(0, ticks, pixels, default);
            sent.Add(new FrameMd5(Rational.FromTicks(ticks, new Rational(1001, 24000)), pixels.Length, Convert.ToHexStringLower(MD5.HashData(pixels))));
        }

        (NutHeader header, List<FrameMd5> got) = await ReadAsync(stream.ToArray(), format.ByteCount);

        Assert.Equal(new NutHeader(tag, 77, 45, new Rational(1001, 24000), format.SampleAspect), header);
        Assert.Equal(sent, got);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<(NutHeader Header, List<FrameMd5> Frames)> ReadAsync(byte[] nut, int frameBytes, Func<int, int>? piece = null)
    {
        List<FrameMd5> frames = [];
        return (await ReadIntoAsync(nut, frameBytes, frames, piece), frames);
    }

    private static async Task<NutHeader> ReadIntoAsync(byte[] nut, int frameBytes, List<FrameMd5> frames, Func<int, int>? piece = null)
    {
        MemoryStream stream = new(nut);
        NutReader reader = new((into, cancel) => stream.ReadAsync(piece is null ? into : into[..Math.Min(into.Length, piece(into.Length))], cancel));
        NutHeader header = await reader.ReadHeaderAsync(default);
        byte[] body = new byte[frameBytes];
        while (await reader.ReadFrameAsync(default) is { } head)
        {
            if (head.Size != frameBytes)
                throw NutReader.Damaged("another size");
            await reader.ReadBodyAsync(body, default);
            frames.Add(new FrameMd5(Rational.FromTicks(head.Pts, header.TimeBase), frameBytes, Convert.ToHexStringLower(MD5.HashData(body))));
        }

        return header;
    }

    /// <summary>A regular feed with gaps of 1 to 400 ticks.</summary>
    private static IEnumerable<long> Ticks(long start, int count)
    {
        Random random = new(42);
        for (int i = 0; i < count; i++)
        {
            yield return start;
            start += i % 7 == 0 ? 1 : random.Next(1, 400);
        }
    }

    /// <summary>ffmpeg's own NUT of 32x16 frames with the given times.</summary>
    private async Task<byte[]> IrregularAsync(Rational timeBase, long start, int frames)
    {
        // The times go in by a table in the setpts expression of a plain source: st(0) picks the n-th.
        long[] ticks = [.. Ticks(start, frames)];
        string table = string.Concat(ticks.Select((t, i) => FormattableString.Invariant($"eq(N,{i})*{t}+"))) + "0";
        return await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", FormattableString.Invariant($"testsrc2=s=32x16:r=25,settb={timeBase.Numerator}/{timeBase.Denominator},setpts='{table}'"),
            "-frames:v", FormattableString.Invariant($"{frames}"), "-fps_mode", "passthrough", "-enc_time_base", "-1", "-copyts",
            "-pix_fmt", "yuv420p", "-c:v", "rawvideo", "-f", "nut", "pipe:1");
    }
}
