using VideoMatte.Evaluation.Metrics;
using Xunit;

namespace VideoMatte.Evaluation.Tests.Metrics;

/// <summary>The vector twins against the scalar ones: every length up to 140, then some that end off a vector.</summary>
public sealed class MetricTwinsTests
{
    private static IEnumerable<int> Lengths => Enumerable.Range(0, 141).Concat([511, 520, 70_001]);

    [Fact]
    public void CodeSums_VectorTwins_AreTheScalarOnes()
    {
        Random random = new(1);
        foreach (int n in Lengths)
        {
            ushort[][] m = [.. Enumerable.Range(0, 4).Select(_ => Codes(random, n))];
            Assert.Equal(CodeSums.AbsoluteScalar(m[0], m[1]), CodeSums.AbsoluteVector(m[0], m[1]));
            Assert.Equal(CodeSums.SquareScalar(m[0], m[1]), CodeSums.SquareVector(m[0], m[1]));
            Assert.Equal(CodeSums.ChangeSquareScalar(m[0], m[1], m[2], m[3]), CodeSums.ChangeSquareVector(m[0], m[1], m[2], m[3]));
        }
    }

    /// <summary>The largest sums there can be, past every flush of the narrow lanes.</summary>
    [Fact]
    public void CodeSums_OppositeMattes_DoNotOverflow()
    {
        const long Count = 3_000_000;
        ushort[] empty = new ushort[Count], full = new ushort[Count];
        Array.Fill(full, ushort.MaxValue);
        Assert.Equal(Count * 65535, CodeSums.Absolute(empty, full));
        Assert.Equal(Count * 65535 * 65535, CodeSums.Square(full, empty));
        Assert.Equal(Count * 131070 * 131070, CodeSums.ChangeSquare(full, empty, empty, full));
    }

    [Fact]
    public void GradKernel_VectorTwins_AreTheScalarOnes()
    {
        Random random = new(2);
        foreach (int n in Lengths)
        {
            float[] padded = Singles(random, n + 8), smooth = new float[n], slope = new float[n], smoothScalar = new float[n], slopeScalar = new float[n];
            GradKernel.AcrossVector(padded, smooth, slope);
            GradKernel.AcrossScalar(padded, smoothScalar, slopeScalar, 0);
            Assert.Equal(smoothScalar, smooth);
            Assert.Equal(slopeScalar, slope);

            float[] rows = Singles(random, (9 * n) + 3), others = Singles(random, (9 * n) + 3);
            int[] at = [.. Enumerable.Range(0, 9).Select(_ => random.Next((8 * n) + 4))];
            GradKernel.DownVector(rows, others, at, smooth);
            GradKernel.DownScalar(rows, others, at, smoothScalar, 0);
            Assert.Equal(smoothScalar, smooth);

            // The same squares, added in another order.
            double scalar = GradKernel.SquaredDifferenceScalar(smooth, .7f, slope, 1.3f), vector = GradKernel.SquaredDifferenceVector(smooth, .7f, slope, 1.3f);
            Assert.Equal(scalar, vector, 1e-12 * (1 + scalar));

            float[] unit = new float[n], unitScalar = new float[n];
            ushort[] codes = Codes(random, n);
            GradKernel.ToUnitVector(codes, unit);
            GradKernel.ToUnitScalar(codes, unitScalar, 0);
            Assert.Equal(unitScalar, unit);
            if (n > 0)
                Assert.Equal((unit.Min(), unit.Max()), GradKernel.ExtremesVector(unit));
        }
    }

    /// <summary>A code 257 v is v of 8 bits, to the last bit of the single.</summary>
    [Fact]
    public void GradKernel_EightBitCodes_BecomeWhatTheyAreOf255()
    {
        ushort[] codes = [.. Enumerable.Range(0, 256).Select(v => (ushort)(257 * v))];
        float[] unit = new float[256];
        GradKernel.ToUnit(codes, unit);
        Assert.Equal(Enumerable.Range(0, 256).Select(v => v / 255f), unit);
    }

    private static ushort[] Codes(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(4) switch { 0 => (ushort)0, 1 => ushort.MaxValue, _ => (ushort)random.Next(65536) })];

    private static float[] Singles(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
}
