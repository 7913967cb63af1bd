using VideoMatte.Evaluation.Synth;
using VideoMatte.Frames;
using Xunit;
using static System.FormattableString;

namespace VideoMatte.Evaluation.Tests.Synth;

/// <summary>The picture is made of foreground, background and alpha, and of nothing else.</summary>
[Collection(DrawnClipCollection.Name)]
public sealed class SampleTruthTests(DrawnClip drawn)
{
    /// <summary>Half a code of rounding, and what float holds of a value times 224.</summary>
    private const double HalfCode = 0.5 + 1e-3;

    [Theory]
    [InlineData(5)]
    [InlineData(99)]
    public void Picture_FromStraightForegroundAndAlpha_IsTheCompositeWithinRounding(int index)
    {
        SampleClip clip = SampleClips.Dancer();
        SampleFrame frame = clip.CreateFrame();
        clip.Draw(index, frame);
        int width = frame.Width, height = frame.Height;
        var rgb = new double[3 * drawn.Pixels];
        for (int p = 0; p < drawn.Pixels; p++)
        {
            // I = aF + (1 - a)B, with F and B as a camera sees them: with the sensor's noise on them.
            double a = frame.Alpha(p);
            for (int c = 0; c < 3; c++)
            {
                double noise = frame.Noise[(3 * p) + c], b = frame.Background[(3 * p) + c] + noise;
                double f = a > 0 ? (frame.Subject[(4 * p) + c] / a) + noise : 0;
                rgb[(3 * p) + c] = Math.Clamp((a * f) + ((1 - a) * b), 0, 1);
            }

            Assert.InRange(drawn.Alphas[index][p] - (a * AlphaMatte.Opaque), -0.51, 0.51);
        }

        byte[] picture = drawn.Pictures[index];
        for (int p = 0; p < drawn.Pixels; p++)
            Assert.InRange(picture[p] - (16 + (219 * Luma(rgb, p))), -HalfCode, HalfCode);
        for (int y = 0; y < height / 2; y++)
        {
            for (int x = 0; x < width / 2; x++)
            {
                double blue = 0, red = 0;
                for (int row = 0; row < 2; row++)
                {
                    for (int tap = -1; tap <= 1; tap++)
                    {
                        int p = (((2 * y) + row) * width) + Math.Clamp((2 * x) + tap, 0, width - 1);
                        double weight = tap == 0 ? 0.25 : 0.125, luma = Luma(rgb, p);
                        blue += weight * (rgb[(3 * p) + 2] - luma) / 1.8556;
                        red += weight * (rgb[3 * p] - luma) / 1.5748;
                    }
                }

                int at = drawn.Pixels + (y * width / 2) + x;
                Assert.InRange(picture[at] - (128 + (224 * blue)), -HalfCode, HalfCode);
                Assert.InRange(picture[at + (drawn.Pixels / 4)] - (128 + (224 * red)), -HalfCode, HalfCode);
            }
        }
    }

    [Fact]
    public void MotionBlur_ManyInstantsOfTheShutter_AgreeWithTheFrame()
    {
        const int Index = 84, Instants = 192;
        // The clip takes 12 instants, about one a pixel of motion; 192 show what a continuous shutter would give. Strands are thinner than
        // a pixel at their tips, which is where the two differ most.
        const double MeanTolerance = 0.0005, WorstTolerance = 0.12;
        SampleClip clip = SampleClips.Dancer();
        var sum = new float[4 * drawn.Pixels];
        for (int i = 0; i < Instants; i++)
            clip.DrawInstant(Index, 0.5 * (i + 0.5) / Instants, sum);
        double total = 0, worst = 0;
        for (int p = 0; p < drawn.Pixels; p++)
        {
            double difference = Math.Abs((sum[(4 * p) + 3] / Instants) - ((double)drawn.Alphas[Index][p] / AlphaMatte.Opaque));
            total += difference;
            worst = Math.Max(worst, difference);
        }

        Assert.InRange(total / drawn.Pixels, 0, MeanTolerance);
        Assert.InRange(worst, 0, WorstTolerance);
    }

    [Fact]
    public void MotionBlur_OfAFrame_IsTheMeanOfItsInstants()
    {
        const int Index = 10;
        SampleClip clip = SampleClips.Dancer();
        var mean = new double[drawn.Pixels];
        int unlike = 0;
        for (int i = 0; i < SampleClip.ShutterSamples; i++)
        {
            var instant = new float[4 * drawn.Pixels];
            clip.DrawInstant(Index, SampleClip.ShutterOpen * (i + 0.5) / SampleClip.ShutterSamples, instant);
            for (int p = 0; p < drawn.Pixels; p++)
            {
                mean[p] += (double)instant[(4 * p) + 3] / SampleClip.ShutterSamples;
                unlike += i == 0 && Math.Abs(instant[(4 * p) + 3] - ((double)drawn.Alphas[Index][p] / AlphaMatte.Opaque)) > 0.25 ? 1 : 0;
            }
        }

        for (int p = 0; p < drawn.Pixels; p++)
            Assert.InRange((mean[p] * AlphaMatte.Opaque) - drawn.Alphas[Index][p], -1, 1);
        Assert.True(unlike > 3000, Invariant($"only {unlike} pixels show motion blur"));
    }

    [Fact]
    public void Strands_EveryFrame_AreThereAndThin()
    {
        // Strands stream back along the motion, which hardly blurs them: upright runs of at most 3 pixels that rise out of both sides.
        // While one dancer leaves and the next comes in, most of the hair is outside.
        int[] thin = [.. drawn.Alphas.Select(alpha => CountThin(alpha, drawn.Clip.Format.Width, drawn.Clip.Format.Height))];
        Assert.True(thin.Min() >= 60, Invariant($"frame {Array.IndexOf(thin, thin.Min())}: {thin.Min()} strand pixels"));
        Assert.True(thin.Average() >= 200, Invariant($"{thin.Average():f0} strand pixels in the mean"));
    }

    private static int CountThin(ushort[] alpha, int width, int height)
    {
        const int Rise = (int)(0.12 * AlphaMatte.Opaque);
        int count = 0;
        for (int y = 2; y < height - 2; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int here = alpha[(y * width) + x], above = alpha[((y - 2) * width) + x], below = alpha[((y + 2) * width) + x];
                count += here - above > Rise && here - below > Rise ? 1 : 0;
            }
        }

        return count;
    }

    private static double Luma(double[] rgb, int pixel) =>
        (0.2126 * rgb[3 * pixel]) + (0.7152 * rgb[(3 * pixel) + 1]) + (0.0722 * rgb[(3 * pixel) + 2]);
}
