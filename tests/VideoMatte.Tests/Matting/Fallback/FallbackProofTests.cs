using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Matting.Fallback;
using VideoMatte.Matting.Still;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Matting.Fallback;

/// <summary>RVM loses a real person for a run of frames inside a shot, because its view is far too small there, and a real still network stands
/// in: the matte does not jump at either end.</summary>
public sealed class FallbackProofTests(ITestOutputHelper output)
{
    /// <summary>The bar: the largest change from frame to frame over the still model's own largest.</summary>
    private const double MostChange = 1.5;

    private const int LostFrom = 20, LostTo = 39;

    [SharedFact]
    public void Process_WhereRvmIsStarvedForAWhile_DoesNotJump() => Prove(SharedData.Clips("06-webcam-head-300p.mp4"), 64, .05);

    [Trait("Category", TestCategory.Long)]
    [SharedTheory]
    [InlineData("clips/05-signing-webcam-480p.mp4", .03)]
    [InlineData("clips/06-webcam-head-300p.mp4", .05)]
    [InlineData("composites/woman-ocean/com.mp4", .03)]
    [InlineData("composites/head-stream-pan/com.mp4", .03)]
    public void Process_OfMoreClips_DoesNotJump(string clip, double starved) => Prove(Path.Combine(SharedData.Root, clip), 75, starved);

    private void Prove(string file, int frames, double starved)
    {
        RawClip clip = new(file, frames);
        Assert.Equal(frames, clip.Count);
        using CheckingFramePool pool = new() { KeptBytes = 0 };
        using var model = new FallbackMattingModel(new StarvedModel(Rvm(pool, null), Rvm(pool, starved)), Still(pool));
        using StillMattingModel still = Still(pool);
        Queue<MattedFrame> ready = new(), alone = new();
        for (int i = 0; i < frames; i++)
        {
            model.Process(clip.Frame(pool, i), ready);
            still.Process(clip.Frame(pool, i), alone);
        }

        model.Flush(ready);
        (double joined, double area) = Look(ready);
        (double own, double ownArea) = Look(alone);
        FallbackRange range = Assert.Single(model.Fallbacks);
        output.WriteLine(FormattableString.Invariant($"{Path.GetFileName(file)}: largest change {joined:F5}, the still model's own {own:F5} ({joined / own:F2}); frames {range.From} to {range.To}"));
        Assert.InRange(range.From, LostFrom - FallbackMattingModel.Fade, LostFrom);
        Assert.True(range.To >= LostTo, $"to {range.To}");
        Assert.True(joined <= MostChange * own, $"{joined} against {own}");
        // The person is there throughout.
        Assert.True(area > .6 * ownArea, $"{area} against {ownArea}");
    }

    /// <summary>The largest mean change from one frame to the next, and the least mean alpha; the frames are put away.</summary>
    private static (double Change, double Area) Look(Queue<MattedFrame> frames)
    {
        double change = 0, area = 1;
        ushort[]? before = null;
        while (frames.TryDequeue(out MattedFrame? frame))
        {
            ushort[] now = frame.Alpha.Samples.ToArray();
            frame.Dispose();
            if (before is not null)
                change = Math.Max(change, now.Zip(before, (a, b) => Math.Abs(a - b) / 65535.0).Average());
            area = Math.Min(area, now.Average(a => a / 65535.0));
            before = now;
        }

        return (change, area);
    }

    private static RecurrentMattingModel Rvm(IFramePool pool, double? ratio) => new(
        pool, RecurrentSession.Open(File.ReadAllBytes(SharedData.RvmModel), "rvm", new SessionSettings()),
        new RecurrentMattingOptions { Sha256 = "", DownsampleRatio = ratio, ProduceForeground = false });

    private static StillMattingModel Still(IFramePool pool)
    {
        using FileStream json = File.OpenRead(Path.Combine(SharedData.RepositoryRoot, "models", "catalog.json"));
        ModelEntry entry = ModelCatalogue.Load(json).Find("mediapipe-selfie")!;
        return new StillMattingModel(
            pool, StillSession.Open(File.ReadAllBytes(SharedData.Models(entry.File)), entry.File, entry.Input!, entry.Output!, new SessionSettings()),
            new StillMattingOptions { Sha256 = entry.Sha256!, Input = entry.Input!, Output = entry.Output! });
    }

    /// <summary>A well fed network, but for a run of frames, in which a starved one's matte takes its place.</summary>
    private sealed class StarvedModel(IMattingModel fed, IMattingModel starved) : WrappedMattingModel(fed)
    {
        private readonly Queue<MattedFrame> _ready = new();

        protected override void Change(MattedFrame frame)
        {
            starved.Process(frame.Picture.Copy(), _ready);
            using MattedFrame other = _ready.Dequeue();
            if (frame.Time.Index is >= LostFrom and <= LostTo)
                other.Alpha.Samples.CopyTo(frame.Alpha.Samples);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            starved.Dispose();
        }
    }
}
