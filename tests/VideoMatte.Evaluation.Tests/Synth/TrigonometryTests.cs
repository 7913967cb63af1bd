using VideoMatte.Evaluation.Synth;
using Xunit;

namespace VideoMatte.Evaluation.Tests.Synth;

public sealed class TrigonometryTests
{
    /// <summary>The first term left out of the series, x^15 / 15!, is at most 6.7e-10 at a quarter turn.</summary>
    private const double Tolerance = 1e-9;

    [Fact]
    public void SinAndCos_AnyAngle_AgreeWithThePlatform()
    {
        for (int i = -20_000; i <= 20_000; i++)
        {
            double angle = i * 0.00731;
            Assert.InRange(Trigonometry.Sin(angle) - Math.Sin(angle), -Tolerance, Tolerance);
            Assert.InRange(Trigonometry.Cos(angle) - Math.Cos(angle), -Tolerance, Tolerance);
        }
    }
}
