using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Matting.Prompt;
using VideoMatte.Matting.Subject;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Matting.Prompt;

/// <summary>The prompt family on a tiny network. The scene: two red discs, radius 16, on black, one running to the right by 4 pixels a frame, one
/// standing still below; the network's picture is half of it.</summary>
public sealed class PromptMattingModelTests : MattingModelContract
{
    private const int Side = 2 * TinyPrompt.Size, Radius = 16, Fast = 4, Slow = 1;

    private static readonly MattingModelInfo Info = new("tiny", new string('0', 64), "MIT", "prompt", "cpu", 1);

    [Theory]
    [InlineData("20,30")]
    [InlineData("4,14,36,46")]
    public void Process_APointOrABox_MattesThatDiscAndFollowsIt(string prompt)
    {
        using CheckingFramePool pool = new();
        using PromptMattingModel model = Create(pool, new TinyPrompt(), prompt);
        for (int i = 0; i < 12; i++)
        {
            using MattedFrame frame = Matte(model, pool, i);
            (double inside, double outside) = Cover(frame.Alpha, i);
            Assert.True(inside > .85, $"frame {i}: {inside} of the disc");
            Assert.True(outside < .02, $"frame {i}: {outside} of what is not the disc");
        }

        Assert.Empty(model.Warnings);
        Assert.Equal(.5, model.Info.DownsampleRatio);
    }

    /// <summary>Without earlier masks the decoder's box alone follows.</summary>
    [Fact]
    public void Process_ADecoderThatTakesNoMasks_FollowsByTheBox()
    {
        using CheckingFramePool pool = new();
        using PromptMattingModel model = Create(pool, new TinyPrompt { TakesMasks = false }, "20,30");
        double inside = 0;
        for (int i = 0; i < 6; i++)
        {
            using MattedFrame frame = Matte(model, pool, i, Slow);
            inside = Cover(frame.Alpha, i, Slow).Inside;
        }

        Assert.True(inside > .85, $"{inside}");
    }

    [Fact]
    public void Process_TwoPrompts_BothAreInTheMatte_TheSecondFromItsTimeOn()
    {
        using CheckingFramePool pool = new();
        using PromptMattingModel model = Create(pool, new TinyPrompt(), "20,30", "64,100@0.12");
        for (int i = 0; i < 5; i++)
        {
            using MattedFrame frame = Matte(model, pool, i);
            // Drawn.At counts 25 frames a second: 0.12 s is frame 3.
            Assert.Equal(i >= 3, frame.Alpha.Row(100)[64] > 60000);
            Assert.True(frame.Alpha.Row(30)[20 + (4 * i)] > 60000);
        }
    }

    [Fact]
    public void Process_NothingAtThePlace_IsAnEmptyMatteAndNotAsAsked()
    {
        using CheckingFramePool pool = new();
        using PromptMattingModel model = Create(pool, new TinyPrompt(), "110,30", "64,100@9");
        using (MattedFrame frame = Matte(model, pool, 0))
            Assert.True(frame.Alpha.Samples.IndexOfAnyExcept((ushort)0) < 0);
        Matte(model, pool, 1).Dispose();
        Assert.Equal(["subject-lost", "subject-not-found"], model.Warnings.Select(w => w.Code));
        Assert.All(model.Warnings, w => Assert.True(w.NotAsAsked));
    }

    [Fact]
    public void Reset_AtACut_NobodyIsKnownUntilPointedAtAgain()
    {
        using CheckingFramePool pool = new();
        using PromptMattingModel model = Create(pool, new TinyPrompt(), "20,30", "64,100@0.08");
        Matte(model, pool, 0).Dispose();
        model.Reset();
        using (MattedFrame frame = Matte(model, pool, 1))
            Assert.True(frame.Alpha.Samples.IndexOfAnyExcept((ushort)0) < 0);
        using (MattedFrame frame = Matte(model, pool, 2))
            Assert.True(frame.Alpha.Row(100)[64] > 60000 && frame.Alpha.Row(30)[28] == 0);
        Assert.Equal("subject-lost-at-cut", Assert.Single(model.Warnings).Code);
    }

