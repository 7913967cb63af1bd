using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class ChromaAlphaTests
{
    /// <summary>Alpha at a plane's sample by the kernels as DESIGN and H.273 write them, in double precision; not rounded.</summary>
    public static double Reference(AlphaMatte alpha, FrameFormat format, int plane, int x, int y)
    {
        if (!format.IsChroma(plane) || format.ChromaShiftX == 0)
            return alpha.Row(y)[x];
        bool centre = format.Colour.Siting == ChromaSiting.Centre, onRow = format.Colour.Siting == ChromaSiting.TopLeft;
        (int, double)[] across = centre ? [(0, .5), (1, .5)] : [(-1, .25), (0, .5), (1, .25)];
        (int, double)[] down = format.ChromaShiftY == 0 ? [(0, 1.0)] : onRow ? [(-1, .25), (0, .5), (1, .25)] : [(0, .5), (1, .5)];
        double sum = 0;
        foreach ((int dx, double wx) in across)
            foreach ((int dy, double wy) in down)
            {
                int row = Math.Clamp((y << format.ChromaShiftY) + dy, 0, alpha.Height - 1);
                int column = Math.Clamp((2 * x) + dx, 0, alpha.Width - 1);
                sum += wx * wy * alpha.Row(row)[column];
            }

        return sum;
    }

    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Rent_AnySubsampledFormat_IsTheSitingKernel(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        using AlphaMatte alpha = Drawn.NoiseAlpha(pool, format.Width, format.Height, 6);
        if (format.ChromaShiftX == 0)
        {
            Assert.Throws<ArgumentException>(() => ChromaAlpha.Rent(alpha, format, pool));
            return;
        }

        using AlphaMatte chroma = ChromaAlpha.Rent(alpha, format, pool);
        Assert.Equal((format.PlaneWidth(1), format.PlaneHeight(1)), (chroma.Width, chroma.Height));
        for (int y = 0; y < chroma.Height; y++)
            for (int x = 0; x < chroma.Width; x++)
                Assert.Equal(Math.Floor(Reference(alpha, format, 1, x, y) + 0.5), chroma.Row(y)[x]);
    }

    [Fact]
    public void FilterRow_EveryLength_TwinsAgree()
    {
        Random random = new(3);
        for (int length = 1; length <= 520; length++)
        {
            ushort[][] rows = [.. Enumerable.Range(0, 3).Select(_ => Row(random, length))];
            foreach ((uint above, uint middle, uint below, int down) in new[] { (0u, 1u, 0u, 0), (0u, 1u, 1u, 1), (1u, 2u, 1u, 2) })
            {
                foreach (bool onColumn in new[] { false, true })
                {
                    ushort[] scalar = new ushort[(length + 1) / 2], vector = new ushort[(length + 1) / 2];
                    int shift = down + (onColumn ? 2 : 1);
                    ChromaAlpha.FilterRowScalar(rows[0], rows[1], rows[2], above, middle, below, onColumn, shift, 0, scalar.Length, scalar);
                    ChromaAlpha.FilterRowVector(rows[0], rows[1], rows[2], above, middle, below, onColumn, shift, vector);
                    Assert.Equal(scalar, vector);
                }
            }
        }
    }

    /// <summary>Why the kernel: 4:2:0 made from a composite in R'G'B' (left-sited chroma by the same kernel that makes the source's) is
    /// what the composite on planes should come out as. A point-sampled alpha misses it by over ten times as much.</summary>
    [Fact]
    public void Rent_HardSlantedEdge_ChromaErrorIsFarBelowPointSampling()
    {
        const int Width = 256, Height = 256;
        using CheckingFramePool pool = new();
        FrameFormat format = Drawn.Yuv420(Width, Height);
        using AlphaMatte alpha = Drawn.Disc(pool, Width, Height, 120.3, 130.7, 80, 1.5);
        using AlphaMatte chroma = ChromaAlpha.Rent(alpha, format, pool);
        double filtered = 0, pointed = 0;
        int edge = 0;
        const double Front = 200, Back = 60;
        for (int y = 0; y < Height / 2; y++)
        {
            for (int x = 0; x < Width / 2; x++)
            {
                double truth = Reference(alpha, format, 1, x, y) / 65535;
                double point = alpha.Row(2 * y)[2 * x] / 65535.0;
                if (truth is 0 or 1)
                    continue;
                edge++;
                double wanted = (truth * Front) + ((1 - truth) * Back), a = chroma.Row(y)[x] / 65535.0;
                filtered += Math.Abs(Math.Round((a * Front) + ((1 - a) * Back)) - wanted);
                pointed += Math.Abs(Math.Round((point * Front) + ((1 - point) * Back)) - wanted);
            }
        }

        Assert.True(edge > 300);
        Assert.True(filtered / edge < 0.5, "no more than rounding is lost");
        Assert.True(pointed > 10 * filtered, "point sampling must lose over ten times as much");
    }

    private static ushort[] Row(Random random, int length)
    {
        ushort[] row = new ushort[length];
        foreach (ref ushort value in row.AsSpan())
            value = (ushort)(random.Next(4) switch { 0 => 0, 1 => 65535, _ => random.Next(65536) });
        return row;
    }
}
