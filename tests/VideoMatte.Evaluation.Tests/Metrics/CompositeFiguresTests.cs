using VideoMatte.Evaluation.Metrics;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Evaluation.Tests.Metrics;

/// <summary>All frames of the shared composites against figures that numpy and scipy give: v / 255 in float32, the 9 x 9 kernel as a whole by
/// scipy.ndimage.correlate with mode 'nearest' in float64, means over all frames. The mattes to score are the true ones spoiled by a formula
/// of whole numbers (<see cref="Spoil"/>), so that both sides have the same.</summary>
public sealed class CompositeFiguresTests
{
    /// <summary>Of the figure: single precision on both sides, in places; measured at most 5e-8. What a mistake makes: zeros outside the border
    /// 4e-4 to 5e-3 of Grad, mirrored pixels there 6e-6 to 1.4e-4, no stretching .014 to .026, a first frame that is not counted .01 of dtSSD.</summary>
    private const double Tolerance = 1e-6;

    private static readonly Dictionary<string, (MatteFigures Lr, MatteFigures Hr)> Expected = new(StringComparer.Ordinal)
    {
        ["fastman-beach-pan"] = Row(20.59991721930634, 2.573619324896136, 4.0530147136199615, 3.9968360047187246, 5.292997097824947),
        ["gestures-traffic-handheld"] = Row(25.484926414871616, 4.104018973676387, 7.611082216296207, 7.438378739560716, 1.9825700250887086),
        ["head-stream-pan"] = Row(23.620121312586942, 2.279580682301183, 3.8372562673230317, 3.750895537237701, 1.0099743208435994),
        ["signing-room-still"] = Row(19.29063050113752, 2.3969594442330586, 5.823134798221059, 5.697563400059547, 2.495022274755374),
        ["woman-ocean"] = Row(20.493017826810124, 1.8237806253124398, 2.887438709562557, 2.8144088209027234, 0.7033711261538588),
        // Over clips by frame index, then over indices; the clips have 75 to 100 frames.
        ["mean"] = Row(22.035024859765507, 2.7167500903897763, 4.952324908299307, 4.847040931763888, 2.4362001558244337),
    };

    [SharedTheory]
    [InlineData(GradVariant.Lr)]
    [InlineData(GradVariant.Hr)]
    public async Task Figures_OfEveryCompositeSpoiled_AreThoseOfNumpyAndScipy(GradVariant variant)
    {
        List<IReadOnlyList<MatteFigures>> clips = [];
        foreach (string name in Expected.Keys.Where(k => k != "mean"))
        {
            (int width, int height) = await SizeAsync(name);
            byte[] truths = await RealFfmpeg.RunAsync(
                "-i", SharedData.Composites(Path.Combine(name, "pha.mkv")), "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "-");
            ClipMetrics clip = new(width, height, variant);
            ushort[] prediction = new ushort[width * height], truth = new ushort[width * height];
            for (int t = 0; t < truths.Length / truth.Length; t++)
            {
                Spoil(truths, t, width, height, prediction);
                for (int i = 0; i < truth.Length; i++)
                    truth[i] = (ushort)(257 * truths[(t * truth.Length) + i]);
                clip.Add(prediction, truth);
            }

            AssertEqual(name, variant, clip.Mean);
            clips.Add(clip.Frames);
        }

        AssertEqual("mean", variant, MatteFigures.MeanOfClips(clips));
    }

    /// <summary>p_t(x, y) = (3 g_t(x - 2, y) + g_(t-1)(x, y + 1) + 2) / 4 in 8 bits, edges repeated, frame -1 being frame 0; kept within
    /// 3 .. 250 - (t mod 5), so that stretching counts and changes from frame to frame.</summary>
    private static void Spoil(byte[] truths, int t, int width, int height, ushort[] prediction)
    {
        ReadOnlySpan<byte> now = truths.AsSpan(t * width * height, width * height), before = truths.AsSpan(Math.Max(0, t - 1) * width * height, width * height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int value = ((3 * now[(y * width) + Math.Max(0, x - 2)]) + before[(Math.Min(height - 1, y + 1) * width) + x] + 2) >> 2;
                prediction[(y * width) + x] = (ushort)(257 * Math.Clamp(value, 3, 250 - (t % 5)));
            }
    }

    private static void AssertEqual(string name, GradVariant variant, MatteFigures actual)
    {
        MatteFigures expected = variant == GradVariant.Lr ? Expected[name].Lr : Expected[name].Hr;
        foreach ((double e, double a) in ((double, double)[])[(expected.Mad, actual.Mad), (expected.Mse, actual.Mse), (expected.Grad, actual.Grad), (expected.DtSsd, actual.DtSsd)])
            Assert.True(Math.Abs(e - a) <= Tolerance * e, $"{name}, {variant}: {actual}, not {expected}");
    }

    private static async Task<(int Width, int Height)> SizeAsync(string name)
    {
        string[] size = (await RealFfmpeg.ProbeAsync("-show_entries", "stream=width,height", "-of", "csv=p=0", SharedData.Composites(Path.Combine(name, "pha.mkv")))).Trim().Split(',');
        return (int.Parse(size[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(size[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static (MatteFigures Lr, MatteFigures Hr) Row(double mad, double mse, double lr, double hr, double dtSsd) =>
        (new(mad, mse, lr, dtSsd), new(mad, mse, hr, dtSsd));
}
