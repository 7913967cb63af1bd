using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Frames;

public sealed class AreaScalerTests
{
    /// <summary>Sums of single precision over a few thousand codes of 8 bits.</summary>
    private const double FloatTolerance = 1e-3;

    [Theory]
    [InlineData(64, 48, 8, 6)]
    [InlineData(75, 41, 10, 7)]
    [InlineData(33, 17, 33, 17)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(5, 3, 12, 9)]
    [InlineData(100, 1, 3, 1)]
    public void Scale_AnySize_IsTheMeanOfTheAreaCovered(int sourceWidth, int sourceHeight, int width, int height)
    {
        Random random = new(sourceWidth);
        byte[] source = new byte[sourceWidth * sourceHeight];
        random.NextBytes(source);
        float[] result = new float[width * height], deep = new float[width * height];
        AreaScaler scaler = new(sourceWidth, sourceHeight, width, height);
        scaler.Scale(new PlaneView<byte>(source, sourceWidth, sourceHeight), result);
        ushort[] words = [.. source.Select(v => (ushort)(v * 257))];
        scaler.Scale(new PlaneView<ushort>(words, sourceWidth, sourceHeight), deep);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double sum = 0, area = 0;
                for (int row = 0; row < sourceHeight; row++)
                    for (int column = 0; column < sourceWidth; column++)
                    {
                        double part = Overlap(x, width, column, sourceWidth) * Overlap(y, height, row, sourceHeight);
                        sum += part * source[(row * sourceWidth) + column];
                        area += part;
                    }

                Assert.Equal(sum / area, result[(y * width) + x], FloatTolerance);
                Assert.Equal(sum / area, deep[(y * width) + x] / 257, FloatTolerance);
            }
    }

    [Fact]
    public void Render_FlatColours_AreTheColours()
    {
        using CheckingFramePool pool = new();
        FrameFormat format = new(70, 50, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);
        using VideoFrame frame = VideoFrame.Rent(pool, format, default);
        frame.PlaneBytes(0).Fill(117);
        frame.PlaneBytes(1).Fill(96);
        frame.PlaneBytes(2).Fill(175);
        byte[] rgb = new byte[3 * 20 * 15];
        new RgbThumbnail(format, 20, 15).Render(frame, rgb);
        // By hand: Y' = (117-16)/219 = .46119, C'b = -.14286, C'r = .20982: R' = .79161, G' = .38973, B' = .19610.
        for (int i = 0; i < 300; i++)
            Assert.Equal([202, 99, 50], rgb[(3 * i)..((3 * i) + 3)]);
    }

    private static double Overlap(int index, int count, int sample, int samples) => Math.Max(0, Math.Min(
        (double)(index + 1) * samples / count, sample + 1) - Math.Max((double)index * samples / count, sample));
}
