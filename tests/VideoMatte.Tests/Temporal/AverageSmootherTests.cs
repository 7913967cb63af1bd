using VideoMatte.Frames;
using VideoMatte.Temporal;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Temporal;

public sealed class AverageSmootherTests
{
    [Fact]
    public void Create_NoStrength_BuildsNoStage() => Assert.Null(AverageSmoother.Create(0));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Create_StrengthOutOfRange_IsAUsageError(double strength) =>
        Assert.Equal(ErrorKind.Usage, Assert.Throws<MatteException>(() => AverageSmoother.Create(strength)).Kind);

    [Fact]
    public void Process_AStep_RunsAfterItByTheFormula()
    {
        using CheckingFramePool pool = new();
        using AverageSmoother stage = AverageSmoother.Create(0.75)!;
        ushort weight = (ushort)Math.Round(0.75 * 65535);
        ushort wanted = 0;
        Assert.Equal(0, Value(pool, stage, 0, startsShot: true));
        for (int i = 1; i < 60; i++)
        {
            wanted = (ushort)Math.Round(((65535.0 * (65535 - weight)) + ((double)wanted * weight)) / 65535);
            Assert.Equal(wanted, Value(pool, stage, 65535));
        }

        Assert.True(wanted > 65500);
    }

    [Fact]
    public void Process_ASteadyMatte_StaysAsItIs()
    {
        using CheckingFramePool pool = new();
        using AverageSmoother stage = AverageSmoother.Create(0.5)!;
        foreach (ushort value in new ushort[] { 1, 777, 32767, 65535 })
        {
            stage.Reset();
            for (int i = 0; i < 5; i++)
                Assert.Equal(value, Value(pool, stage, value));
        }
    }

    [Fact]
    public void Process_FirstFrameOfAShot_IsTakenAsItIs()
    {
        using CheckingFramePool pool = new();
        using AverageSmoother stage = AverageSmoother.Create(0.9)!;
        Value(pool, stage, 65535, startsShot: true);
        Assert.NotEqual(0, Value(pool, stage, 0));
        Assert.Equal(0, Value(pool, stage, 0, startsShot: true));
        Value(pool, stage, 65535);
        stage.Reset();
        Assert.Equal(100, Value(pool, stage, 100));
    }

    private static ushort Value(IFramePool pool, AverageSmoother stage, ushort alpha, bool startsShot = false)
    {
        VideoFrame picture = Drawn.Noise(pool, Drawn.Yuv420(19, 5), 1);
        picture.StartsShot = startsShot;
        using MattedFrame result = Drawn.Through(stage, new MattedFrame(picture, Drawn.FlatAlpha(pool, 19, 5, alpha)));
        Assert.False(result.Alpha.Samples.ContainsAnyExcept(result.Alpha.Samples[0]));
        return result.Alpha.Samples[0];
    }
}
