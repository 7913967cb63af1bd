using System.Globalization;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Cli.Tests;

/// <summary>What an editor's scaler does to a cutout: the file, halved by ffmpeg plane by plane, laid over white and over black, shows no line
/// along the edge. Lines are looked for in the mean colour at each distance from the edge.</summary>
public sealed class EdgeTests(ITestOutputHelper output)
{
    private const string Clip = "09-portrait-hair-handheld-720x1364.mp4";

    private const int Width = 360, Height = 682;

    /// <summary>Distances, in pixels of the halved picture, of the inner side; the outer one is the background itself.</summary>
    private const int InnerFrom = -5, InnerTo = -3;

    /// <summary>Codes by which a mean may lie beyond both sides: none, but for the rounding of a mean.</summary>
    private const double Beyond = .5;

    /// <summary>Codes by which a mean may depart from the two sides mixed by alpha: the subject's own shade changes towards its
    /// outline.</summary>
    private const double Shade = 20;

    [SharedTheory]
    [InlineData("x.mov", "straight", "model")]
    [InlineData("x.mov", "straight", "estimate")]
    [InlineData("x.mov", "premultiplied", "model")]
    [InlineData("x.mkv", "straight", "estimate")]
    [InlineData("x.mkv", "premultiplied", "estimate")]
    public async Task Cutout_HalvedOverWhiteAndBlack_ShowsNoLine(string file, string alpha, string foreground)
    {
        using var folder = new TempFolder();
        byte[] planes = await HalvedAsync(folder, file, "--alpha", alpha, "--foreground", foreground);
        foreach (int background in (int[])[255, 0])
        {
            (double beyond, double departure) = Across(planes, background, alpha == "premultiplied");
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{file} {alpha} {foreground} over {background}: {beyond:0.0} beyond the sides, {departure:0.0} off their mixture"));
            Assert.InRange(beyond, double.MinValue, Beyond);
            Assert.InRange(departure, 0, Shade);
        }
    }

    /// <summary>The measure sees a line where there is one: the same file with everything black that is less than half covered, as a matte cut
    /// without regard to colour leaves it.</summary>
    [SharedFact]
    public async Task Cutout_BlackUpToTheEdge_ShowsALine()
    {
        using var folder = new TempFolder();
        await HalvedAsync(folder, "x.mkv", "--alpha", "straight", "--foreground", "estimate");
        byte[] cut = await HalveAsync(
            folder["x.mkv"], "format=gbrap,geq=r='r(X,Y)*gte(alpha(X,Y),128)':g='g(X,Y)*gte(alpha(X,Y),128)':b='b(X,Y)*gte(alpha(X,Y),128)':a='alpha(X,Y)',");
        (_, double departure) = Across(cut, 255, premultiplied: false);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cut to black: {departure:0.0} off the mixture"));
        Assert.True(departure > Shade);
    }

    private static async Task<byte[]> HalvedAsync(TempFolder folder, string file, params string[] more)
    {
        await RealFfmpeg.RunAsync("-i", SharedData.Clips(Clip), "-frames:v", "2", "-an", "-c", "copy", folder["in.mp4"]);
        CliRun run = await CliRun.OfAsync(["matte", folder["in.mp4"], "--model", SharedData.RvmModel, "--warmup", "0", "-o", folder[file], .. more]);
        Assert.True(run.Exit == 0, run.Err);
        return await HalveAsync(folder[file], string.Empty);
    }

    /// <summary>The last frame as planes G, B, R, A of 8 bits.</summary>
    private static async Task<byte[]> HalveAsync(string file, string before)
    {
        byte[] raw = await RealFfmpeg.RunAsync(
            "-i", file, "-vf", $"{before}scale={Width}:{Height}:flags=bicubic,format=gbrap", "-f", "rawvideo", "pipe:1");
        return raw[^(4 * Width * Height)..];
    }

    /// <summary>By how much the mean of a channel at any distance across the edge lies beyond both sides, and how far it is off the two sides
    /// mixed by the mean alpha there.</summary>
    private static (double Beyond, double Departure) Across(byte[] planes, int background, bool premultiplied)
    {
        const int pixels = Width * Height, least = -3, most = 3;
        ReadOnlySpan<byte> alpha = planes.AsSpan(3 * pixels);
        int[] distance = Distances(alpha);
        double beyond = double.MinValue, departure = 0;
        for (int channel = 0; channel < 3; channel++)
        {
            (double Over, double Alpha, int Count) inner = default;
            var rings = new (double Over, double Alpha, int Count)[most - least + 1];
            for (int i = 0; i < pixels; i++)
            {
                double a = alpha[i] / 255.0, colour = planes[(channel * pixels) + i];
                double over = Math.Clamp((premultiplied ? colour : a * colour) + ((1 - a) * background), 0, 255);
                if (distance[i] is >= InnerFrom and <= InnerTo)
                    inner = (inner.Over + over, inner.Alpha + a, inner.Count + 1);
                if (distance[i] is >= least and <= most)
                    rings[distance[i] - least] = Plus(rings[distance[i] - least], over, a);
            }

            Assert.True(inner.Count > 500 && rings.All(r => r.Count > 200), "the cutout has no edge");
            double side = inner.Over / inner.Count;
            foreach ((double over, double a, int count) in rings)
            {
                double mean = over / count, share = a / inner.Alpha * inner.Count / count;
                beyond = Math.Max(beyond, Math.Max(Math.Min(side, background) - mean, mean - Math.Max(side, background)));
                departure = Math.Max(departure, Math.Abs(mean - ((share * side) + ((1 - share) * background))));
            }
        }

        return (beyond, departure);

        static (double Over, double Alpha, int Count) Plus((double Over, double Alpha, int Count) ring, double over, double a) =>
            (ring.Over + over, ring.Alpha + a, ring.Count + 1);
    }

    /// <summary>Steps to the 50 % line, across and diagonally: 0 and up outside, below 0 inside.</summary>
    private static int[] Distances(ReadOnlySpan<byte> alpha)
    {
        const int far = 1000;
        var outer = new int[alpha.Length];
        var inner = new int[alpha.Length];
        for (int i = 0; i < alpha.Length; i++)
            (outer[i], inner[i]) = alpha[i] >= 128 ? (0, far) : (far, 0);
        foreach (int[] steps in (int[][])[outer, inner])
            for (int pass = 0; pass < 2; pass++)
                for (int n = 0; n < steps.Length; n++)
                {
                    int i = pass == 0 ? n : steps.Length - 1 - n, x = i % Width, sign = pass == 0 ? -1 : 1;
                    for (int k = 0; k < 4; k++)
                    {
                        (int dx, int dy) = k switch { 0 => (sign, 0), 1 => (0, sign), 2 => (sign, sign), _ => (-sign, sign) };
                        int at = i + dx + (dy * Width);
                        if (x + dx is >= 0 and < Width && at >= 0 && at < steps.Length)
                            steps[i] = Math.Min(steps[i], steps[at] + 1);
                    }
                }

        return [.. outer.Zip(inner, (o, n) => o > 0 ? o - 1 : -n)];
    }
}
