using VideoMatte.Evaluation.Synth;
using Xunit;

namespace VideoMatte.Evaluation.Tests.Synth;

public sealed class Pcg32Tests
{
    [Fact]
    public void Next_SeededAsThePublishedDemo_GivesThePublishedNumbers()
    {
        // The first round of pcg32-demo (seed 42, stream 54), as its authors print it.
        var random = new Pcg32(42, 54);
        uint[] drawn = [random.Next(), random.Next(), random.Next(), random.Next(), random.Next(), random.Next()];
        Assert.Equal([0xa15c02b7u, 0x7b47f409u, 0xba1d3330u, 0x83d2f293u, 0xbfa4784bu, 0xcbed606eu], drawn);
    }

    [Fact]
    public void NextNoise_ManyDraws_HasMeanZeroAndVarianceOne()
    {
        const int Draws = 200_000;
        var random = new Pcg32(1, 2);
        double sum = 0, squares = 0;
        for (int i = 0; i < Draws; i++)
        {
            float value = random.NextNoise();
            Assert.InRange(value, -3.5f, 3.5f);
            sum += value;
            squares += value * value;
        }

        // Five standard errors of the mean and of the variance.
        Assert.InRange(sum / Draws, -0.0112, 0.0112);
        Assert.InRange(squares / Draws, 0.985, 1.015);
    }
}
