using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Inference.Graphs;
using Xunit;

namespace VideoMatte.Tests.Inference;

public sealed class RecurrentSessionTests
{
    private const int Width = 7;
    private const int Height = 5;

    /// <summary>Halves hold 11 bits: 2^-11 relative at most below 1.</summary>
    private const float HalfTolerance = 1f / 2048;

    [Fact]
    public void Run_FrameAfterFrame_CarriesTheState()
    {
        using RecurrentSession session = Open(new TinyRecurrent());
        float expected = 0;
        for (int frame = 0; frame < 9; frame++)
        {
            float grey = .1f * (frame + 1);
            expected = (grey + expected) * .5f;
            AssertAll(expected, Step(session, grey), 1e-6f);
            AssertAll(grey, session.Foreground.ToArray(), 1e-6f);
        }
    }

    [Fact]
    public void Reset_AtAnyFrame_StartsFromZeros()
    {
        using RecurrentSession session = Open(new TinyRecurrent());
        for (int before = 0; before < 6; before++)
        {
            for (int i = 0; i < before; i++)
                Step(session, 1);
            session.Reset();
            AssertAll(.2f, Step(session, .4f), 1e-6f);
            AssertAll(.3f, Step(session, .4f), 1e-6f);
            AssertAll(.35f, Step(session, .4f), 1e-6f);
            AssertAll(.375f, Step(session, .4f), 1e-6f);
            session.Reset();
        }
    }

    [Fact]
    public void Run_AnotherSize_StartsFromZeros()
    {
        using RecurrentSession session = Open(new TinyRecurrent());
        for (int i = 0; i < 5; i++)
            Step(session, 1);
        session.Prepare(4, 3).Fill(.5f);
        session.Run(1);
        Assert.Equal(12, session.Alpha.Length);
        AssertAll(.25f, session.Alpha.ToArray(), 1e-6f);
        AssertAll(.5f, Step(session, 1), 1e-6f);
    }

    [Fact]
    public void Run_AnotherRatio_StartsFromZeros()
    {
        using RecurrentSession session = Open(new TinyRecurrent());
        for (int i = 0; i < 5; i++)
            Step(session, 1);
        AssertAll(.5f, Step(session, 1, .5f), 1e-6f);
    }

    [Fact]
    public void Seed_States_AreWhereEveryShotStarts()
    {
        using RecurrentSession session = Open(new TinyRecurrent());
        (float[], long[]) zero = ([0], [1, 1, 1, 1]);
        session.Seed([(Enumerable.Repeat(.8f, Width * Height).ToArray(), [1, 1, Height, Width]), zero, zero, zero]);
        AssertAll(.5f, Step(session, .2f), 1e-6f);
        AssertAll(.35f, Step(session, .2f), 1e-6f);
        AssertAll(.275f, Step(session, .2f), 1e-6f);
        session.Reset();
        AssertAll(.5f, Step(session, .2f), 1e-6f);
        session.Seed(null);
        AssertAll(.1f, Step(session, .2f), 1e-6f);
    }

    [Fact]
    public void Seed_OfWrongShape_IsRefused()
    {
        using RecurrentSession session = Open(new TinyRecurrent());
        (float[], long[]) zero = ([0], [1, 1, 1, 1]);
        Assert.Throws<ArgumentException>(() => session.Seed([zero, zero, zero]));
        Assert.Throws<ArgumentException>(() => session.Seed([([0, 0], [1, 1, 1, 1]), zero, zero, zero]));
    }

    [Fact]
    public void Run_HalfPrecision_GivesTheSameWithinHalves()
    {
        using RecurrentSession session = Open(new TinyRecurrent { Type = GraphElementType.Float16 });
        Assert.True(session.IsHalf);
        float expected = 0;
        for (int frame = 0; frame < 6; frame++)
        {
            expected = (.3f + expected) * .5f;
            AssertAll(expected, Step(session, .3f), HalfTolerance);
            AssertAll(.3f, session.Foreground.ToArray(), HalfTolerance);
        }
    }

