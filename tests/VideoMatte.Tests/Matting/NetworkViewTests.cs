using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Matting;

public sealed class NetworkViewTests
{
    /// <summary>Single against double precision.</summary>
    private const double Tolerance = 2e-6;

    /// <summary>Of 255, in the mean, on a real picture: both sides are rounded to 8 bits, and the scaler's chroma kernel is bicubic.</summary>
    private const double ScalerTolerance = .2;

    /// <summary>Noise in every layout, depth, range and siting against a plain loop in double precision.</summary>
    [Theory]
    [InlineData(PlaneLayout.Yuv420, ColourRange.Limited, ChromaSiting.Left)]
    [InlineData(PlaneLayout.Yuv420, ColourRange.Full, ChromaSiting.Centre)]
    [InlineData(PlaneLayout.Yuv420, ColourRange.Limited, ChromaSiting.TopLeft)]
    [InlineData(PlaneLayout.Yuv420, ColourRange.Full, ChromaSiting.Unspecified)]
    [InlineData(PlaneLayout.Yuv422, ColourRange.Limited, ChromaSiting.Left)]
    [InlineData(PlaneLayout.Yuv422, ColourRange.Full, ChromaSiting.Centre)]
    [InlineData(PlaneLayout.Yuv444, ColourRange.Limited, ChromaSiting.Unspecified)]
    [InlineData(PlaneLayout.Gbr, ColourRange.Full, ChromaSiting.Unspecified)]
    [InlineData(PlaneLayout.Gray, ColourRange.Limited, ChromaSiting.Unspecified)]
    [InlineData(PlaneLayout.Gray, ColourRange.Full, ChromaSiting.Unspecified)]
    public void Write_Noise_AgreesWithAPlainLoop(PlaneLayout layout, ColourRange range, ChromaSiting siting)
    {
        using CheckingFramePool pool = new();
        foreach (int depth in new[] { 8, 9, 10, 12, 16 })
            foreach ((int width, int height) in new[] { (136, 20), (135, 21), (1, 1), (2, 1), (3, 2) })
            {
                FrameFormat format = new(width, height, layout, depth, new ColourDescription(ColourMatrix.Smpte170M, range, Siting: siting));
                using VideoFrame frame = Noise(pool, format);
                float[] view = new float[3 * width * height];
                Array.Fill(view, float.NaN);
                new NetworkView().Write(frame, view);
                for (int y = 0; y < height; y++)
                    for (int x = 0; x < width; x++)
                        for (int channel = 0; channel < 3; channel++)
                        {
                            double expected = Math.Clamp(Expected(frame, x, y)[channel], 0, 1);
                            // Half a step where samples are bytes; the steps themselves are whole.
                            float found = view[(((channel * height) + y) * width) + x];
                            Assert.InRange(found - expected, -Tolerance - (depth == 8 ? .5 / 255 : 0), Tolerance + (depth == 8 ? .5 / 255 : 0));
                            if (depth == 8)
                                Assert.InRange((found * 255) - MathF.Round(found * 255), -1e-4f, 1e-4f);
                        }
            }
    }

    [SharedTheory]
    [InlineData("05-signing-webcam-480p.mp4")]
    [InlineData("09-portrait-hair-handheld-720x1364.mp4")]
    [InlineData("12-bar-hands-1080p-vp8.webm")]
    public void Write_ARealPicture_AgreesWithFfmpegsScaler(string name)
    {
        using CheckingFramePool pool = new();
        RawClip clip = new(SharedData.Clips(name), 1);
        using VideoFrame frame = clip.Frame(pool, 0);
        float[] view = new float[3 * clip.Format.Width * clip.Format.Height], expected = clip.Rgb(0);
        new NetworkView().Write(frame, view);
        double sum = 0;
        for (int i = 0; i < view.Length; i++)
            sum += Math.Abs(view[i] - expected[i]);
        Assert.InRange(sum / view.Length * 255, 0, ScalerTolerance);
    }

    [Theory]
    [InlineData(ColourMatrix.YCgCo, 1, 0, 0)]
    [InlineData(ColourMatrix.YCgCo, 0, 1, 0)]
    [InlineData(ColourMatrix.Bt709, 1, 0, 0)]
    [InlineData(ColourMatrix.Bt709, 0, 0, 1)]
    [InlineData(ColourMatrix.Smpte170M, 1, 1, 0)]
    [InlineData(ColourMatrix.Bt2020NonConstant, 0, 1, 1)]
    [InlineData(ColourMatrix.Identity, 1, 0, 1)]
    public void Transform_OfPureColours_GoesThereAndBack(ColourMatrix matrix, float r, float g, float b)
    {
        ColourTransform t = new(new FrameFormat(1920, 1080, PlaneLayout.Yuv444, 8, new ColourDescription(matrix, ColourRange.Limited)));
        float y = Dot(t.ToLuma), cb = Dot(t.ToCb), cr = Dot(t.ToCr);
        Assert.InRange(Math.Abs(cb), 0, .5001f);
        Assert.InRange(Math.Abs(cr), 0, .5001f);
        Assert.Equal(r, y + (cb * t.FromCb.R) + (cr * t.FromCr.R), 1e-6f);
        Assert.Equal(g, y + (cb * t.FromCb.G) + (cr * t.FromCr.G), 1e-6f);
        Assert.Equal(b, y + (cb * t.FromCb.B) + (cr * t.FromCr.B), 1e-6f);

        float Dot(RgbWeights w) => (w.R * r) + (w.G * g) + (w.B * b);
    }

