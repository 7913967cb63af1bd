using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class BlurBackgroundTests
{
    /// <summary>In codes of 8 bits: three boxes on cells against a true Gaussian, over a step of 200 codes.</summary>
    private const double GaussianTolerance = 5;

    /// <summary>Pixels over which alpha falls from 1 to 0: none in practice.</summary>
    private const double HardEdge = 1e-3;

    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Next_FlatRoom_StaysFlatWhateverTheSubject(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        FrameFormat large = format with { Width = format.Width + 90, Height = format.Height + 80 };
        foreach (double radius in new[] { 2, 3.3, 9, 40, 1000 })
        {
            using BlurBackground background = new(radius, pool);
            PlaneCodes room = PlaneCodes.Of(new RgbColour(90, 140, 200), large);
            AlphaMatte alpha = Drawn.Disc(pool, large.Width, large.Height, 50, 40, 20, HardEdge);
            using VideoFrame subject = Drawn.Flat(pool, large, large.MaxCode, large.MaxCode, large.MaxCode);
            using VideoFrame behind = Drawn.Flat(pool, large, room.First, room.Second, room.Third);
            VideoFrame picture = PlaneBlend.Composite(subject, alpha, behind, pool);
            using MattedFrame frame = new(picture, alpha);
            VideoFrame blurred = background.Next(frame);
            for (int plane = 0; plane < large.PlaneCount; plane++)
                for (int y = 0; y < large.PlaneHeight(plane); y++)
                    for (int x = 0; x < large.PlaneWidth(plane); x++)
                        if (ChromaAlphaTests.Reference(alpha, large, plane, x, y) == 0)
                            Assert.InRange(Drawn.Get(blurred, plane, x, y) - room[plane], -Halo(large, plane), Halo(large, plane));
        }

        // Full-size samples are covered or not: a code at 8 bits. A subsampled chroma sample on the edge holds both colours and weighs
        // in by its room part: up to a few codes of the 100 and more between them.
        static int Halo(FrameFormat format, int plane) =>
            (format.IsChroma(plane) && format.ChromaShiftX == 1 ? 6 : 1) << (format.Depth - 8);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(33)]
    public void Next_Step_IsNearlyTheGaussians(double radius)
    {
        const int Width = 400, Height = 60;
        using CheckingFramePool pool = new();
        using BlurBackground background = new(radius, pool);
        FrameFormat format = new(Width, Height, PlaneLayout.Gray, 8, new ColourDescription(ColourMatrix.Unspecified, ColourRange.Full));
        VideoFrame picture = VideoFrame.Rent(pool, format, Drawn.At(0));
        for (int i = 0; i < Width * Height; i++)
            picture.Bytes[i] = (byte)(i % Width < Width / 2 ? 20 : 220);
        using MattedFrame frame = new(picture, Drawn.FlatAlpha(pool, Width, Height, 0));
        VideoFrame blurred = background.Next(frame);
        for (int x = (int)(Width / 2 - (3 * radius)); x < (Width / 2) + (3 * radius); x++)
            Assert.InRange(blurred.Bytes[(30 * Width) + x], Step(x) - GaussianTolerance, Step(x) + GaussianTolerance);

        double Step(int x)
        {
            double sum = 0, weights = 0;
            for (int i = 0; i < Width; i++)
            {
                double weight = Math.Exp(-0.5 * (i - x) * (i - x) / (radius * radius));
                sum += weight * (i < Width / 2 ? 20 : 220);
                weights += weight;
            }

            return sum / weights;
        }
    }

    [Theory]
    [InlineData(1.9)]
    [InlineData(1001)]
    [InlineData(double.NaN)]
    public void Constructor_RadiusOutOfRange_IsRefused(double radius)
    {
        using CheckingFramePool pool = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlurBackground(radius, pool));
    }
}
