using VideoMatte.Temporal.Flow;
using Xunit;

namespace VideoMatte.Tests.Temporal.Flow;

/// <summary>Twins that work on lines of pictures and of flows: the same bits at every length.</summary>
public sealed class PictureKernelTests
{
    private const int Longest = 520;

    private readonly Random _random = new(1);

    [Fact]
    public void Half_EveryLength_TwinsAgreeAndAreTheBinomialMean()
    {
        for (int length = 0; length <= Longest; length++)
        {
            byte[][] lines = [.. Enumerable.Range(0, 4).Select(_ => Lines.Bytes(_random, length))];
            float[][] floats = [.. lines.Select(l => l.Select(b => (float)b).ToArray())];
            float[] scalar = new float[length], vector = new float[length], scalarOfFloats = new float[length], vectorOfFloats = new float[length];
            HalfKernel.DownScalar(lines[0], lines[1], lines[2], lines[3], scalar, 0);
            HalfKernel.DownVector(lines[0], lines[1], lines[2], lines[3], vector);
            HalfKernel.DownScalar(floats[0], floats[1], floats[2], floats[3], scalarOfFloats, 0);
            HalfKernel.DownVector(floats[0], floats[1], floats[2], floats[3], vectorOfFloats);
            Assert.Equal(scalar, vector);
            Assert.Equal(scalar, scalarOfFloats);
            Assert.Equal(scalar, vectorOfFloats);
            int pairs = Math.Max(0, (length - 2) / 2);
            float[] half = new float[pairs], halfVector = new float[pairs];
            HalfKernel.AcrossScalar(scalar, half, 0);
            HalfKernel.AcrossVector(scalar, halfVector);
            Assert.Equal(half, halfVector);
            for (int i = 0; i < pairs; i++)
                Assert.Equal(Enumerable.Range(0, 16).Sum(k => Weight(k % 4) * Weight(k / 4) * (double)lines[k / 4][(2 * i) + (k % 4)]) / 64, half[i]);
        }

        static int Weight(int place) => place is 0 or 3 ? 1 : 3;
    }

    [Fact]
    public void Sobel_EveryLength_TwinsAgreeAndOneSlopeIsItself()
    {
        for (int length = 0; length <= Longest; length++)
        {
            float[][] lines = [.. Enumerable.Range(0, 3).Select(_ => Lines.Floats(_random, length + 2, 255))];
            float[] x = new float[length], y = new float[length], vectorX = new float[length], vectorY = new float[length];
            GradientKernel.SobelScalar(lines[0], lines[1], lines[2], x, y, 0);
            GradientKernel.SobelVector(lines[0], lines[1], lines[2], vectorX, vectorY);
            Assert.Equal(x, vectorX);
            Assert.Equal(y, vectorY);
            float[] Ramp(int row) => [.. Enumerable.Range(0, length + 2).Select(i => (3f * i) - (2 * row))];
            GradientKernel.Sobel(Ramp(0), Ramp(1), Ramp(2), x, y);
            Assert.All(x, g => Assert.Equal(3, g));
            Assert.All(y, g => Assert.Equal(-2, g));
        }
    }

    [Fact]
    public void Rows_EveryLength_TwinsAgree()
    {
        for (int length = 0; length <= Longest; length++)
        {
            float[] a = Lines.Floats(_random, length, 80), b = Lines.Floats(_random, length, 80), scalar = new float[length], vector = new float[length];
            RowKernel.MixScalar(a, b, .3f, 1.7f, scalar, 0);
            RowKernel.MixVector(a, b, .3f, 1.7f, vector);
            Assert.Equal(scalar, vector);
            float[] second = [.. b], secondVector = [.. b];
            RowKernel.MeanAndChangeScalar(a, second, scalar, 0);
            RowKernel.MeanAndChangeVector(a, secondVector, vector);
            Assert.Equal(scalar, vector);
            Assert.Equal(second, secondVector);
            float[] divisors = [.. a.Select(d => Math.Abs(d) + .01f)];
            RowKernel.DivideScalar(divisors, scalar, second, 0);
            RowKernel.DivideVector(divisors, vector, secondVector);
            Assert.Equal(scalar, vector);
            Assert.Equal(second, secondVector);
        }
    }

    [Fact]
    public void Checker_EveryLength_TwinsAgreeAndJoinUndoesSplit()
    {
        for (int pairs = 0; pairs <= Longest / 2; pairs++)
        {
            float[] line = Lines.Floats(_random, 2 * pairs, 80), even = new float[pairs], odd = new float[pairs];
            float[] evenVector = new float[pairs], oddVector = new float[pairs], joined = new float[2 * pairs], joinedVector = new float[2 * pairs];
            CheckerKernel.SplitScalar(line, even, odd, 0);
            CheckerKernel.SplitVector(line, evenVector, oddVector);
            Assert.Equal(line.Where((_, i) => i % 2 == 0), even);
            Assert.Equal(even, evenVector);
            Assert.Equal(odd, oddVector);
            CheckerKernel.JoinScalar(even, odd, joined, 0);
            CheckerKernel.JoinVector(even, odd, joinedVector);
            Assert.Equal(line, joined);
            Assert.Equal(line, joinedVector);
        }
    }
}