    [Theory]
    [InlineData("point_coords", "state", "asks for an input state")]
    [InlineData("points", null, "has no input point_coords")]
    public void Open_AnotherContract_NamesTheTensor(string points, string? extra, string expected)
    {
        MatteException error = Assert.Throws<MatteException>(() => PromptSession.Open(
            TinyPrompt.Encoder(), new TinyPrompt { Points = points, Extra = extra }.Decoder(), "tiny", TinyPrompt.Input, new SessionSettings()));
        Assert.Equal("model-contract", error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TheGraphsTheWrongWayRound_IsRefused() => Assert.Equal("model-contract", Assert.Throws<MatteException>(() => PromptSession.Open(
        new TinyPrompt().Decoder(), TinyPrompt.Encoder(), "tiny", TinyPrompt.Input, new SessionSettings())).Code);

    /// <summary>The bright disc of the drawn scene, in formats of other planes, depths and odd sizes.</summary>
    [Theory]
    [InlineData(PlaneLayout.Gray, 8)]
    [InlineData(PlaneLayout.Gray, 10)]
    [InlineData(PlaneLayout.Gbr, 12)]
    public void Process_APictureOfOtherPlanes_FindsWhatIsPointedAt(PlaneLayout layout, int depth)
    {
        using CheckingFramePool pool = new();
        FrameFormat format = new(101, 77, layout, depth, layout == PlaneLayout.Gray ? new(ColourMatrix.Unspecified, ColourRange.Full) : ColourDescription.Rgb);
        using (PromptMattingModel model = Create(pool, new TinyPrompt(), "30,38"))
        {
            Queue<MattedFrame> ready = new();
            model.Process(MovingDisc.Picture(pool, format, Drawn.At(10)), ready);
            using MattedFrame frame = ready.Dequeue();
            Assert.True(frame.Alpha.Row(38)[30] > 60000 && frame.Alpha.Row(2)[98] == 0);
        }

        Assert.Equal(0, pool.OutstandingBytes);
    }

    /// <summary>The contract asks that nothing is left after a reset; of this model prompts are, whose time is still to come: here none comes.</summary>
    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) => Create(pool, new TinyPrompt(), "3,3@1000");

    private static PromptMattingModel Create(IFramePool pool, TinyPrompt network, params string[] prompts) => new(
        pool, PromptSession.Open(TinyPrompt.Encoder(), network.Decoder(), "tiny", TinyPrompt.Input, new SessionSettings()), TinyPrompt.Input,
        [.. prompts.Select(SubjectPrompt.Parse)], Info);

    private static MattedFrame Matte(PromptMattingModel model, IFramePool pool, int index, int speed = Fast)
    {
        VideoFrame picture = VideoFrame.Rent(pool, Drawn.Rgb(Side, Side), Drawn.At(index));
        picture.Bytes.Clear();
        Span<byte> red = picture.PlaneBytes(2);
        for (int i = 0; i < red.Length; i++)
            red[i] = Distance(i % Side, i / Side, 20 + (speed * index), 30) < Radius || Distance(i % Side, i / Side, 64, 100) < Radius ? (byte)255 : (byte)0;
        Queue<MattedFrame> ready = new();
        model.Process(picture, ready);
        return ready.Dequeue();
    }

    /// <summary>Mean alpha well inside the running disc, and beyond 4 pixels outside of it.</summary>
    private static (double Inside, double Outside) Cover(AlphaMatte alpha, int index, int speed = Fast)
    {
        double inside = 0, outside = 0;
        int within = 0, beyond = 0;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                double distance = Distance(x, y, 20 + (speed * index), 30), code = alpha.Row(y)[x] / 65535.0;
                (inside, within) = distance < Radius - 3 ? (inside + code, within + 1) : (inside, within);
                (outside, beyond) = distance > Radius + 4 ? (outside + code, beyond + 1) : (outside, beyond);
            }
        }

        return (inside / within, outside / beyond);
    }

    private static double Distance(int x, int y, double centreX, double centreY) => Math.Sqrt(Math.Pow(x + .5 - centreX, 2) + Math.Pow(y + .5 - centreY, 2));
}