    [Fact]
    public void Write_BlackAndWhite_AreExact()
    {
        using CheckingFramePool pool = new();
        foreach (PlaneLayout layout in Enum.GetValues<PlaneLayout>())
            foreach (ColourRange range in new[] { ColourRange.Limited, ColourRange.Full })
                foreach (int depth in new[] { 8, 9, 10, 12, 14, 16 })
                {
                    FrameFormat format = new(37, 3, layout, depth, new ColourDescription(ColourMatrix.Bt709, range));
                    bool full = format.IsRgb || range == ColourRange.Full;
                    Assert.All(Painted(pool, format, format.BlackCode), v => Assert.Equal(0, v));
                    Assert.All(Painted(pool, format, full ? format.MaxCode : 235 << (depth - 8)), v => Assert.Equal(1, v, 1e-6f));
                }
    }

    [Fact]
    public void Write_WrongLength_IsRefused()
    {
        using CheckingFramePool pool = new();
        using VideoFrame frame = VideoFrame.Rent(pool, new FrameFormat(8, 8, PlaneLayout.Gray, 8, ColourDescription.Rgb), default);
        Assert.Throws<ArgumentException>(() => new NetworkView().Write(frame, new float[191]));
    }

    private static float[] Painted(IFramePool pool, FrameFormat format, int code)
    {
        using VideoFrame frame = VideoFrame.Rent(pool, format, default);
        for (int plane = 0; plane < format.PlaneCount; plane++)
        {
            int value = format.IsChroma(plane) ? format.NeutralCode : code;
            if (format.BytesPerSample == 1)
                frame.Plane8(plane).Samples.Fill((byte)value);
            else
                frame.Plane16(plane).Samples.Fill((ushort)value);
        }

        float[] view = new float[3 * format.Width * format.Height];
        new NetworkView().Write(frame, view);
        return view;
    }

    /// <summary>R, G, B by BT.601 (H.273 matrix 6) in double precision; chroma is sampled linearly where the luma pixel lies.</summary>
    private static double[] Expected(VideoFrame frame, int x, int y)
    {
        FrameFormat format = frame.Format;
        double unit = 1 << (format.Depth - 8), max = format.MaxCode;
        bool limited = format.Colour.Range == ColourRange.Limited;
        if (format.IsRgb)
            return [Code(frame, 2, x, y) / max, Code(frame, 0, x, y) / max, Code(frame, 1, x, y) / max];
        double luma = limited ? (Code(frame, 0, x, y) - (16 * unit)) / (219 * unit) : Code(frame, 0, x, y) / max;
        if (format.Layout == PlaneLayout.Gray)
            return [luma, luma, luma];
        double across = format.ChromaShiftX == 0 ? x : format.Colour.Siting == ChromaSiting.Centre ? (x - .5) / 2 : x / 2.0;
        double down = format.ChromaShiftY == 0 ? y : format.Colour.Siting == ChromaSiting.TopLeft ? y / 2.0 : (y - .5) / 2;
        double cb = (Linear(frame, 1, across, down) - (128 * unit)) / (limited ? 224 * unit : max);
        double cr = (Linear(frame, 2, across, down) - (128 * unit)) / (limited ? 224 * unit : max);
        double r = luma + (1.402 * cr), b = luma + (1.772 * cb);
        return [r, (luma - (.299 * r) - (.114 * b)) / .587, b];
    }

    private static double Linear(VideoFrame frame, int plane, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double u = x - left, v = y - top;
        return ((1 - v) * (((1 - u) * At(left, top)) + (u * At(left + 1, top)))) + (v * (((1 - u) * At(left, top + 1)) + (u * At(left + 1, top + 1))));

        double At(int column, int row) => Code(
            frame, plane, Math.Clamp(column, 0, frame.Format.PlaneWidth(plane) - 1), Math.Clamp(row, 0, frame.Format.PlaneHeight(plane) - 1));
    }

    private static int Code(VideoFrame frame, int plane, int x, int y) =>
        frame.Format.BytesPerSample == 1 ? frame.Plane8(plane)[x, y] : frame.Plane16(plane)[x, y];

    private static VideoFrame Noise(IFramePool pool, FrameFormat format)
    {
        Random random = new(format.Width);
        VideoFrame frame = VideoFrame.Rent(pool, format, default);
        for (int plane = 0; plane < format.PlaneCount; plane++)
            for (int y = 0; y < format.PlaneHeight(plane); y++)
                for (int x = 0; x < format.PlaneWidth(plane); x++)
                    if (format.BytesPerSample == 1)
                        frame.Plane8(plane)[x, y] = (byte)random.Next(256);
                    else
                        frame.Plane16(plane)[x, y] = (ushort)random.Next(format.MaxCode + 1);
        return frame;
    }
}
