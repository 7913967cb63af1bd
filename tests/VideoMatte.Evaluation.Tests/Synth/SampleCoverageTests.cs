using VideoMatte.Frames;
using Xunit;
using static System.FormattableString;

namespace VideoMatte.Evaluation.Tests.Synth;

/// <summary>What the clip promises about where the subject is, and for how long.</summary>
[Collection(DrawnClipCollection.Name)]
public sealed class SampleCoverageTests(DrawnClip drawn)
{
    /// <summary>Alpha from which a pixel of the background counts as covered, in codes of 16 bits.</summary>
    private const int Covered = (int)(0.01 * AlphaMatte.Opaque);

    private const int Second = 25;

    [Fact]
    public void Subject_EveryFrame_CoversFifteenToFortyPercent()
    {
        for (int i = 0; i < drawn.Alphas.Length; i++)
        {
            double mean = drawn.Alphas[i].Average(a => (double)a) / AlphaMatte.Opaque;
            double touched = (double)drawn.Alphas[i].Count(a => a >= Covered) / drawn.Pixels;
            Assert.True(mean >= 0.15, Invariant($"frame {i}: mean alpha {mean:f4}"));
            Assert.True(touched <= 0.40, Invariant($"frame {i}: {touched:f4} touched"));
        }
    }

    [Fact]
    public void Background_EveryWindowOfASecond_IsSeenInSixtyPercentOfItsFrames()
    {
        int[] starts = [.. drawn.Clip.ShotStarts, drawn.Clip.FrameCount];
        for (int shot = 0; shot + 1 < starts.Length; shot++)
        {
            // Frames covered within the window that ends here, for each pixel.
            var covered = new int[drawn.Pixels];
            for (int i = starts[shot]; i < starts[shot + 1]; i++)
            {
                Count(covered, drawn.Alphas[i], 1);
                if (i - starts[shot] >= Second)
                    Count(covered, drawn.Alphas[i - Second], -1);
                if (i - starts[shot] >= Second - 1)
                    Assert.True(
                        covered.Max() <= Second * 4 / 10,
                        Invariant($"window to frame {i}: a pixel covered in {covered.Max()} frames"));
            }
        }
    }

    [Fact]
    public void Subject_EveryFrame_HasAStrongOpaquePartAndATranslucentPart()
    {
        for (int i = 0; i < drawn.Alphas.Length; i++)
        {
            ushort[] alpha = drawn.Alphas[i];
            double opaque = (double)alpha.Count(a => a > 0.98 * AlphaMatte.Opaque) / drawn.Pixels;
            Assert.True(opaque > 0.08, Invariant($"frame {i}: {opaque:f4} opaque"));
            // Sheer: .25 to .65 and no edge: within 6 pixels left and right alpha stays there too (an edge blurred over 13 columns does
            // not).
            int sheer = 0, width = drawn.Clip.Format.Width;
            for (int p = 6; p < alpha.Length - 6; p++)
                if (p % width is >= 6 and < 634 && IsSheer(alpha[p]) && IsSheer(alpha[p - 6]) && IsSheer(alpha[p + 6]))
                    sheer++;
            Assert.True(sheer > 0.006 * drawn.Pixels, Invariant($"frame {i}: {sheer} sheer pixels"));
        }
    }

    [Fact]
    public void Cut_BetweenTheShots_ChangesTheWholePicture()
    {
        double within = MeanDifference(73, 74), across = MeanDifference(74, 75), after = MeanDifference(75, 76);
        Assert.True(across > 3 * Math.Max(within, after), Invariant($"{within:f1} before, {across:f1} at, {after:f1} after the cut"));
    }

    private static bool IsSheer(ushort alpha) => alpha is > (ushort)(0.25 * AlphaMatte.Opaque) and < (ushort)(0.65 * AlphaMatte.Opaque);

    private static void Count(int[] covered, ushort[] alpha, int step)
    {
        for (int p = 0; p < covered.Length; p++)
            if (alpha[p] >= Covered)
                covered[p] += step;
    }

    private double MeanDifference(int a, int b)
    {
        double sum = 0;
        for (int p = 0; p < drawn.Pixels; p++)
            sum += Math.Abs(drawn.Pictures[a][p] - drawn.Pictures[b][p]);
        return sum / drawn.Pixels;
    }
}
