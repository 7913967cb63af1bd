using VideoMatte.Temporal.Flow;
using Xunit;

namespace VideoMatte.Tests.Temporal.Flow;

public sealed class GreyKernelTests
{
    [Fact]
    public void Weigh_EveryLength_IsTheFormula()
    {
        Random random = new(3);
        for (int length = 0; length < 70; length++)
        {
            byte[] here = Lines.Bytes(random, length), there = Lines.Bytes(random, length);
            float[] confidence = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())], weighed = [.. confidence];
            GreyKernel.Weigh(here, there, 40, weighed);
            for (int i = 0; i < length; i++)
                Assert.Equal(confidence[i] * Math.Exp(-Math.Pow((here[i] - there[i]) / 40.0, 2)), weighed[i], 1e-6);
        }
    }

    /// <summary>At 0 the neutral, at 1 the picture, between them rounded to the nearest.</summary>
    [Fact]
    public void Fade_EveryLength_IsTheFormula()
    {
        Random random = new(4);
        for (int length = 0; length < 70; length++)
        {
            byte[] grey = Lines.Bytes(random, length), faded = [.. grey];
            float[] soft = [.. Enumerable.Range(0, length).Select(i => (i % 4) switch { 0 => 0, 1 => 1, _ => random.NextSingle() })];
            GreyKernel.Fade(faded, soft, 128);
            for (int i = 0; i < length; i++)
                Assert.InRange(faded[i] - (128 + (soft[i] * (grey[i] - 128.0))), -.50001, .50001);
        }
    }
}
