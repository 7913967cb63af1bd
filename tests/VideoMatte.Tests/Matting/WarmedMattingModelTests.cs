using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Testing;
using VideoMatte.Tests.Inference;
using Xunit;

namespace VideoMatte.Tests.Matting;

/// <summary>The contract on a tiny network that keeps state, and the order in which the network is shown a shot's frames.</summary>
public sealed class WarmedMattingModelTests : MattingModelContract
{
    private const int Frames = 3;

    [Theory]
    [InlineData(7, "o3 o2 o1 p0 p1 p2 p3 p4 p5 p6")]
    [InlineData(4, "o3 o2 o1 p0 p1 p2 p3")]
    [InlineData(3, "o2 o1 p0 p1 p2")]
    [InlineData(1, "p0")]
    [InlineData(0, "")]
    public void Process_AShot_IsSeenBackwardsBeforeItsFirstFrame(int count, string seen)
    {
        using CheckingFramePool pool = new();
        RecordingModel inner = new(pool);
        using WarmedMattingModel model = new(inner, Frames);
        Assert.Equal(Enumerable.Range(0, count), Shot(pool, model, 0, count).Select(i => (int)i));
        Assert.Equal(seen, string.Join(' ', inner.Seen));
    }

    [Fact]
    public void Process_EveryShot_IsWarmedUpWithItsOwnFrames()
    {
        using CheckingFramePool pool = new();
        RecordingModel inner = new(pool);
        using WarmedMattingModel model = new(inner, Frames);
        Shot(pool, model, 0, 5);
        model.Reset();
        Shot(pool, model, 5, 2);
        model.Reset();
        Shot(pool, model, 7, 4);
        Assert.Equal("o3 o2 o1 p0 p1 p2 p3 p4 reset o6 p5 p6 reset o10 o9 o8 p7 p8 p9 p10", string.Join(' ', inner.Seen));
    }

    /// <summary>Without a cut said: what was held back of the old format still goes out, in order, and the new one is a start of its own.</summary>
    [Fact]
    public void Process_AnotherFormat_IsAStart()
    {
        using CheckingFramePool pool = new();
        RecordingModel inner = new(pool);
        using WarmedMattingModel model = new(inner, Frames);
        FrameFormat wider = Formats[0] with { Width = Formats[0].Width + 2 };
        Queue<MattedFrame> ready = new();
        for (int i = 0; i < 6; i++)
            model.Process(Draw(pool, i < 2 ? Formats[0] : wider, i), ready);
        model.Flush(ready);
        Assert.Equal("o1 p0 p1 o5 o4 o3 p2 p3 p4 p5", string.Join(' ', inner.Seen));
        Assert.Equal(Enumerable.Range(0, 6), ready.Select(f => (int)f.Time.Index));
        Drain(ready);
    }

    /// <summary>Two for each that comes, until nothing is held back any more.</summary>
    [Fact]
    public void Process_AfterTheWarmUp_GivesTheHeldFramesOutGradually()
    {
        using CheckingFramePool pool = new();
        using WarmedMattingModel model = new(new RecordingModel(pool), Frames);
        Queue<MattedFrame> ready = new();
        List<int> given = [];
        for (int i = 0; i < 8; i++)
        {
            model.Process(CreateInput(pool, i), ready);
            given.Add(ready.Count);
            Drain(ready);
        }

        Assert.Equal([0, 0, 0, 2, 2, 2, 1, 1], given);
    }

    /// <summary>The frames that wait are all the memory there is: one buffer a picture.</summary>
    [Fact]
    public void Process_DuringTheWarmUp_CopiesNothing()
    {
        using CheckingFramePool pool = new();
        int most = 0;
        using WarmedMattingModel model = new(new RecordingModel(pool) { Observed = () => most = Math.Max(most, pool.OutstandingBuffers) }, Frames);
        Shot(pool, model, 0, Frames + 1);
        Assert.Equal(Frames + 1, most);
    }

