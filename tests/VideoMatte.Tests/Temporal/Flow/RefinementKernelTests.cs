using VideoMatte.Temporal.Flow;
using Xunit;

namespace VideoMatte.Tests.Temporal.Flow;

public sealed class RefinementKernelTests
{
    private readonly Random _random = new(4);

    [Fact]
    public void Constraints_EveryLength_TwinsAgree()
    {
        for (int length = 1; length <= 260; length++)
        {
            int stride = length + (2 * ConstraintKernel.Border);
            float[] mean = Lines.Floats(_random, 5 * stride, 255), change = Lines.Floats(_random, 5 * stride, 255);
            float[] u = Lines.Floats(_random, length, 40), v = Lines.Floats(_random, length, 40);
            float[] scalar = new float[ConstraintKernel.Planes * length], vector = new float[scalar.Length];
            ConstraintKernel.LineScalar(new FiveLines(mean, stride), new FiveLines(change, stride), u, v, scalar, 0);
            ConstraintKernel.LineVector(new FiveLines(mean, stride), new FiveLines(change, stride), u, v, vector);
            Assert.Equal(scalar, vector);
        }
    }

    /// <summary>On a plane that slopes by 4 and brightens by 2 the first line is the textbook's: 4 u = 4 u0 - 2, over the slope's length.</summary>
    [Fact]
    public void Constraints_OnASlope_AreTheBrightnessLine()
    {
        float[] slope = [.. Enumerable.Range(0, 5 * 12).Select(i => 4f * (i % 12))], brighter = [.. Enumerable.Repeat(2f, 5 * 12)];
        float[] u = [.. Enumerable.Repeat(3f, 8)], v = new float[8], lines = new float[ConstraintKernel.Planes * 8];
        ConstraintKernel.Line(new FiveLines(slope, 12), new FiveLines(brighter, 12), u, v, lines);
        float length = MathF.Sqrt(16.01f);
        Assert.All(lines[..8], a => Assert.Equal(4 / length, a, 1e-6f));
        Assert.All(lines[8..16], b => Assert.Equal(0, b));
        Assert.All(lines[16..24], k => Assert.Equal(10 / length, k, 1e-6f));
        // A plane's gradient is the same everywhere: the other two lines ask nothing.
        Assert.All(lines[24..], rest => Assert.Equal(0, rest));
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(9, 5)]
    [InlineData(33, 4)]
    [InlineData(160, 3)]
    public void EveryStep_AnyRow_TwinsAgree(int width, int height)
    {
        Checkerboard board = new(width, height);
        float[] flow = Fill(board.Allocate(RefinementKernel.FlowPlanes), 40), constraints = Fill(board.Allocate(ConstraintKernel.Planes), 1);
        float[] system = [.. Fill(board.Allocate(RefinementKernel.SystemPlanes), 1).Select(Math.Abs)];
        for (int y = 0; y < height; y++)
        {
            for (int colour = 0; colour < 2; colour++)
            {
                CheckerRow shape = CheckerRow.Of(board, colour, y);
                int other = 1 - colour;
                float[] Flow(int c, int row) => board.Row(flow, RefinementKernel.FlowPlanes, c, row).ToArray();
                float[] System(int c, int row) => board.Row(system, RefinementKernel.SystemPlanes, c, row).ToArray();
                float[] scalar = System(colour, y), vector = System(colour, y), moved = Flow(colour, y), movedVector = Flow(colour, y);
                RefinementKernel.TiesScalar(moved, Flow(other, y), Flow(other, y + 1), shape, 20, scalar);
                RefinementKernel.TiesVector(moved, Flow(other, y), Flow(other, y + 1), shape, 20, vector);
                Assert.Equal(scalar, vector);
                float[] lines = board.Row(constraints, ConstraintKernel.Planes, colour, y).ToArray();
                RefinementKernel.EquationsScalar(moved, lines, System(other, y), System(other, y - 1), shape, 5, 10, scalar);
                RefinementKernel.EquationsVector(moved, lines, System(other, y), System(other, y - 1), shape, 5, 10, vector);
                Assert.Equal(scalar, vector);
                CheckerNeighbours around = new(System(other, y), System(other, y - 1), Flow(other, y), Flow(other, y - 1), Flow(other, y + 1));
                RefinementKernel.RelaxScalar(scalar, around, shape, moved);
                RefinementKernel.RelaxVector(scalar, around, shape, movedVector);
                Assert.Equal(moved, movedVector);
            }
        }
    }

    private float[] Fill(float[] memory, float most) => Lines.Floats(_random, memory.Length, most);
}
