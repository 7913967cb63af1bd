using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Matting;

public sealed class ForegroundPlanesTests
{
    private static readonly ColourDescription Limited = ColourDescription.Bt709Limited;

    public static TheoryData<PlaneLayout, int, ColourRange, ChromaSiting> Formats()
    {
        TheoryData<PlaneLayout, int, ColourRange, ChromaSiting> data = [];
        foreach (int depth in new[] { 8, 10, 16 })
        {
            data.Add(PlaneLayout.Yuv420, depth, ColourRange.Limited, ChromaSiting.Left);
            data.Add(PlaneLayout.Yuv420, depth, ColourRange.Full, ChromaSiting.Centre);
            data.Add(PlaneLayout.Yuv420, depth, ColourRange.Limited, ChromaSiting.TopLeft);
            data.Add(PlaneLayout.Yuv422, depth, ColourRange.Limited, ChromaSiting.Left);
            data.Add(PlaneLayout.Yuv444, depth, ColourRange.Full, ChromaSiting.Left);
            data.Add(PlaneLayout.Gbr, depth, ColourRange.Full, ChromaSiting.Unspecified);
            data.Add(PlaneLayout.Gray, depth, ColourRange.Limited, ChromaSiting.Unspecified);
        }

        return data;
    }

    /// <summary>Random samples, random alpha with runs: every sample is the source's exactly where its whole footprint is full, and elsewhere
    /// what a plain loop in double precision gives.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_AnyFormat_KeepsTheInteriorAndPaintsTheRest(PlaneLayout layout, int depth, ColourRange range, ChromaSiting siting)
    {
        using CheckingFramePool pool = new();
        foreach ((int width, int height) in new[] { (74, 21), (75, 22), (1, 1), (2, 3) })
        {
            FrameFormat format = new(width, height, layout, depth, Limited with { Range = range, Siting = siting });
            Random random = new(width);
            using VideoFrame source = Noise(pool, format, random), foreground = VideoFrame.Rent(pool, format, default);
            using AlphaMatte alpha = AlphaMatte.Rent(pool, width, height);
            Samples.Alpha(random, width * height).CopyTo(alpha.Samples);
            float[] rgb = new float[3 * width * height];
            for (int i = 0; i < rgb.Length; i++)
                rgb[i] = random.NextSingle();
            new ForegroundPlanes().Write(source, alpha, rgb, foreground);
            for (int plane = 0; plane < format.PlaneCount; plane++)
                for (int y = 0; y < format.PlaneHeight(plane); y++)
                    for (int x = 0; x < format.PlaneWidth(plane); x++)
                        CheckSample(format, plane, x, y, alpha, rgb, Code(source, plane, x, y), Code(foreground, plane, x, y));
        }
    }

    [Fact]
    public void Write_WildValues_StaysWithinLegalCodes()
    {
        using CheckingFramePool pool = new();
        FrameFormat format = new(96, 40, PlaneLayout.Yuv420, 8, Limited);
        using VideoFrame source = Noise(pool, format, new Random(1)), foreground = VideoFrame.Rent(pool, format, default);
        using AlphaMatte alpha = AlphaMatte.Rent(pool, 96, 40);
        alpha.Samples.Clear();
        new ForegroundPlanes().Write(source, alpha, Samples.Wild(new Random(2), 3 * 96 * 40), foreground);
        Assert.All(foreground.PlaneBytes(0).ToArray(), c => Assert.InRange(c, 16, 235));
        Assert.All(foreground.PlaneBytes(1).ToArray(), c => Assert.InRange(c, 16, 240));
        Assert.All(foreground.PlaneBytes(2).ToArray(), c => Assert.InRange(c, 16, 240));
    }

    /// <summary>A foreground that is the picture comes back as the picture: luma within a code, of smooth chroma too.</summary>
    [Theory]
    [InlineData(PlaneLayout.Yuv420)]
    [InlineData(PlaneLayout.Yuv422)]
    [InlineData(PlaneLayout.Yuv444)]
    [InlineData(PlaneLayout.Gbr)]
    public void Write_TheViewOfASmoothPicture_GivesThePicture(PlaneLayout layout)
    {
        using CheckingFramePool pool = new();
        FrameFormat format = new(64, 48, layout, 8, Limited);
        using VideoFrame source = VideoFrame.Rent(pool, format, default), foreground = VideoFrame.Rent(pool, format, default);
        for (int plane = 0; plane < 3; plane++)
            for (int y = 0; y < format.PlaneHeight(plane); y++)
                for (int x = 0; x < format.PlaneWidth(plane); x++)
                    source.Plane8(plane)[x, y] = (byte)(110 + (((x << (format.IsChroma(plane) ? format.ChromaShiftX : 0)) + (plane * 9)) / 4));
        using AlphaMatte alpha = AlphaMatte.Rent(pool, 64, 48);
        alpha.Samples.Fill(AlphaMatte.Opaque - 1);
        float[] view = new float[3 * 64 * 48];
        new NetworkView().Write(source, view);
        new ForegroundPlanes().Write(source, alpha, view, foreground);
        for (int plane = 0; plane < 3; plane++)
            for (int i = 0; i < source.PlaneBytes(plane).Length; i++)
                Assert.InRange(foreground.PlaneBytes(plane)[i] - source.PlaneBytes(plane)[i], -1, 1);
    }

