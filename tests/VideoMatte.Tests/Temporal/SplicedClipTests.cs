using VideoMatte.Temporal;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Temporal;

/// <summary>Shots of clips spliced from real footage: cuts, also into pans, between dark and grey pictures and inside one room, short shots, flashes, fast
/// pans, shaken cameras, dissolves and fades.</summary>
public sealed class SplicedClipTests(ITestOutputHelper output)
{
    private const double LeastF1 = 0.97;

    /// <summary>Of hard cuts there are more than the sixty such a proof wants.</summary>
    private const int LeastCuts = 60;

    /// <summary>A dissolve's end is where the last trace of the old shot goes, which is below the noise of moving pictures for some frames.</summary>
    private const int DissolveSlack = 3;

    /// <summary>Of twelve dissolves one may stay unseen: where both shots move, the frames leave the line.</summary>
    private const double LeastDissolves = 0.9;

    [SharedFact]
    public async Task Detector_ASplicedClip_FindsTheCutsAndNothingElse()
    {
        var clip = new SplicedClip(await Footage.LoadAsync(), seed: 1);
        Assert.True(clip.Cuts.Count >= LeastCuts);
        (ShotReport found, ShotReport content, ShotReport adaptive) = Look(clip);
        Hold(found);
        // What it is better than, on the same list.
        Assert.True(content.F1 < LeastF1 && content.FalseIn("flash") > 0 && content.FalseIn("pan") > 0, $"content: {content}");
        Assert.True(adaptive.F1 < LeastF1 && adaptive.FalseIn("flash") > 0, $"adaptive: {adaptive}");
    }

    [SharedTheory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [Trait("Category", TestCategory.Long)]
    public async Task Detector_LongSplicedClips_FindsTheCutsAndNothingElse(int seed)
    {
        (ShotReport found, _, _) = Look(new SplicedClip(await Footage.LoadAsync(), seed, times: 2));
        Hold(found);
    }

    private static void Hold(ShotReport found)
    {
        Assert.True(found.F1 >= LeastF1, $"{found}");
        Assert.True(found.FalseIn("flash") + found.FalseIn("pan") + found.FalseIn("whip") == 0, $"{found}");
        var dissolves = found.In("dissolve");
        int seen = dissolves.Count(d => d.Starts.Any(s => Math.Abs(s - d.Passage.To) <= DissolveSlack));
        Assert.True(seen >= LeastDissolves * dissolves.Count, $"{found}");
        Assert.All(found.In("fade"), f => Assert.True(f.Starts.Count > 0, $"fade at {f.Passage.From}: {found}"));
    }

    /// <summary>All three see the same thumbnails.</summary>
    private (ShotReport Found, ShotReport Content, ShotReport Adaptive) Look(SplicedClip clip)
    {
        var detector = new ShotDetector(Footage.Width, Footage.Height);
        List<(int Frame, ShotKind Kind)> starts = [];
        List<double> scores = [];
        byte[] before = [], now;
        int decided = 0;
        foreach (byte[] frame in clip.Frames)
        {
            detector.Add(frame);
            Decide(ended: false);
            now = [.. frame];
            HsvPicture.FromRgb(now);
            scores.Add(before.Length == 0 ? 0 : (double)AbsoluteDifference.Sum(before, now) / now.Length);
            before = now;
        }

        Decide(ended: true);
        Assert.Equal(clip.Count, decided);
        ShotReport found = new(clip, starts), content = new(clip, [.. PlainDetectors.Content(scores).Select(f => (f, ShotKind.Cut))]),
            adaptive = new(clip, [.. PlainDetectors.Adaptive(scores).Select(f => (f, ShotKind.Cut))]);
        output.WriteLine($"here     {found}\ncontent  {content}\nadaptive {adaptive}");
        return (found, content, adaptive);

        void Decide(bool ended)
        {
            for (; detector.TryDecide(ended, out ShotKind? kind); decided++)
                if (kind is { } found && found != ShotKind.Start)
                    starts.Add((decided, found));
        }
    }
}
