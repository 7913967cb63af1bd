using VideoMatte.Frames;
using Xunit;

namespace VideoMatte.Tests.Frames;

public sealed class FrameFormatTests
{
    [Theory]
    [InlineData(PlaneLayout.Gray, 8, 35)]
    [InlineData(PlaneLayout.Yuv420, 8, 35 + (2 * 4 * 3))]
    [InlineData(PlaneLayout.Yuv422, 8, 35 + (2 * 4 * 5))]
    [InlineData(PlaneLayout.Yuv444, 8, 3 * 35)]
    [InlineData(PlaneLayout.Gbr, 8, 3 * 35)]
    [InlineData(PlaneLayout.Yuv420, 10, 2 * (35 + (2 * 4 * 3)))]
    [InlineData(PlaneLayout.Gbr, 16, 2 * 3 * 35)]
    public void ByteCount_OddSize_RoundsChromaUp(PlaneLayout layout, int depth, int expected) =>
        Assert.Equal(expected, Format(7, 5, layout, depth).ByteCount);

    [Fact]
    public void Planes_OfEveryLayoutAndSize_TileTheBufferWithoutGaps()
    {
        foreach (PlaneLayout layout in Enum.GetValues<PlaneLayout>())
        {
            for (int size = 0; size < 64; size++)
            {
                FrameFormat format = Format(1 + (size % 8), 1 + (size / 8), layout, size % 2 == 0 ? 8 : 12);
                int at = 0;
                for (int plane = 0; plane < format.PlaneCount; plane++)
                {
                    Assert.Equal(at, format.PlaneOffset(plane));
                    Assert.InRange(format.PlaneWidth(plane) << (format.IsChroma(plane) ? format.ChromaShiftX : 0), format.Width, format.Width + 1);
                    Assert.InRange(format.PlaneHeight(plane) << (format.IsChroma(plane) ? format.ChromaShiftY : 0), format.Height, format.Height + 1);
                    at += format.PlaneWidth(plane) * format.PlaneHeight(plane) * format.BytesPerSample;
                }

                Assert.Equal(at, format.ByteCount);
            }
        }
    }

    [Fact]
    public void ByteCount_BeyondTwoGibibytes_ThrowsRatherThanWraps() =>
        Assert.Throws<OverflowException>(() => Format(30000, 30000, PlaneLayout.Gbr, 16).ByteCount);

    [Theory]
    [InlineData(8, ColourRange.Limited, 16, 128, 255, 1)]
    [InlineData(10, ColourRange.Limited, 64, 512, 1023, 2)]
    [InlineData(12, ColourRange.Full, 0, 2048, 4095, 2)]
    [InlineData(16, ColourRange.Limited, 4096, 32768, 65535, 2)]
    public void Codes_OfADepth_AreScaled(int depth, ColourRange range, int black, int neutral, int max, int bytes)
    {
        FrameFormat format = new(4, 4, PlaneLayout.Yuv420, depth, new ColourDescription(ColourMatrix.Bt709, range));
        Assert.Equal((black, neutral, max, bytes), (format.BlackCode, format.NeutralCode, format.MaxCode, format.BytesPerSample));
    }

    [Fact]
    public void Rgb_HasNoChromaAndBlackAtZero()
    {
        FrameFormat format = new(4, 4, PlaneLayout.Gbr, 8, ColourDescription.Bt709Limited);
        Assert.Equal((true, 0, false), (format.IsRgb, format.BlackCode, format.IsChroma(1)));
    }

    [Theory]
    [InlineData(0, 4, 8)]
    [InlineData(4, -1, 8)]
    [InlineData(4, 4, 7)]
    [InlineData(4, 4, 17)]
    public void Constructor_OutOfRange_Throws(int width, int height, int depth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Format(width, height, PlaneLayout.Yuv420, depth));

    [Theory]
    [InlineData(ColourMatrix.Unspecified, 719, ColourMatrix.Smpte170M)]
    [InlineData(ColourMatrix.Unspecified, 720, ColourMatrix.Bt709)]
    [InlineData(ColourMatrix.Bt2020NonConstant, 480, ColourMatrix.Bt2020NonConstant)]
    public void Assumed_UnspecifiedMatrix_GoesByHeight(ColourMatrix tagged, int height, ColourMatrix expected) =>
        Assert.Equal(expected, new ColourDescription(tagged, ColourRange.Limited).Assumed(height));

    private static FrameFormat Format(int width, int height, PlaneLayout layout, int depth) =>
        new(width, height, layout, depth, ColourDescription.Bt709Limited);
}
