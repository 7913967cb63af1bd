using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Inference.Graphs;
using VideoMatte.Matting;
using VideoMatte.Testing;
using VideoMatte.Tests.Inference;
using Xunit;

namespace VideoMatte.Tests.Matting;

/// <summary>The contract, on a tiny network of full and of half precision and on the real one, and what is the recurrent family's own.</summary>
public sealed class RecurrentMattingModelTests : MattingModelContract
{
    private static readonly ColourDescription Limited = ColourDescription.Bt709Limited;

    protected override IReadOnlyList<FrameFormat> Formats { get; } =
    [
        new(46, 38, PlaneLayout.Yuv420, 8, Limited),
        new(45, 37, PlaneLayout.Yuv420, 8, Limited),
        new(45, 37, PlaneLayout.Yuv420, 10, Limited with { Siting = ChromaSiting.TopLeft }),
        new(1, 1, PlaneLayout.Yuv420, 8, Limited),
        new(33, 2, PlaneLayout.Yuv422, 10, Limited),
        new(40, 30, PlaneLayout.Yuv444, 12, Limited),
        new(41, 30, PlaneLayout.Gbr, 8, ColourDescription.Rgb),
        new(41, 31, PlaneLayout.Gbr, 16, ColourDescription.Rgb),
        new(17, 50, PlaneLayout.Gray, 8, new(ColourMatrix.Unspecified, ColourRange.Full)),
    ];

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) => Create(pool, new TinyRecurrent());

    [Fact]
    public void Process_BrokenNetwork_NamesStageAndFrame()
    {
        using CheckingFramePool pool = new();
        using RecurrentMattingModel model = Create(pool, new TinyRecurrent { ShortAlpha = true });
        MatteException error = Assert.Throws<MatteException>(() => model.Process(Draw(pool, Formats[0], 17), new Queue<MattedFrame>()));
        Assert.Equal(("model-contract", "matting", 17L), (error.Code, error.Stage, error.FrameIndex));
        Assert.Equal(0, pool.OutstandingBytes);
    }

    [Fact]
    public void Process_AutomaticRatio_IsTheAuthors()
    {
        using CheckingFramePool pool = new() { KeptBytes = 0 };
        using RecurrentMattingModel model = Create(pool, new TinyRecurrent());
        Queue<MattedFrame> ready = new();
        model.Process(Draw(pool, Formats[0] with { Width = 1280, Height = 720 }, 0), ready);
        ready.Dequeue().Dispose();
        Assert.Equal(.4, model.Info.DownsampleRatio);
        Assert.Equal(1, RecurrentMattingModel.AutomaticRatio(512, 512));
        Assert.Equal(512.0 / 1364, RecurrentMattingModel.AutomaticRatio(720, 1364));
    }

    [Fact]
    public void StartState_OfEachFormat_IsAskedOnceAndUsedAtEveryShot()
    {
        using CheckingFramePool pool = new();
        List<FrameFormat> asked = [];
        using RecurrentMattingModel model = Create(pool, new TinyRecurrent(), new RecurrentMattingOptions
        {
            Sha256 = "",
            StartState = (format, ratio) =>
            {
                Assert.Equal(1, ratio);
                asked.Add(format);
                (float[], long[]) zero = ([0], [1, 1, 1, 1]);
                return [([1], [1, 1, 1, 1]), zero, zero, zero];
            },
        });
        FrameFormat grey = Formats[^1];
        for (int shot = 0; shot < 3; shot++)
        {
            VideoFrame black = VideoFrame.Rent(pool, grey, default);
            black.Bytes.Clear();
            Queue<MattedFrame> ready = new();
            model.Process(black, ready);
            using MattedFrame matted = ready.Dequeue();
            Assert.All(matted.Alpha.Samples.ToArray(), a => Assert.Equal(32768, a));
            model.Reset();
        }

        Assert.Equal([grey], asked);
    }

    [Fact]
    public void Options_RatioOutOfRange_IsAUsageError()
    {
        using CheckingFramePool pool = new();
        foreach (double ratio in new[] { 0, -1, 1.01, double.NaN, 1e-60 })
        {
            using RecurrentSession session = RecurrentSession.Open(new TinyRecurrent().Build(), "tiny", new SessionSettings());
            MatteException error = Assert.Throws<MatteException>(
                () => new RecurrentMattingModel(pool, session, new RecurrentMattingOptions { Sha256 = "", DownsampleRatio = ratio }));
            Assert.Equal((ErrorKind.Usage, "ratio-out-of-range"), (error.Kind, error.Code));
        }
    }

    [Fact]
    public void Process_Hdr_WarnsOnce()
    {
        using CheckingFramePool pool = new();
        using RecurrentMattingModel model = Create(pool, new TinyRecurrent());
        Queue<MattedFrame> ready = new();
        for (int i = 0; i < 3; i++)
        {
            model.Process(Draw(pool, Formats[0] with { Depth = 10, Colour = Limited with { Transfer = ColourTransfer.Pq } }, i), ready);
            ready.Dequeue().Dispose();
        }

        Assert.Equal("hdr-view", Assert.Single(model.Warnings).Code);
    }

    [Fact]
    public void Process_HalfPrecision_AgreesWithSingle()
    {
        using CheckingFramePool pool = new();
        using RecurrentMattingModel single = Create(pool, new TinyRecurrent()), half = Create(pool, new TinyRecurrent { Type = GraphElementType.Float16 });
        Queue<MattedFrame> ready = new();
        for (int i = 0; i < 5; i++)
        {
            single.Process(Draw(pool, Formats[1], i), ready);
            half.Process(Draw(pool, Formats[1], i), ready);
            using MattedFrame a = ready.Dequeue(), b = ready.Dequeue();
            for (int p = 0; p < a.Alpha.Samples.Length; p++)
                Assert.InRange(b.Alpha.Samples[p] - a.Alpha.Samples[p], -64, 64);
        }
    }

    private static RecurrentMattingModel Create(IFramePool pool, TinyRecurrent network, RecurrentMattingOptions? options = null) => new(
        pool,
        RecurrentSession.Open(network.Build(), "tiny.onnx", new SessionSettings(Threads: 1)),
        options ?? new RecurrentMattingOptions { Sha256 = new string('0', 64) });
}
