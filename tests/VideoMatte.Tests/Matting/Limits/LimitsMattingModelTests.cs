using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Limits;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Matting.Limits;

public sealed class LimitsMattingModelTests : MattingModelContract
{
    private const int Width = 320, Height = 240;

    [Theory]
    [InlineData(60.0, 3.0, 1.0, null)]
    [InlineData(60.0, 0.01, 1.0, "matte-hard")]
    [InlineData(4.0, 2.0, 1.0, "matte-empty")]
    [InlineData(10.0, 2.0, 1.0, "subject-small")]
    [InlineData(60.0, 3.0, 0.5, "translucent")]
    public void Warnings_OfAShot_NameWhatWasSeen(double radius, double ramp, double most, string? code)
    {
        string[] found = [.. Run(_ => (radius, ramp, most), 12).Select(w => w.Code)];
        Assert.Equal(code is null ? [] : [code], found);
    }

    /// <summary>Seen in one shot, said of that shot.</summary>
    [Fact]
    public void Warnings_OfTwoShots_AreOfTheOneThatShowsIt()
    {
        IReadOnlyList<MatteWarning> warnings = Run(i => i < 10 ? (60, 3, 1) : (0, 3, 1), 20, cut: 10);
        MatteWarning only = Assert.Single(warnings);
        Assert.Equal(("matte-empty", 10L, false), (only.Code, only.Frame, only.NotAsAsked));
    }

    /// <summary>Somebody who is gone for most of a shot was there.</summary>
    [Fact]
    public void Warnings_WhereSomebodyWasThereOnce_AreNone() => Assert.Empty(Run(i => i == 3 ? (60, 3, 1) : (0, 3, 1), 12));

    [Fact]
    public void Warnings_OfAFewFrames_AreNone() => Assert.Empty(Run(_ => (0, 3, 1), 4));

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) => new LimitsMattingModel(new FakeMattingModel(pool));

    private static IReadOnlyList<MatteWarning> Run(Func<long, (double Radius, double Ramp, double Most)> disc, int frames, int cut = -1)
    {
        using CheckingFramePool pool = new();
        using var model = new LimitsMattingModel(new DrawnMattingModel(pool, (i, x, y) => Code(disc(i), x, y)));
        Queue<MattedFrame> ready = new();
        for (int i = 0; i < frames; i++)
        {
            if (i == cut)
                model.Reset();
            model.Process(MovingDisc.Picture(pool, Drawn.Yuv420(Width, Height), Drawn.At(i)), ready);
            ready.Dequeue().Dispose();
        }

        return model.Warnings;
    }

    private static double Code((double Radius, double Ramp, double Most) disc, int x, int y) =>
        65535 * disc.Most * Math.Clamp(((disc.Radius - Math.Sqrt(Math.Pow(x - 160, 2) + Math.Pow(y - 120, 2))) / disc.Ramp) + .5, 0, 1);
}
