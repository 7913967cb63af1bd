using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Inference.Graphs;
using Xunit;

namespace VideoMatte.Tests.Matting.Still;

public sealed class StillSessionTests
{
    public static TheoryData<string, string, GraphElementType> Kinds { get; } = new()
    {
        { "nchw", "1", GraphElementType.Float }, { "nhwc", "1", GraphElementType.Float }, { "nchw", "batch", GraphElementType.Float },
        { "nhwc", "batch", GraphElementType.Float }, { "nchw", "2", GraphElementType.Float }, { "nhwc", "3", GraphElementType.Float },
        { "nchw", "1", GraphElementType.Float16 }, { "nhwc", "2", GraphElementType.Float16 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_EveryLayoutBatchAndPrecision_GivesTheFirstChannel(string layout, string batch, GraphElementType type)
    {
        TinyStill tiny = new() { Layout = layout, Batch = batch, Type = type };
        using StillSession session = Open(tiny);
        for (int turn = 0; turn < 3; turn++)
        {
            Span<float> picture = session.Prepare(8, 6);
            for (int i = 0; i < 48; i++)
                for (int c = 0; c < 3; c++)
                    picture[layout == "nhwc" ? (3 * i) + c : (48 * c) + i] = c == 0 ? (i + turn) / 64f : 9;
            session.Run();
            Assert.Equal((8, 6, 1), (session.Plane.Width, session.Plane.Height, session.Plane.Channels));
            // Multiples of 1/64 are exact in halves.
            Assert.Equal(Enumerable.Range(0, 48).Select(i => (i + turn) / 64f), session.Result.ToArray());
        }
    }

    [Fact]
    public void Run_AnotherSize_IsTaken()
    {
        using StillSession session = Open(new TinyStill { Multiple = 2 });
        foreach ((int width, int height) in ((int, int)[])[(8, 6), (4, 10), (8, 6)])
        {
            session.Prepare(width, height).Fill(.25f);
            session.Run();
            Assert.Equal((width, height), (session.Plane.Width, session.Plane.Height));
            Assert.All(session.Result.ToArray(), v => Assert.Equal(.25f, v));
        }
    }

    [Fact]
    public void Open_WithoutNames_TakesTheOnlyInput()
    {
        using StillSession session = Open(new TinyStill { InputName = null });
        session.Prepare(8, 6).Fill(.5f);
        session.Run();
        Assert.All(session.Result.ToArray(), v => Assert.Equal(.5f, v));
    }

    public static TheoryData<string> Breaches { get; } = new("size", "layout", "name", "extra", "dynamic", "output");

    [Theory]
    [MemberData(nameof(Breaches))]
    public void Open_AnotherContract_IsRefusedAndNamesTheTensor(string breach)
    {
        TinyStill tiny = new();
        byte[] bytes = (breach == "extra" ? tiny with { Extra = "more" } : tiny).Build();
        TinyStill entry = breach switch
        {
            "size" => tiny with { Width = 16 },
            "layout" => tiny with { Layout = "nhwc" },
            "name" => tiny with { InputName = "image" },
            "dynamic" => tiny with { Multiple = 4 },
            _ => tiny,
        };
        MatteException error = Assert.Throws<MatteException>(() =>
        {
            using StillSession session = StillSession.Open(
                bytes, "x.onnx", entry.Input, breach == "output" ? entry.Output with { Name = "alpha" } : entry.Output, new SessionSettings());
        });
        Assert.Equal((ErrorKind.Model, "model-contract"), (error.Kind, error.Code));
        Assert.Contains(breach switch { "extra" => "more", "name" => "image", "output" => "alpha", _ => "picture" }, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithAChannelThatIsNotThere_IsRefused()
    {
        TinyStill tiny = new();
        using StillSession session = StillSession.Open(tiny.Build(), "x.onnx", tiny.Input, tiny.Output with { Channel = 1 }, new SessionSettings());
        session.Prepare(8, 6);
        Assert.Equal("model-contract", Assert.Throws<MatteException>(session.Run).Code);
    }

    [Fact]
    public void Result_BeforeARun_IsRefused()
    {
        using StillSession session = Open(new TinyStill());
        session.Prepare(8, 6);
        Assert.Throws<InvalidOperationException>(() => session.Result.Length);
    }

    private static StillSession Open(TinyStill tiny) => StillSession.Open(tiny.Build(), "tiny.onnx", tiny.Input, tiny.Output, new SessionSettings());
}
