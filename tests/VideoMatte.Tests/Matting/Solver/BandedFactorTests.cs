using VideoMatte.Matting.Solver;
using Xunit;

namespace VideoMatte.Tests.Matting.Solver;

public sealed class BandedFactorTests
{
    /// <summary>Bands narrower and wider than a vector, up to the whole matrix: the solution, multiplied by the matrix again, is the right-hand
    /// side.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 1)]
    [InlineData(40, 3)]
    [InlineData(60, 17)]
    [InlineData(30, 29)]
    public void Solve_ABandedSystem_IsItsSolution(int count, int band)
    {
        Random random = new(5);
        double[,] matrix = new double[count, count];
        BandedFactor factor = new(count, band);
        for (int row = 0; row < count; row++)
            for (int column = Math.Max(0, row - band); column <= row; column++)
            {
                // Heavier on the diagonal than the rest of its row together: positive.
                double value = row == column ? (2 * band) + 1 + random.NextDouble() : (2 * random.NextDouble()) - 1;
                (matrix[row, column], matrix[column, row]) = (value, value);
                factor.Add(row, column, value / 2);
                factor.Add(row, column, value / 2);
            }

        Assert.True(factor.TryFactor());
        double[] right = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - .5)], x = [.. right];
        factor.Solve(x);
        for (int row = 0; row < count; row++)
        {
            double sum = Enumerable.Range(0, count).Sum(column => matrix[row, column] * x[column]);
            // What is added to the diagonal is a hundred-millionth of it.
            Assert.Equal(right[row], sum, 1e-6);
        }
    }

    /// <summary>A row that nothing was added to stands for nobody, and changes nobody.</summary>
    [Fact]
    public void Solve_WithAnEmptyRow_SolvesTheOthers()
    {
        BandedFactor factor = new(3, 2);
        factor.Add(0, 0, 4);
        factor.Add(2, 2, 2);
        Assert.True(factor.TryFactor());
        double[] x = [8, 5, 6];
        factor.Solve(x);
        Assert.Equal([2, 5, 3], x.Select(v => Math.Round(v, 6)));
    }

    [Fact]
    public void TryFactor_OfWhatIsNotPositive_IsFalse()
    {
        BandedFactor factor = new(2, 1);
        factor.Add(0, 0, 1);
        factor.Add(1, 0, 5);
        factor.Add(1, 1, 1);
        Assert.False(factor.TryFactor());
    }
}
