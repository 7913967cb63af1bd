using VideoMatte.Frames;
using Xunit;

namespace VideoMatte.Tests.Frames;

/// <summary>Curves against points the standards print, tables against their curves.</summary>
public sealed class TransferCurveTests
{
    /// <summary>Printed points have three or four digits.</summary>
    private const double PrintedTolerance = 5e-4;

    /// <summary>Straight pieces against the curve, relative to the larger of 1 and the value.</summary>
    private const double TableTolerance = 2e-6;

    [Theory]
    [InlineData(ColourTransfer.Srgb, 128 / 255.0, 0.2159)]
    [InlineData(ColourTransfer.Unspecified, 128 / 255.0, 0.2159)]
    [InlineData(ColourTransfer.Srgb, 0.04045, 0.003131)]
    [InlineData(ColourTransfer.Bt709, 0.5, 0.2597)]
    [InlineData(ColourTransfer.Bt2020Bits10, 0.5, 0.2597)]
    [InlineData(ColourTransfer.Bt709, 0.081, 0.018)]
    [InlineData(ColourTransfer.Gamma22, 0.5, 0.2176)]
    [InlineData(ColourTransfer.Log100, 0.5, 0.1)]
    [InlineData(ColourTransfer.Linear, 0.3, 0.3)]
    [InlineData(ColourTransfer.Pq, 0.58069, 1)] // BT.2408: 203 cd/m2 at 58 %
    [InlineData(ColourTransfer.Pq, 0.50808, 100 / 203.0)]
    [InlineData(ColourTransfer.Pq, 1, 10000 / 203.0)]
    [InlineData(ColourTransfer.Hlg, 0.75, 1)]
    [InlineData(ColourTransfer.Hlg, 1, 3.774)] // 1 / 0.26496
    public void ToLight_PrintedPoints_AreMet(ColourTransfer transfer, double code, double light) =>
        Assert.InRange(TransferCurve.ToLight(transfer, code), light - (PrintedTolerance * Math.Max(1, light)), light + (PrintedTolerance * Math.Max(1, light)));

    [Theory]
    [InlineData(0.005, 0.0151)] // a display of BT.2390's examples
    [InlineData(100, 0.5081)]
    [InlineData(203, 0.5807)]
    [InlineData(1000, 0.7518)]
    [InlineData(4000, 0.9026)]
    [InlineData(10000, 1)]
    public void Pq_PrintedLuminances_GoThereAndBack(double nits, double code)
    {
        Assert.InRange(TransferCurve.PqOfNits(nits), code - PrintedTolerance, code + PrintedTolerance);
        Assert.InRange(TransferCurve.PqToNits(TransferCurve.PqOfNits(nits)), nits * (1 - 1e-9), nits * (1 + 1e-9));
    }

    [Fact]
    public void ToLight_EveryTransfer_RisesFromBlack()
    {
        foreach (ColourTransfer transfer in Enum.GetValues<ColourTransfer>())
        {
            Assert.Equal(0, TransferCurve.ToLight(transfer, -0.1), 9);
            double before = -1;
            for (double code = 0; code <= TransferCurve.Highest(transfer); code += 1 / 1023.0)
            {
                double light = TransferCurve.ToLight(transfer, code);
                Assert.True(light > before, $"{transfer} at {code}");
                before = light;
            }
        }
    }

    [Fact]
    public void Table_BetweenItsEntries_IsTheCurve()
    {
        foreach (ColourTransfer transfer in Enum.GetValues<ColourTransfer>())
        {
            double top = TransferCurve.Highest(transfer);
            CurveTable table = new(code => TransferCurve.ToLight(transfer, code), top);
            for (double code = 0; code <= top; code += 0.000317)
            {
                double light = TransferCurve.ToLight(transfer, (float)code);
                Assert.InRange(table[(float)code] - light, -TableTolerance * Math.Max(1, light), TableTolerance * Math.Max(1, light));
            }

            Assert.Equal((float)TransferCurve.ToLight(transfer, top), table[1e9f]);
            Assert.Equal(0, table[-1]);
            Assert.Equal(0, table[float.NaN]);
        }
    }
}
