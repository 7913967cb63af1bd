using VideoMatte.Evaluation.Metrics;
using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Matting.Refine;
using VideoMatte.Matting.Still;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Matting.Refine;

/// <summary>The band refined against not, on stills with hair, fur and mesh put in motion, matted by real networks: RVM at a quarter of the size,
/// or the still model that finds the thing. No network at hand finds the plant of GT13: it shows what a refiner cannot do.</summary>
public sealed class BandProofTests(ITestOutputHelper output)
{
    /// <summary>The bars, in the mean: Grad in the band lower by 15 %, dtSSD not higher.</summary>
    private const double MostGrad = .85, MostChange = 1;

    private const string Rvm = "rvm";

    private static readonly (string Pair, string Model)[] Pairs =
    [
        ("am_GT02", "mediapipe-selfie"), ("am_GT03", Rvm), ("am_GT04", "sinet"), ("am_GT08", Rvm), ("am_GT13", "sinet"), ("am_GT17", "mediapipe-selfie"),
        ("am_GT25", Rvm), ("reference-mattes/p3m_22fc0130", Rvm), ("reference-mattes/p3m_514ca06a", Rvm), ("reference-mattes/p3m_bd6af989", Rvm),
    ];

    private static readonly string[] Photos = ["p1-mountains.jpg", "p2-forest-stream.jpg", "p3-bridge-sky.jpg", "p4-indoor-lobby.jpg"];

    [SharedFact]
    public void Band_OnThreePairsInMotion_IsNearerTheTruthAndNoLessSteady() => Prove([1, 5, 8], 5);

    [SharedFact]
    [Trait("Category", TestCategory.Long)]
    public void Band_OnEveryPairInMotion_IsNearerTheTruthAndNoLessSteady() => Prove([.. Enumerable.Range(0, Pairs.Length)], 20);

    private void Prove(int[] which, int frames)
    {
        var grads = new List<double>();
        var changes = new List<double>();
        foreach (int i in which)
        {
            (string pair, string model) = Pairs[i];
            var scene = new MovingPair(pair, Photos[i % Photos.Length]);
            (double Grad, double Change, double Mad) plain = Run(scene, model, refines: false, frames), refined = Run(scene, model, refines: true, frames);
            grads.Add(refined.Grad / plain.Grad);
            changes.Add(refined.Change / plain.Change);
            output.WriteLine(FormattableString.Invariant(
                $"{pair} by {model}: Grad {plain.Grad:F2} -> {refined.Grad:F2} ({grads[^1]:F3}), dtSSD {plain.Change:F2} -> {refined.Change:F2} ({changes[^1]:F3}), MAD {plain.Mad:F2} -> {refined.Mad:F2}"));
            Assert.True(grads[^1] < 1 && changes[^1] < 1, pair);
        }

        output.WriteLine(FormattableString.Invariant($"mean: Grad {grads.Average():F3}, dtSSD {changes.Average():F3}"));
        Assert.True(grads.Average() <= MostGrad, FormattableString.Invariant($"Grad {grads.Average():F3} of the plain matte's"));
        Assert.True(changes.Average() <= MostChange, FormattableString.Invariant($"dtSSD {changes.Average():F3} of the plain matte's"));
    }

    private static (double Grad, double Change, double Mad) Run(MovingPair scene, string id, bool refines, int frames)
    {
        using CheckingFramePool pool = new() { KeptBytes = 0 };
        IMattingModel plain = Open(pool, id);
        using IMattingModel model = refines ? new BandRefinedModel(plain) : plain;
        GradMetric grad = new(scene.Width, scene.Height);
        float[]? matteBefore = null, truthBefore = null;
        (double Grad, double Change, double Mad) sum = default;
        for (int i = 0; i < frames; i++)
        {
            float[] truth = new float[scene.Width * scene.Height];
            Queue<MattedFrame> ready = new();
            model.Process(scene.Frame(pool, i, truth), ready);
            using MattedFrame frame = ready.Dequeue();
            float[] found = [.. frame.Alpha.Samples.ToArray().Select(v => v / 65535f)];
            sum.Grad += grad.InBand(found, truth);
            sum.Mad += 1000 * found.Zip(truth, (a, g) => (double)Math.Abs(a - g)).Average();
            if (matteBefore is not null)
                sum.Change += 100 * Math.Sqrt(Enumerable.Range(0, truth.Length).Average(p => Square(found[p] - matteBefore[p] - (truth[p] - (double)truthBefore![p]))));
            (matteBefore, truthBefore) = (found, truth);
        }

        return (sum.Grad / frames, sum.Change / frames, sum.Mad / frames);
    }

    private static double Square(double value) => value * value;

    private static IMattingModel Open(IFramePool pool, string id)
    {
        if (id == Rvm)
        {
            RecurrentSession session = RecurrentSession.Open(File.ReadAllBytes(SharedData.RvmModel), "rvm", new SessionSettings());
            return new RecurrentMattingModel(pool, session, new RecurrentMattingOptions { Sha256 = "", DownsampleRatio = .25 });
        }

        using FileStream json = File.OpenRead(Path.Combine(SharedData.RepositoryRoot, "models", "catalog.json"));
        ModelEntry entry = ModelCatalogue.Load(json).Find(id)!;
        StillSession still = StillSession.Open(File.ReadAllBytes(SharedData.Models(entry.File)), entry.File, entry.Input!, entry.Output!, new SessionSettings());
        return new StillMattingModel(pool, still, new StillMattingOptions { Sha256 = entry.Sha256!, Input = entry.Input!, Output = entry.Output! });
    }
}
