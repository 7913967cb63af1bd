using System.Globalization;
using System.Runtime.InteropServices;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>Planes through each preset and back by ffmpeg: frames, times, alpha, samples, tags.</summary>
public sealed class MediaWriterRoundTripTests : IDisposable
{
    private const int TimeoutMs = 120_000;
    private const int Width = 77;
    private const int Height = 45;

    /// <summary>VP9 at its settings: alpha of a soft disc came back above 40 dB; lost alpha is under 10.</summary>
    private const double LeastVp9AlphaPsnr = 35;

    /// <summary>A matte of soft edges at JPEG's quantiser of 2.</summary>
    private const double LeastJpegPsnr = 40;

    private static readonly Rational TimeBase = new(1, 90000);
    private static readonly long[] Ticks = [0, 3003, 6007, 6100, 50000, 123456];

    private readonly WriterBench _bench = new();
    private readonly Dictionary<(string File, string Plane), int[]> _decoded = [];

    public void Dispose() => _bench.Dispose();

    [Theory(Timeout = TimeoutMs)]
    [InlineData(PlaneLayout.Yuv420, 8, ColourRange.Limited, "yuva420p", 8)]
    [InlineData(PlaneLayout.Yuv420, 8, ColourRange.Full, "yuva420p", 8)]
    [InlineData(PlaneLayout.Yuv444, 10, ColourRange.Full, "yuva444p10le", 10)]
    [InlineData(PlaneLayout.Yuv444, 14, ColourRange.Limited, "yuva444p16le", 16)]
    [InlineData(PlaneLayout.Yuv444, 16, ColourRange.Limited, "yuva444p16le", 16)]
    [InlineData(PlaneLayout.Gbr, 8, ColourRange.Full, "bgra", 8)]
    [InlineData(PlaneLayout.Gbr, 10, ColourRange.Full, "gbrap10le", 10)]
    [InlineData(PlaneLayout.Gbr, 12, ColourRange.Full, "gbrap12le", 12)]
    [InlineData(PlaneLayout.Gbr, 14, ColourRange.Full, "gbrap16le", 16)]
    [InlineData(PlaneLayout.Gray, 12, ColourRange.Limited, "yuva444p16le", 16)]
    [InlineData(PlaneLayout.Yuv422, 10, ColourRange.Limited, "yuva422p10le", 10)]
    [InlineData(PlaneLayout.Yuv420, 12, ColourRange.Limited, "yuva420p16le", 16)]
    [InlineData(PlaneLayout.Yuv422, 12, ColourRange.Full, "yuva422p16le", 16)]
    [InlineData(PlaneLayout.Yuv422, 9, ColourRange.Limited, "yuva422p16le", 16)]
    [InlineData(PlaneLayout.Gray, 8, ColourRange.Full, "ya8", 8)]
    [InlineData(PlaneLayout.Gray, 8, ColourRange.Limited, "ya8", 8)]
    public async Task Ffv1_EverySourceFormat_KeepsEverySample(PlaneLayout layout, int depth, ColourRange range, string stored, int storedDepth)
    {
        FrameFormat format = Format(layout, depth, range);
        string file = await WriteAsync(format, _bench.Output("out.mkv"));

        Assert.Equal(stored, FfmpegRun.VideoEntry(file, "pix_fmt"));
        Assert.Equal("16:11", FfmpegRun.VideoEntry(file, "sample_aspect_ratio"));
        AssertMilliseconds(file);
        for (int frame = 0; frame < Ticks.Length; frame++)
        {
            Assert.Equal(Alpha(frame, storedDepth), Plane(file, "a", frame, storedDepth));
            using CheckingFramePool pool = new();
            using VideoFrame source = Picture(pool, format, frame);
            for (int plane = 0; plane < format.PlaneCount; plane++)
            {
                string name = format.IsRgb ? "gbr"[plane..(plane + 1)] : "yuv"[plane..(plane + 1)];
                int shift = storedDepth - depth;
                Assert.Equal(Samples(source, plane), Plane(file, name, frame, storedDepth).Select(v => v >> shift));
            }
        }
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData(PlaneLayout.Yuv420, 8, ColourRange.Limited)]
    [InlineData(PlaneLayout.Yuv422, 10, ColourRange.Full)]
    [InlineData(PlaneLayout.Gbr, 8, ColourRange.Full)]
    [InlineData(PlaneLayout.Gray, 8, ColourRange.Full)]
    public async Task ProRes_AnySource_KeepsTimesAndAlphaExactly(PlaneLayout layout, int depth, ColourRange range)
    {
        string file = await WriteAsync(Format(layout, depth, range), _bench.Output("out.mov"));

        Assert.Equal(Ticks.Select(t => Rational.FromTicks(t, TimeBase)), Times(file));
        Assert.Equal("tv", FfmpegRun.VideoEntry(file, "color_range"));
        Assert.Equal(layout == PlaneLayout.Gbr ? "smpte170m" : "bt709", FfmpegRun.VideoEntry(file, "color_space"));
        for (int frame = 0; frame < Ticks.Length; frame++)
            Assert.Equal(Alpha(frame, 10), Plane(file, "a", frame, 12).Select(v => v >> 2));
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData(PlaneLayout.Yuv420, 8)]
    [InlineData(PlaneLayout.Yuv422, 10)]
    [InlineData(PlaneLayout.Gbr, 8)]
    public async Task Vp9_AnySource_CarriesAlpha(PlaneLayout layout, int depth)
    {
        string file = await WriteAsync(Format(layout, depth, layout == PlaneLayout.Gbr ? ColourRange.Full : ColourRange.Limited), _bench.Output("out.webm"));

        AssertMilliseconds(file);
        Assert.Equal("1", FfmpegRun.Probe("-show_entries", "stream_tags=alpha_mode", "-of", "default=nk=1:nw=1", file).Single());
        for (int frame = 0; frame < Ticks.Length; frame++)
            Assert.InRange(Psnr(Alpha(frame, 8), Plane(file, "a", frame, 8, "-c:v", "libvpx-vp9"), 255), LeastVp9AlphaPsnr, double.PositiveInfinity);
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData(PlaneLayout.Gbr, 8, "rgba", 8)]
    [InlineData(PlaneLayout.Gbr, 16, "rgba64be", 16)]
    [InlineData(PlaneLayout.Yuv420, 8, "rgba", 8)]
    [InlineData(PlaneLayout.Yuv422, 10, "rgba64be", 16)]
    public async Task Png_Sequence_KeepsAlphaAndRgb(PlaneLayout layout, int depth, string stored, int storedDepth)
    {
        FrameFormat format = Format(layout, depth, layout == PlaneLayout.Gbr ? ColourRange.Full : ColourRange.Limited);
        await WriteAsync(format, _bench.Output("f_%04d.png"));

        Assert.Empty(_bench.Leftovers([.. Enumerable.Range(1, Ticks.Length).Select(i => $"f_{i.ToString("D4", CultureInfo.InvariantCulture)}.png")]));
        for (int frame = 0; frame < Ticks.Length; frame++)
        {
            string file = _bench.PathOf($"f_{(frame + 1).ToString("D4", CultureInfo.InvariantCulture)}.png");
            Assert.Equal(stored, FfmpegRun.VideoEntry(file, "pix_fmt"));
            Assert.Equal(Alpha(frame, storedDepth), Plane(file, "a", 0, storedDepth));
            if (layout != PlaneLayout.Gbr)
                continue;
            using CheckingFramePool pool = new();
            using VideoFrame source = Picture(pool, format, frame);
            Assert.Equal(Samples(source, 0), Plane(file, "g", 0, storedDepth));
            Assert.Equal(Samples(source, 2), Plane(file, "r", 0, storedDepth));
        }
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("matte.mkv", "gray16le", 16)]
    [InlineData("matte_%d.tif", "gray16le", 16)]
    [InlineData("matte_%d.jpeg", "yuvj444p", 8)]
    public async Task MatteOnly_KeepsTheBitsItsFormatHas(string name, string stored, int depth)
    {
        string file = await WriteAsync(Format(PlaneLayout.Yuv420, 8, ColourRange.Limited), _bench.Output(name) with { MatteOnly = true });

        Assert.Equal(stored, FfmpegRun.VideoEntry(file, "pix_fmt"));
        for (int frame = 0; frame < Ticks.Length; frame++)
            if (depth == 16)
                Assert.Equal(Alpha(frame, depth), Plane(file, "y", frame, depth));
            else
                Assert.InRange(Psnr(Alpha(frame, depth), Plane(file, "y", frame, depth), 255), LeastJpegPsnr, double.PositiveInfinity);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task H264_OddSize_IsPaddedAndSaysSo()
    {
        IReadOnlyList<MatteWarning> warnings = [];
        string file = await WriteAsync(Format(PlaneLayout.Yuv420, 8, ColourRange.Limited), _bench.Output("out.mp4"), w => warnings = w);

        Assert.Equal("78", FfmpegRun.VideoEntry(file, "width"));
        Assert.Equal("46", FfmpegRun.VideoEntry(file, "height"));
        Assert.Contains(warnings, w => w.Code == "picture-padded");
        Assert.Equal(Ticks.Select(t => Rational.FromTicks(t, TimeBase)), Times(file));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Untagged_StaysSoInFfv1_IsTaggedAsAssumedElsewhere()
    {
        FrameFormat untagged = new(Width, Height, PlaneLayout.Yuv420, 8, new ColourDescription(ColourMatrix.Unspecified, ColourRange.Limited));
        Assert.Equal("unknown", FfmpegRun.VideoEntry(await WriteAsync(untagged, _bench.Output("out.mkv")), "color_space"));
        IReadOnlyList<MatteWarning> warnings = [];
        Assert.Equal("smpte170m", FfmpegRun.VideoEntry(await WriteAsync(untagged, _bench.Output("out.mov"), w => warnings = w), "color_space"));
        Assert.Contains(warnings, w => w.Code == "colour-assumed");
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("Interview: take 2.mkv")]
    [InlineData("-dash.mov")]
    [InlineData("100%d.mp4")]
    [InlineData("take[1].webm")]
    [InlineData("50%05d 'q' \"x\".mkv")]
    public async Task Names_OfAnyKind_AreTakenLiterally(string name)
    {
        await WriteAsync(Format(PlaneLayout.Yuv420, 8, ColourRange.Limited), _bench.Output(name));
        Assert.True(File.Exists(_bench.PathOf(name)));
        Assert.Empty(_bench.Leftovers(name));
    }

    private static FrameFormat Format(PlaneLayout layout, int depth, ColourRange range) => new(
        Width, Height, layout, depth,
        new ColourDescription(layout == PlaneLayout.Gbr ? ColourMatrix.Identity : ColourMatrix.Bt709, range, ColourPrimaries.Bt709, ColourTransfer.Bt709),
        new Rational(16, 11));

    private static VideoFrame Picture(IFramePool pool, FrameFormat format, int index) =>
        MovingDisc.Picture(pool, format, new FrameTime(index, Rational.FromTicks(Ticks[index], TimeBase), Rational.Zero));

    private static int[] Samples(VideoFrame frame, int plane) => frame.Format.BytesPerSample == 1
        ? [.. frame.PlaneBytes(plane).ToArray().Select(v => (int)v)]
        : [.. MemoryMarshal.Cast<byte, ushort>(frame.PlaneBytes(plane)).ToArray().Select(v => (int)v)];

    /// <summary>The matte of a frame at a depth, in exact arithmetic.</summary>
    private static int[] Alpha(int frame, int depth) =>
        [.. Enumerable.Range(0, Width * Height).Select(i =>
            (int)Math.Round(MovingDisc.Alpha(Width, Height, frame, i % Width, i / Width) * (decimal)((1 << depth) - 1) / 65535))];

    /// <summary>A frame of a plane; the plane of the whole file is decoded once.</summary>
    private int[] Plane(string file, string plane, int frame, int depth, params string[] before)
    {
        if (!_decoded.TryGetValue((file, plane), out int[]? all))
            _decoded[(file, plane)] = all = Decode(file, plane, depth, before);
        int frames = file.EndsWith(".png", StringComparison.Ordinal) ? 1 : Ticks.Length, samples = all.Length / frames;
        Assert.Equal(0, all.Length % frames);
        return all[(frame * samples)..((frame + 1) * samples)];
    }

    private static int[] Decode(string file, string plane, int depth, string[] before)
    {
        string stored = FfmpegRun.VideoEntry(file, "pix_fmt");
        if (stored == "ya8")
        {
            byte[] pairs = FfmpegRun.Ffmpeg("-i", file, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "ya8", "pipe:1");
            return [.. pairs.Where((_, i) => i % 2 == (plane == "a" ? 1 : 0)).Select(b => (int)b)];
        }

        string filter = plane == "y" && stored.StartsWith("gray", StringComparison.Ordinal) ? "null" : "extractplanes=" + plane;
        byte[] bytes = FfmpegRun.Ffmpeg([.. before, "-i", file, "-vf", filter, "-fps_mode", "passthrough",
            "-f", "rawvideo", "-pix_fmt", PixelFormatNames.Of(PlaneLayout.Gray, depth), "pipe:1"]);
        return depth == 8 ? [.. bytes.Select(b => (int)b)] : [.. MemoryMarshal.Cast<byte, ushort>(bytes).ToArray().Select(v => (int)v)];
    }

    private static double Psnr(int[] wanted, int[] found, double full) =>
        20 * Math.Log10(full / Math.Sqrt(wanted.Zip(found, (a, b) => (double)(a - b) * (a - b)).Average()));

    private static IEnumerable<Rational> Times(string file)
    {
        Assert.True(Rational.TryParse(FfmpegRun.VideoEntry(file, "time_base"), out Rational timeBase));
        return FfmpegRun.Ticks(file).Select(t => Rational.FromTicks(t, timeBase));
    }

    /// <summary>Matroska and WebM count in milliseconds.</summary>
    private static void AssertMilliseconds(string file) =>
        Assert.Equal(Ticks.Select(t => Rational.FromTicks(t, TimeBase).ToTicks(new Rational(1, 1000))), Times(file).Select(t => t.ToTicks(new Rational(1, 1000))));

    private async Task<string> WriteAsync(FrameFormat format, OutputSpec output, Action<IReadOnlyList<MatteWarning>>? warned = null)
    {
        using CheckingFramePool pool = new();
        await using MediaWriter writer = await _bench.OpenAsync(format, TimeBase, output);
        for (int i = 0; i < Ticks.Length; i++)
            await writer.WriteAsync(new MattedFrame(Picture(pool, format, i), MovingDisc.Matte(pool, Width, Height, i)), CancellationToken.None);
        IReadOnlyList<WrittenFile> files = await writer.CommitAsync(CancellationToken.None);
        Assert.Equal(Ticks.Length, files.Single().Frames);
        warned?.Invoke(files.Single().Warnings);
        return output.Path;
    }
}
