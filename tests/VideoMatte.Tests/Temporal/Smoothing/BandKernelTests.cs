using VideoMatte.Temporal.Smoothing;
using Xunit;

namespace VideoMatte.Tests.Temporal.Smoothing;

public sealed class BandKernelTests
{
    private const float Sure = .02f, Differs = .05f;

    [Fact]
    public void Unsure_EveryLength_MarksWhatIsNeitherNoneNorFull()
    {
        foreach (float[] alpha in Every(1))
        {
            float[] share = [.. alpha.Select(_ => -7f)];
            BandKernel.Unsure(alpha, Sure, share);
            Assert.Equal(alpha.Select(a => a is > Sure and < 1 - Sure ? 1f : 0), share);
        }
    }

    [Fact]
    public void Differing_EveryLength_MarksWhereATrustedNeighbourSaysSomethingElse()
    {
        int marked = 0, left = 0;
        foreach (float[] own in Every(2))
        {
            Random random = new(own.Length);
            float[] there = Alphas(random, own.Length), confidence = Alphas(random, own.Length), share = [.. own.Select(_ => .25f)];
            BandKernel.Differing(own, there, confidence, Sure, Differs, share);
            for (int i = 0; i < own.Length; i++)
            {
                bool heard = confidence[i] > Sure && (there[i] is > Sure and < 1 - Sure || confidence[i] * Math.Abs(there[i] - own[i]) > Differs);
                Assert.Equal(heard ? 1 : .25f, share[i]);
                (marked, left) = (marked + (heard ? 1 : 0), left + (heard ? 0 : 1));
            }
        }

        Assert.True(marked > 100 && left > 100);
    }

    [Fact]
    public void FastestAndBetween_EveryLength_AreTheFormulas()
    {
        foreach (float[] u in Every(3))
        {
            float[] v = Alphas(new Random(u.Length + 99), u.Length), speed = [.. u.Select(_ => .8f)], place;
            BandKernel.Fastest(u, v, speed);
            Assert.Equal(u.Zip(v, (a, b) => Math.Max(.8, Math.Sqrt((a * a) + (b * b)))), speed.Select(s => (double)s), (a, b) => Math.Abs(a - b) < 1e-6);
            place = [.. speed];
            BandKernel.Between(place, .9f, 1.2f);
            Assert.Equal(speed.Select(s => Math.Clamp((s - .9) / .3, 0, 1)), place.Select(p => (double)p), (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    /// <summary>Lines of every length: whole vectors and rests.</summary>
    private static IEnumerable<float[]> Every(int seed)
    {
        Random random = new(seed);
        return Enumerable.Range(0, 40).Select(length => Alphas(random, length));
    }

    /// <summary>None, full, the bounds themselves, and values between.</summary>
    private static float[] Alphas(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => random.Next(6) switch { 0 => 0, 1 => 1, 2 => Sure, 3 => 1 - Sure, _ => random.NextSingle() })];
}