    [Fact]
    public async Task Interrupt_DuringTheWarmUp_EndsIt()
    {
        using CheckingFramePool pool = new();
        using ManualResetEventSlim observing = new(), calledOff = new();
        RecordingModel inner = new(pool)
        {
            Observed = () =>
            {
                observing.Set();
                calledOff.Wait(TimeSpan.FromSeconds(30));
            },
        };
        using WarmedMattingModel model = new(inner, Frames);
        Queue<MattedFrame> ready = new();
        Task work = Task.Run(() =>
        {
            for (int i = 0; i <= Frames; i++)
                model.Process(CreateInput(pool, i), ready);
        });
        Assert.True(observing.Wait(TimeSpan.FromSeconds(30)));
        model.Interrupt();
        calledOff.Set();
        await Assert.ThrowsAsync<OperationCanceledException>(() => work);
        Assert.Equal("o3", Assert.Single(inner.Seen));
        Assert.Empty(ready);
    }

    [Fact]
    public void Observe_AFrame_MovesTheStateAsProcessDoes()
    {
        using CheckingFramePool pool = new();
        using RecurrentMattingModel observing = Tiny(pool), processing = Tiny(pool);
        Queue<MattedFrame> ready = new();
        using (VideoFrame frame = CreateInput(pool, 4))
        {
            string before = Convert.ToHexString(frame.Bytes);
            observing.Observe(frame);
            Assert.Equal(before, Convert.ToHexString(frame.Bytes));
        }

        processing.Process(CreateInput(pool, 4), ready);
        ready.Dequeue().Dispose();
        observing.Process(CreateInput(pool, 0), ready);
        processing.Process(CreateInput(pool, 0), ready);
        using MattedFrame one = ready.Dequeue(), other = ready.Dequeue();
        Assert.Equal(Fingerprint(other), Fingerprint(one));
        using RecurrentMattingModel cold = Tiny(pool);
        cold.Process(CreateInput(pool, 0), ready);
        using MattedFrame unlike = ready.Dequeue();
        Assert.NotEqual(Fingerprint(unlike), Fingerprint(one));
    }

    [Fact]
    public void Observe_BrokenNetwork_NamesStageAndFrame()
    {
        using CheckingFramePool pool = new();
        using WarmedMattingModel model = new(Tiny(pool, new TinyRecurrent { ShortAlpha = true }), 1);
        Queue<MattedFrame> ready = new();
        model.Process(CreateInput(pool, 17), ready);
        MatteException error = Assert.Throws<MatteException>(() => model.Process(CreateInput(pool, 18), ready));
        Assert.Equal(("model-contract", "matting", 18L), (error.Code, error.Stage, error.FrameIndex));
    }

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) => new WarmedMattingModel(Tiny(pool), Frames);

    private static RecurrentMattingModel Tiny(IFramePool pool, TinyRecurrent? network = null) => new(
        pool,
        RecurrentSession.Open((network ?? new TinyRecurrent()).Build(), "tiny.onnx", new SessionSettings(Threads: 1)),
        new RecurrentMattingOptions { Sha256 = new string('0', 64) });

    private List<long> Shot(IFramePool pool, WarmedMattingModel model, int first, int count)
    {
        Queue<MattedFrame> ready = new();
        for (int i = first; i < first + count; i++)
            model.Process(CreateInput(pool, i), ready);
        model.Flush(ready);
        List<long> indices = [.. ready.Select(f => f.Time.Index)];
        Drain(ready);
        return indices;
    }

    private static void Drain(Queue<MattedFrame> ready)
    {
        while (ready.TryDequeue(out MattedFrame? frame))
            frame.Dispose();
    }

    /// <summary>Notes what it is shown: <c>o</c> observed, <c>p</c> processed.</summary>
    private sealed class RecordingModel(IFramePool pool) : IRecurrentModel
    {
        public List<string> Seen { get; } = [];

        public Action? Observed { get; init; }

        public string Name => "matting";

        public int LatencyFrames => 0;

        public MattingModelInfo Info { get; } = new("recording", new string('0', 64), "MIT", "rvm", "cpu", 1);

        public IReadOnlyList<MatteWarning> Warnings => [];

        public void Observe(VideoFrame frame)
        {
            Seen.Add(FormattableString.Invariant($"o{frame.Time.Index}"));
            Observed?.Invoke();
        }

        public void Process(VideoFrame frame, Queue<MattedFrame> ready)
        {
            Seen.Add(FormattableString.Invariant($"p{frame.Time.Index}"));
            ready.Enqueue(new MattedFrame(frame, AlphaMatte.Rent(pool, frame.Format.Width, frame.Format.Height)));
        }

        public void Flush(Queue<MattedFrame> ready)
        {
        }

        public void Reset() => Seen.Add("reset");

        public void Dispose()
        {
        }
    }
}
