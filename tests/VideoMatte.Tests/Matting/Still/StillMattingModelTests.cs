using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Matting.Still;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Matting.Still;

public sealed class StillMattingModelTests : MattingModelContract
{
    /// <summary>Two steps of 16 bits for the rounding of the matte, single precision before it.</summary>
    private const double AlphaTolerance = 2.0 / 65535;

    private const string Hash = "0000000000000000000000000000000000000000000000000000000000000000";

    protected override IReadOnlyList<FrameFormat> Formats { get; } =
    [
        new(49, 37, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited), new(64, 36, PlaneLayout.Yuv422, 10, ColourDescription.Bt709Limited),
        new(5, 3, PlaneLayout.Yuv444, 12, ColourDescription.Bt709Limited), new(31, 8, PlaneLayout.Gray, 16, ColourDescription.Bt709Limited),
        new(1, 1, PlaneLayout.Gbr, 8, ColourDescription.Bt709Limited),
    ];

    public static TheoryData<string, string, double, double, double> Feeds { get; } = new()
    {
        { "nchw", "rgb", 1 / 255.0, 0, 1 }, { "nhwc", "bgr", 1 / 255.0, 0, 1 }, { "nchw", "bgr", 1, 127.5, 127.5 }, { "nhwc", "rgb", 1, 20, 300 },
    };

    [Theory]
    [MemberData(nameof(Feeds))]
    public void Process_AFlatColour_IsFedAsTheEntrySays(string layout, string order, double scale, double mean, double std)
    {
        TinyStill tiny = new() { Layout = layout, Order = order, Scale = scale, Mean = [mean, 1e9, 1e9], Std = [std, 1e-9, 1e-9] };
        using CheckingFramePool pool = new();
        using StillMattingModel model = Open(pool, tiny, guided: true);
        VideoFrame frame = VideoFrame.Rent(pool, new FrameFormat(20, 10, PlaneLayout.Gbr, 8, ColourDescription.Bt709Limited with { Range = ColourRange.Full }), default);
        byte[] codes = [90, 140, 210];
        for (int plane = 0; plane < 3; plane++)
            frame.PlaneBytes(plane).Fill(codes[plane]);
        Queue<MattedFrame> ready = new();
        model.Process(frame, ready);
        using MattedFrame matted = ready.Dequeue();
        double code = order == "rgb" ? 210 : 140, expected = Math.Clamp(((code * scale) - mean) / std, 0, 1);
        Assert.All(matted.Alpha.Samples.ToArray(), a => Assert.Equal(expected, a / 65535.0, AlphaTolerance));
    }

    [Theory]
    [InlineData("sigmoid", 1, 6f)]
    [InlineData("softmax", 2, 6f)]
    [InlineData("none", 1, 6f)]
    [InlineData("softmax", 2, 4000f)]
    public void Process_TheActivation_IsApplied(string activation, int channels, float gain)
    {
        TinyStill tiny = new() { Activation = activation, Channels = channels, Gain = gain };
        using CheckingFramePool pool = new();
        using StillMattingModel model = Open(pool, tiny, guided: false);
        VideoFrame frame = VideoFrame.Rent(pool, new FrameFormat(8, 6, PlaneLayout.Gray, 8, ColourDescription.Bt709Limited with { Range = ColourRange.Full }), default);
        frame.PlaneBytes(0).Fill(51);
        Queue<MattedFrame> ready = new();
        model.Process(frame, ready);
        using MattedFrame matted = ready.Dequeue();
        // Two logits of -x/2 and x/2 are a sigmoid of x.
        double x = gain * .2, expected = activation == "none" ? Math.Min(x, 1) : 1 / (1 + Math.Exp(-x));
        Assert.All(matted.Alpha.Samples.ToArray(), a => Assert.Equal(expected, a / 65535.0, AlphaTolerance));
    }

    [Fact]
    public void Process_APictureOfAnotherShape_IsFedAtItsOwnShape()
    {
        TinyStill tiny = new() { Multiple = 4, Width = 32, Height = 32 };
        using CheckingFramePool pool = new();
        using StillMattingModel model = Open(pool, tiny, guided: true);
        Queue<MattedFrame> ready = new();
        model.Process(Draw(pool, new FrameFormat(200, 100, PlaneLayout.Gray, 8, ColourDescription.Bt709Limited), 0), ready);
        ready.Dequeue().Dispose();
        Assert.Equal(64 * 32, model.SmallAlpha.Length);
        Assert.Equal(.32, model.Info.DownsampleRatio, 3);
    }

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) => Open(pool, new TinyStill(), guided: true);

    private static StillMattingModel Open(IFramePool pool, TinyStill tiny, bool guided) => new(
        pool,
        StillSession.Open(tiny.Build(), "tiny.onnx", tiny.Input, tiny.Output, new SessionSettings()),
        new StillMattingOptions { Sha256 = Hash, Input = tiny.Input, Output = tiny.Output, Guided = guided });
}
