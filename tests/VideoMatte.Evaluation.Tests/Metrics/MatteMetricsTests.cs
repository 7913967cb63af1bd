using VideoMatte.Evaluation.Metrics;
using Xunit;

namespace VideoMatte.Evaluation.Tests.Metrics;

public sealed class MatteMetricsTests
{
    private const int Precision = 9;

    private static readonly ushort[] Truth = [0, 65535, 32768, 13107, 65535, 0];
    private static readonly ushort[] Prediction = [0, 52428, 32768, 0, 65535, 6554];

    [Fact]
    public void MadAndMse_KnownMattes_AreThousandthsOfTheMean()
    {
        // Differences 13107 = 1/5 of full twice, and 6554.
        double part = 6554 / 65535.0;
        Assert.Equal(1000 * (0.2 + 0.2 + part) / 6, MatteMetrics.Mad(Prediction, Truth), Precision);
        Assert.Equal(1000 * (0.04 + 0.04 + (part * part)) / 6, MatteMetrics.Mse(Prediction, Truth), Precision);
    }

    [Fact]
    public void MadAndMse_OppositeMattes_AreAThousandAndEqualOnesZero()
    {
        ushort[] empty = new ushort[1000], full = new ushort[1000];
        Array.Fill(full, ushort.MaxValue);
        Assert.Equal(1000, MatteMetrics.Mad(empty, full), Precision);
        Assert.Equal(1000, MatteMetrics.Mse(full, empty), Precision);
        Assert.Equal(0, MatteMetrics.Mad(full, full));
        Assert.Equal(0, MatteMetrics.Mse(full, full));
    }

    [Fact]
    public void MadAndMse_EightBitMattesWidened_AgreeWithNumpyOnEightBits()
    {
        // a = (i * 7) % 256, g = (i * 13 + 5) % 256 for i in 0..9999, as numpy gives 1e3 * mean in float64 on v / 255; a code v is 257 v.
        ushort[] a = [.. Enumerable.Range(0, 10_000).Select(i => (ushort)(257 * (i * 7 % 256)))];
        ushort[] g = [.. Enumerable.Range(0, 10_000).Select(i => (ushort)(257 * (((i * 13) + 5) % 256)))];
        Assert.Equal(329.74901960784314, MatteMetrics.Mad(a, g), Precision);
        Assert.Equal(163.0947604767397, MatteMetrics.Mse(a, g), Precision);
    }

    [Fact]
    public void BandMad_OnlyTheTrueBand_Counts()
    {
        Assert.Equal(1000 * 0.2 / 2, MatteMetrics.BandMad(Prediction, Truth, 0.02, 0.98)!.Value, Precision);
        Assert.Null(MatteMetrics.BandMad([1, 2], [0, 65535], 0.02, 0.98));
    }

    [Fact]
    public void Metrics_MattesOfTwoSizesOrNone_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => MatteMetrics.Mad(new ushort[3], new ushort[4]));
        Assert.Throws<ArgumentException>(() => MatteMetrics.Mse([], []));
        Assert.Throws<ArgumentException>(() => MatteMetrics.BandMad(new ushort[3], new ushort[4], 0, 1));
    }
}
