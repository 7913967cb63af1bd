using VideoMatte.Evaluation.Metrics;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Evaluation.Tests.Metrics;

public sealed class ClipMetricsTests
{
    private const int Precision = 9;

    /// <summary>Two pixels, three frames, by hand. The changes differ by 1/5 and 0 in frame 1, by 0 and 2/5 in frame 2.</summary>
    [Fact]
    public void Mean_ThreeFramesByHand_CountsTheFirstFramesDtSsdAsZero()
    {
        ClipMetrics clip = new(2, 1);
        clip.Add([13107, 0], [0, 0]);
        clip.Add([26214, 13107], [0, 13107]);
        clip.Add([26214, 39321], [0, 13107]);
        double second = 100 * Math.Sqrt(0.04 / 2), third = 100 * Math.Sqrt(0.16 / 2);
        Assert.Equal(0, clip.Frames[0].DtSsd);
        Assert.Equal(second, clip.Frames[1].DtSsd, Precision);
        Assert.Equal(third, clip.Frames[2].DtSsd, Precision);
        Assert.Equal((second + third) / 3, clip.Mean.DtSsd, Precision);
        Assert.Equal(1000 * ((0.2 / 2) + (0.4 / 2) + ((0.4 + 0.4) / 2)) / 3, clip.Mean.Mad, Precision);
        Assert.Equal(1000 * ((0.04 / 2) + (0.16 / 2) + ((0.16 + 0.16) / 2)) / 3, clip.Mean.Mse, Precision);
    }

    /// <summary>A matte that is wrong, and wrong in the same way in every frame, is steady.</summary>
    [Fact]
    public void DtSsd_AConstantError_IsZeroAndOppositeChangeTwoHundred()
    {
        Assert.Equal(0, MatteMetrics.DtSsd([60000, 1000], [40000, 5000], [50000, 0], [30000, 4000]));
        Assert.Equal(200, MatteMetrics.DtSsd([65535, 65535], [0, 0], [0, 0], [65535, 65535]), Precision);
        Assert.Throws<ArgumentException>(() => MatteMetrics.DtSsd(new ushort[2], new ushort[3], new ushort[2], new ushort[3]));
    }

    [Fact]
    public void Add_GradVariant_IsTheOneAskedFor()
    {
        ushort[] truth = [0, 0, 0, 30000, 65535, 65535, 65535, 65535], prediction = [1000, 1000, 1000, 20000, 40000, 40000, 40000, 40000];
        foreach (GradVariant variant in Enum.GetValues<GradVariant>())
            Assert.Equal(new GradMetric(8, 1).Of(prediction, truth, variant), new ClipMetrics(8, 1, variant).Add(prediction, truth).Grad);
        Assert.NotEqual(new ClipMetrics(8, 1).Add(prediction, truth).Grad, new ClipMetrics(8, 1, GradVariant.Lr).Add(prediction, truth).Grad);
    }

    [Fact]
    public void Add_Mattes_AreTheirSamplesAndStayTheCallers()
    {
        using CheckingFramePool pool = new();
        using AlphaMatte a = AlphaMatte.Rent(pool, 3, 2), g = AlphaMatte.Rent(pool, 3, 2), other = AlphaMatte.Rent(pool, 2, 3);
        a.Samples.Fill(100);
        g.Samples.Fill(65535);
        Assert.Equal(new ClipMetrics(3, 2).Add(a.Samples, g.Samples), new ClipMetrics(3, 2).Add(a, g));
        Assert.Throws<ArgumentException>(() => new ClipMetrics(3, 2).Add(a, other));
        Assert.Throws<ArgumentException>(() => new ClipMetrics(3, 2).Add(a.Samples, g.Samples[..5]));
        Assert.Throws<ArgumentException>(() => new ClipMetrics(3, 2).Mean);
    }

    /// <summary>Over clips by frame index first: with unequal lengths not the mean of the clips' means, nor of all frames.</summary>
    [Fact]
    public void MeanOfClips_OfUnequalLengths_GoesByFrameIndex()
    {
        MatteFigures F(double v) => new(v, 2 * v, 3 * v, 4 * v);
        MatteFigures mean = MatteFigures.MeanOfClips([[F(1), F(2), F(9)], [F(3)]]);
        Assert.Equal((2 + 2 + 9) / 3.0, mean.Mad, Precision);
        Assert.Equal(4 * (2 + 2 + 9) / 3.0, mean.DtSsd, Precision);
        Assert.Throws<ArgumentException>(() => MatteFigures.MeanOfClips([]));
    }

    [Fact]
    public void MeanOfClips_ALongClip_CountsItsFirst700FramesOnlyAndItsOwnMeanAll()
    {
        MatteFigures[] clip = [.. Enumerable.Range(0, 900).Select(i => new MatteFigures(i < 700 ? 1 : 100, 0, 0, 0))];
        Assert.Equal(1, MatteFigures.MeanOfClips([clip]).Mad);
        Assert.Equal((700 + 20_000) / 900.0, MatteFigures.Mean(clip).Mad, Precision);
    }
}