    [Fact]
    public void Write_OtherFormats_AreRefused()
    {
        using CheckingFramePool pool = new();
        FrameFormat format = new(8, 8, PlaneLayout.Gray, 8, Limited);
        using VideoFrame source = Noise(pool, format, new Random(1)), other = Noise(pool, format with { Width = 9 }, new Random(1));
        using AlphaMatte alpha = AlphaMatte.Rent(pool, 8, 8);
        Assert.Throws<ArgumentException>(() => new ForegroundPlanes().Write(source, alpha, new float[192], other));
        Assert.Throws<ArgumentException>(() => new ForegroundPlanes().Write(source, alpha, new float[191], source));
    }

    private static void CheckSample(FrameFormat format, int plane, int x, int y, AlphaMatte alpha, float[] rgb, int own, int found)
    {
        double r = 0, g = 0, b = 0;
        bool full = true;
        int pixels = format.Width * format.Height;
        foreach ((int column, double across) in Taps(format, plane, x, format.ChromaShiftX, format.Width, format.Colour.Siting != ChromaSiting.Centre))
            foreach ((int row, double down) in Taps(format, plane, y, format.ChromaShiftY, format.Height, format.Colour.Siting == ChromaSiting.TopLeft))
            {
                int at = (row * format.Width) + column;
                full &= alpha.Samples[at] == AlphaMatte.Opaque;
                r += across * down * rgb[at];
                g += across * down * rgb[pixels + at];
                b += across * down * rgb[(2 * pixels) + at];
            }

        if (full)
        {
            Assert.Equal(own, found);
            return;
        }

        // BT.709, H.273: Y' = .2126 R + .7152 G + .0722 B, Cb = (B - Y') / 1.8556, Cr = (R - Y') / 1.5748.
        double luma = (.2126 * r) + (.7152 * g) + (.0722 * b), unit = 1 << (format.Depth - 8);
        bool limited = format.Colour.Range == ColourRange.Limited && !format.IsRgb;
        double value = format.IsRgb ? new[] { g, b, r }[plane] : plane switch { 0 => luma, 1 => (b - luma) / 1.8556, _ => (r - luma) / 1.5748 };
        double code = format.IsChroma(plane)
            ? (format.MaxCode + 1) / 2 + (value * (limited ? 224 * unit : format.MaxCode))
            : (limited ? 16 * unit : 0) + (value * (limited ? 219 * unit : format.MaxCode));
        // Half a code of rounding, and single precision's share of 2^16.
        Assert.InRange(found - Math.Clamp(code, 0, format.MaxCode), -.52, .52);
    }

    private static IEnumerable<(int At, double Weight)> Taps(FrameFormat format, int plane, int at, int shift, int size, bool onSample)
    {
        if (!format.IsChroma(plane) || shift == 0)
            return [(at, 1)];
        return onSample
            ? [(Math.Max((2 * at) - 1, 0), .25), (2 * at, .5), (Math.Min((2 * at) + 1, size - 1), .25)]
            : [(2 * at, .5), (Math.Min((2 * at) + 1, size - 1), .5)];
    }

    private static int Code(VideoFrame frame, int plane, int x, int y) =>
        frame.Format.BytesPerSample == 1 ? frame.Plane8(plane)[x, y] : frame.Plane16(plane)[x, y];

    private static VideoFrame Noise(IFramePool pool, FrameFormat format, Random random)
    {
        VideoFrame frame = VideoFrame.Rent(pool, format, default);
        for (int plane = 0; plane < format.PlaneCount; plane++)
            for (int i = 0; i < format.PlaneWidth(plane) * format.PlaneHeight(plane); i++)
                if (format.BytesPerSample == 1)
                    frame.Plane8(plane).Samples[i] = (byte)random.Next(256);
                else
                    frame.Plane16(plane).Samples[i] = (ushort)random.Next(format.MaxCode + 1);
        return frame;
    }
}
