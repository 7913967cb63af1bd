using VideoMatte.Matting.Solver;
using Xunit;

namespace VideoMatte.Tests.Matting.Solver;

/// <summary>Where the answer is known beforehand.</summary>
public sealed class ClosedFormSolverTests
{
    /// <summary>A picture that is a blend of two colours has the blend as its alpha: the colour line is exact, whatever the ramp.</summary>
    [Theory]
    [InlineData(64, 48)]
    [InlineData(151, 97)]
    [InlineData(24, 400)]
    [InlineData(700, 20)]
    public void Solve_ABlendOfTwoColours_GivesTheBlend(int width, int height)
    {
        int pixels = width * height;
        float[] rgb = new float[3 * pixels], truth = new float[pixels], alpha = new float[pixels];
        byte[] trimap = new byte[pixels];
        for (int i = 0; i < pixels; i++)
        {
            float wave = .1f * MathF.Sin(i / width * .3f);
            truth[i] = Math.Clamp((((i % width) + .5f) / width * 1.6f) - .3f + wave, 0, 1);
            (rgb[i], rgb[pixels + i], rgb[(2 * pixels) + i]) = (.2f + (.6f * truth[i]), .7f - (.5f * truth[i]), .3f + (.1f * truth[i]));
            trimap[i] = i % width < width / 12 ? Trimap.Outside : i % width >= width - (width / 12) ? Trimap.Inside : Trimap.Open;
        }

        using var solver = new ClosedFormSolver();
        solver.Solve(rgb, trimap, alpha, width, height);
        double worst = alpha.Zip(truth, (a, t) => Math.Abs(a - t)).Max();
        // Epsilon (1e-7) holds alpha a little flatter than the colours are; two codes of 8 bits are the float picture's own noise over that.
        Assert.True(worst < 2.0 / 255, $"{worst * 255:F2}/255");
    }

    /// <summary>Smaller than a window, or nothing open, or nothing known: no window says anything, and the guess stays.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 9)]
    public void Solve_APictureUnderAWindow_KeepsTheGuess(int width, int height)
    {
        int pixels = width * height;
        float[] alpha = [.. Enumerable.Repeat(.25f, pixels)];
        byte[] trimap = new byte[pixels];
        Array.Fill(trimap, Trimap.Open);
        using var solver = new ClosedFormSolver();
        solver.Solve(new float[3 * pixels], trimap, alpha, width, height);
        Assert.All(alpha, a => Assert.Equal(.25f, a));
    }

    [Fact]
    public void Solve_ABlackPicture_StaysBetweenTheEnds()
    {
        const int Width = 40, Height = 30;
        byte[] trimap = new byte[Width * Height];
        for (int i = 0; i < trimap.Length; i++)
            trimap[i] = i % Width < 5 ? Trimap.Outside : i % Width >= 35 ? Trimap.Inside : Trimap.Open;
        float[] alpha = new float[trimap.Length];
        using var solver = new ClosedFormSolver();
        solver.Solve(new float[3 * trimap.Length], trimap, alpha, Width, Height);
        // One colour tells nothing apart: alpha goes smoothly from one end to the other.
        for (int x = 6; x < 35; x++)
            Assert.InRange(alpha[(15 * Width) + x] - alpha[(15 * Width) + x - 1], 0, .1f);
        Assert.All(alpha, a => Assert.InRange(a, 0, 1));
    }

    /// <summary>Who waits is told of every tenth iteration at every size, and may call the solver off.</summary>
    [Fact]
    public void Solve_WhileItRuns_TellsHowFarItIs()
    {
        const int Width = 150, Height = 100;
        (float[] rgb, byte[] trimap, float[] alpha) = Noise(Width, Height);
        List<SolverStep> steps = [];
        using (var solver = new ClosedFormSolver(steps.Add))
            solver.Solve(rgb, trimap, alpha, Width, Height);
        Assert.All(steps, s => Assert.Equal(0, s.Iteration % 10));
        // The half size first, then the full one.
        Assert.Equal(2, steps.Select(s => s.OpenPixels).Distinct().Count());
        Assert.True(steps.Count > 4, $"{steps.Count} steps");
        using var stopped = new ClosedFormSolver(s =>
        {
            if (s.Iteration == 20)
                throw new OperationCanceledException();
        });
        Assert.Throws<OperationCanceledException>(() => stopped.Solve(rgb, trimap, alpha, Width, Height));
    }

    [Fact]
    public void Solve_BuffersOfAnotherSize_AreRefused()
    {
        using var solver = new ClosedFormSolver();
        Assert.Throws<ArgumentException>(() => solver.Solve(new float[12], new byte[5], new float[4], 2, 2));
    }

    /// <summary>No colour line anywhere: many iterations.</summary>
    private static (float[] Rgb, byte[] Trimap, float[] Alpha) Noise(int width, int height)
    {
        Random random = new(3);
        int pixels = width * height;
        float[] rgb = [.. Enumerable.Range(0, 3 * pixels).Select(_ => random.NextSingle())];
        byte[] trimap = [.. Enumerable.Range(0, pixels).Select(i => i % width < 10 ? Trimap.Outside : i % width >= width - 10 ? Trimap.Inside : Trimap.Open)];
        return (rgb, trimap, new float[pixels]);
    }
}
