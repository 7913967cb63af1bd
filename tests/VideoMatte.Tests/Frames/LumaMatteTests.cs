using VideoMatte.Frames;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Frames;

public sealed class LumaMatteTests : IDisposable
{
    /// <summary>Codes of 16 bits, half a code of the source's: the weights are in 1/65536 and the luma is a whole code.</summary>
    private const double HalfACode = 0.51;

    private readonly CheckingFramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(16)]
    public void Write_FullRangeGrey_IsEachCodeRoundedOnce(int depth)
    {
        FrameFormat format = new(256, 1 << (depth - 8), PlaneLayout.Gray, depth, new ColourDescription(ColourMatrix.Unspecified, ColourRange.Full));
        ushort[] matte = Matte(format, i => i);
        for (int v = 0; v < matte.Length; v++)
            Assert.Equal((ushort)Math.Round(v * 65535m / format.MaxCode), matte[v]);
    }

    [Theory]
    [InlineData(PlaneLayout.Gray, 8)]
    [InlineData(PlaneLayout.Yuv420, 8)]
    [InlineData(PlaneLayout.Yuv444, 10)]
    public void Write_LimitedRange_Maps16To235(PlaneLayout layout, int depth)
    {
        int step = 1 << (depth - 8);
        FrameFormat format = new(256, step, layout, depth, ColourDescription.Bt709Limited);
        ushort[] matte = Matte(format, i => i);
        Assert.Equal([0, 0, 65535, 65535], new[] { matte[0], matte[16 * step], matte[235 * step], matte[^1] });
        for (int v = 16 * step; v <= 235 * step; v++)
            Assert.Equal((v - (16 * step)) * 65535.0 / (219 * step), matte[v], 0.5001);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Write_Rgb_GreyStaysItselfAndColoursWeigh(int depth)
    {
        FrameFormat format = Drawn.Rgb(256, 1 << (depth - 8), depth);
        ushort[] grey = Matte(format, i => i);
        for (int v = 0; v < grey.Length; v++)
            Assert.Equal((ushort)Math.Round(v * 65535m / format.MaxCode), grey[v]);
        using VideoFrame noise = Drawn.Noise(_pool, format, 3);
        ushort[] matte = new ushort[format.Width * format.Height];
        new LumaMatte(format).Write(noise, matte);
        for (int i = 0; i < matte.Length; i++)
        {
            double luma = (0.2126 * Drawn.Get(noise, 2, i)) + (0.7152 * Drawn.Get(noise, 0, i)) + (0.0722 * Drawn.Get(noise, 1, i));
            // 1/65536 of the largest code is what the weights' own rounding can make.
            Assert.Equal(luma / format.MaxCode * 65535, matte[i], ((HalfACode * 65535 / format.MaxCode) + 1));
        }
    }

    private ushort[] Matte(FrameFormat format, Func<int, int> code)
    {
        using VideoFrame frame = VideoFrame.Rent(_pool, format, default);
        frame.Bytes.Clear();
        for (int plane = 0; plane < (format.IsRgb ? 3 : 1); plane++)
            for (int i = 0; i < format.Width * format.Height; i++)
                Drawn.Set(frame, plane, i, code(i));
        ushort[] matte = new ushort[format.Width * format.Height];
        new LumaMatte(format).Write(frame, matte);
        return matte;
    }
}
