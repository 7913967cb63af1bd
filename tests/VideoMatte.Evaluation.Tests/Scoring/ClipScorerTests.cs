using VideoMatte.Evaluation.Scoring;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Evaluation.Tests.Scoring;

/// <summary>Whatever becomes of a clip, frames and mattes go back to the pool and decoders end (the checking pool fails on a leak).</summary>
public sealed class ClipScorerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Score_AWholeClip_CountsEveryFrameInOrder()
    {
        using CheckingFramePool pool = new();
        ClipPair pair = new("a", await ClipAsync("a.mkv", 7), await ClipAsync("b.mkv", 7));
        List<int> told = [];
        ClipScore score = await (await ScorerAsync(pool)).ScoreAsync(pair, new Counter(told), CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 7), told);
        Assert.Equal(7, score.Frames.Count);
        Assert.Equal((pair, 32, 16, 0.0), (score.Pair, score.Width, score.Height, score.Mean.Mad));
        Assert.Empty(score.Warnings);
    }

    [Fact]
    public async Task Score_ClipsOfTwoLengths_GivesEverythingBack()
    {
        using CheckingFramePool pool = new();
        ClipPair pair = new("a", await ClipAsync("a.mkv", 3), await ClipAsync("b.mkv", 9));
        ClipScorer scorer = await ScorerAsync(pool);
        MatteException error = await Assert.ThrowsAsync<MatteException>(() => scorer.ScoreAsync(pair, null, CancellationToken.None));
        Assert.Equal((ErrorKind.Input, "frame-counts-differ"), (error.Kind, error.Code));
    }

    /// <summary>Stopped with a frame in hand and the next one on its way.</summary>
    [Fact]
    public async Task Score_StoppedInTheMiddle_GivesEverythingBack()
    {
        using CheckingFramePool pool = new();
        using CancellationTokenSource stop = new();
        ClipPair pair = new("a", await ClipAsync("a.mkv", 40), await ClipAsync("b.mkv", 40));
        ClipScorer scorer = await ScorerAsync(pool);
        Stopper stopper = new(stop, after: 3);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scorer.ScoreAsync(pair, stopper, stop.Token));
        Assert.Equal(3, stopper.Told);
    }

    private static async Task<ClipScorer> ScorerAsync(IFramePool pool) =>
        new(await RealFfmpeg.ToolsAsync(), new ScoringSettings { MaxPixels = 1 << 20 }, pool, TimeProvider.System);

    private async Task<string> ClipAsync(string name, int frames)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=black:s=32x16:r=25,format=gray16le,geq=lum='mod(X*911+Y*577+N*10009,65536)'",
            "-frames:v", frames.ToString(System.Globalization.CultureInfo.InvariantCulture), "-c:v", "ffv1", _folder[name]);
        return _folder[name];
    }

    private sealed class Counter(List<int> told) : IProgress<int>
    {
        public void Report(int value) => told.Add(value);
    }

    private sealed class Stopper(CancellationTokenSource stop, int after) : IProgress<int>
    {
        public int Told { get; private set; }

        public void Report(int value)
        {
            Told = value;
            if (value == after)
                stop.Cancel();
        }
    }
}