    [Fact]
    public void Run_ManyFrames_AllocatesNextToNothing()
    {
        using RecurrentSession session = Open(new TinyRecurrent());
        for (int i = 0; i < 10; i++)
            Step(session, .5f);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            session.Prepare(Width, Height).Fill(.5f);
            session.Run(1);
        }

        long perFrame = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        Assert.True(perFrame <= 256, FormattableString.Invariant($"{perFrame} managed bytes a frame"));
    }

    [Theory]
    [InlineData("src")]
    [InlineData("r3i")]
    [InlineData("downsample_ratio")]
    [InlineData("fgr")]
    [InlineData("pha")]
    [InlineData("r4o")]
    public void Open_WithoutATensor_NamesIt(string tensor) =>
        AssertBreach(new TinyRecurrent { Without = tensor }, tensor);

    [Fact]
    public void Open_ExtraInput_NamesIt() => AssertBreach(new TinyRecurrent { Extra = "prompt" }, "prompt");

    [Fact]
    public void Open_OtherShapes_NamesTensorAndShape()
    {
        AssertBreach(new TinyRecurrent { SourceShape = ["1", "4", "H", "W"] }, "src", "[1, 4, ?, ?]");
        AssertBreach(new TinyRecurrent { StateShape = ["a", "b", "c"] }, "r1i", "[?, ?, ?]");
        AssertBreach(new TinyRecurrent { RatioType = GraphElementType.Int64 }, "downsample_ratio", "Int64");
        AssertBreach(new TinyRecurrent { WideAlpha = true }, "pha", "[1, 3, ?, ?]");
        AssertBreach(new TinyRecurrent { Type = GraphElementType.Int64 }, "src", "Int64");
    }

    [Fact]
    public void Run_OutputOfAnotherSize_IsABreachOfContract()
    {
        using RecurrentSession session = Open(new TinyRecurrent { ShortAlpha = true });
        MatteException error = Assert.Throws<MatteException>(() => Step(session, .5f));
        Assert.Equal("model-contract", error.Code);
        Assert.Contains("pha", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StateTheGraphCannotTake_IsAModelError()
    {
        using RecurrentSession session = Open(new TinyRecurrent());
        (float[], long[]) zero = ([0], [1, 1, 1, 1]);
        session.Seed([(new float[6], [1, 1, 2, 3]), zero, zero, zero]);
        MatteException error = Assert.Throws<MatteException>(() => Step(session, .5f));
        Assert.Equal((ErrorKind.Model, "model-run-failed"), (error.Kind, error.Code));
        Assert.NotNull(error.Detail);
    }

    [Fact]
    public void Prepare_OtherSizeThanTheGraphs_IsRefused()
    {
        using RecurrentSession session = Open(new TinyRecurrent { SourceShape = ["1", "3", "5", "7"] });
        AssertAll(.2f, Step(session, .4f), 1e-6f);
        Assert.Equal("model-size", Assert.Throws<MatteException>(() => session.Prepare(8, 5)).Code);
    }

    [Fact]
    public void Members_OutOfOrder_Throw()
    {
        RecurrentSession session = Open(new TinyRecurrent());
        Assert.Throws<InvalidOperationException>(() => session.Run(1));
        session.Prepare(Width, Height);
        Assert.Throws<InvalidOperationException>(() => session.Alpha.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Run(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Run(float.NaN));
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Prepare(Width, Height));
    }

    private static RecurrentSession Open(TinyRecurrent model) => RecurrentSession.Open(model.Build(), "tiny.onnx", new SessionSettings());

    private static float[] Step(RecurrentSession session, float grey, float ratio = 1)
    {
        session.Prepare(Width, Height).Fill(grey);
        session.Run(ratio);
        return session.Alpha.ToArray();
    }

    private static void AssertAll(float expected, float[] found, float tolerance) =>
        Assert.All(found, v => Assert.InRange(v, expected - tolerance, expected + tolerance));

    private static void AssertBreach(TinyRecurrent model, params string[] said)
    {
        MatteException error = Assert.Throws<MatteException>(() => Open(model));
        Assert.Equal((ErrorKind.Model, "model-contract"), (error.Kind, error.Code));
        Assert.All(said, s => Assert.Contains(s, error.Message, StringComparison.Ordinal));
    }
}
