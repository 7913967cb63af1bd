using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Fallback;
using VideoMatte.Matting.Limits;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Matting.Limits;

public sealed class LimitsMattingModelTests : MattingModelContract
{
    private const int Width = 320, Height = 240;

    private static readonly ModelSight Recurrent = ModelSight.OfRecurrent(Height, 1);

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

    /// <summary>A shot may be as short as a still: what is seen in one frame is said of one frame.</summary>
    [Theory]
    [InlineData(60.0, 3.0, 1.0, null)]
    [InlineData(60.0, 0.01, 1.0, "matte-hard")]
    [InlineData(0.0, 2.0, 1.0, "matte-empty")]
    [InlineData(10.0, 2.0, 1.0, "subject-small")]
    [InlineData(60.0, 3.0, 0.5, "translucent")]
    public void Warnings_OfOneFrame_NameWhatWasSeen(double radius, double ramp, double most, string? code)
    {
        IReadOnlyList<MatteWarning> warnings = Run(_ => (radius, ramp, most), 1);
        Assert.Equal(code is null ? [] : [code], warnings.Select(w => w.Code));
        Assert.All(warnings, w => Assert.Contains("this frame", w.Message, StringComparison.Ordinal));
    }

    /// <summary>Seen in one shot, said of that shot; an empty matte is not what was asked for.</summary>
    [Fact]
    public void Warnings_OfTwoShots_AreOfTheOneThatShowsIt()
    {
        IReadOnlyList<MatteWarning> warnings = Run(i => i < 10 ? (60, 3, 1) : (0, 3, 1), 20, cut: 10);
        MatteWarning only = Assert.Single(warnings);
        Assert.Equal(("matte-empty", 10L, true), (only.Code, only.Frame, only.NotAsAsked));
    }

    /// <summary>Somebody who is gone for most of a shot was there.</summary>
    [Fact]
    public void Warnings_WhereSomebodyWasThereOnce_AreNone() => Assert.Empty(Run(i => i == 3 ? (60, 3, 1) : (0, 3, 1), 12));

    /// <summary>A smooth veil is tinted glass; with the picture's texture in it, what is behind goes along.</summary>
    [Fact]
    public void Warnings_OfAVeilWithoutTexture_AreNone() => Assert.Empty(Run(_ => (60, 3, .5), 12, textured: false));

    /// <summary>A fourth of the picture's height is enough for a still model, however it is stretched; less is not.</summary>
    [Theory]
    [InlineData(256, 40, 0)]
    [InlineData(144, 40, 0)]
    [InlineData(256, 25, 1)]
    [InlineData(144, 25, 1)]
    [InlineData(1024, 25, 0)]
    public void Warnings_OfAStillModel_GoByTheSubjectsHeight(int network, double radius, int count)
    {
        IReadOnlyList<MatteWarning> warnings = Run(_ => (radius, 3, 1), 3, sight: ModelSight.OfStill(network));
        Assert.Equal(Enumerable.Repeat("subject-small", count), warnings.Select(w => w.Code));
    }

    /// <summary>A haze that is nearly nothing over the whole picture, and a speck of one pixel in it: nobody is there, and nobody is small.</summary>
    [Fact]
    public void Warnings_OfASpeckInAHaze_SpeakOfNobody()
    {
        MatteWarning only = Assert.Single(Run((_, x, y) => x == 160 && y == 120 ? 65535 : 650, 12));
        Assert.Equal("matte-empty", only.Code);
    }

    /// <summary>A veil that is somewhere half there, and a speck: no subject, so none that is small.</summary>
    [Fact]
    public void Warnings_OfASpeckInAVeil_NameNoSmallSubject() =>
        Assert.DoesNotContain(Run((_, x, y) => x == 160 && y == 120 ? 65535 : x < 40 ? 20000 : 0, 12), w => w.Code == "subject-small");

    /// <summary>The plate model knows no network's height, and no edge of its is judged: an empty matte is all that is said.</summary>
    [Fact]
    public void Warnings_WithoutANetworksSight_AreOfEmptinessAlone()
    {
        Assert.Empty(Run(_ => (10, .01, 1), 12, sight: null, hasSight: false));
        MatteWarning only = Assert.Single(Run(_ => (0, 3, 1), 12, sight: null, hasSight: false));
        Assert.Equal(("matte-empty", true), (only.Code, only.NotAsAsked));
        Assert.Contains("--clean-plate", only.Message, StringComparison.Ordinal);
    }

    /// <summary>Where another model stood in for some of a shot and the model itself found nobody in the rest, the rest is named; where it
    /// stood in for most, nothing is empty.</summary>
    [Theory]
    [InlineData(10, 1)]
    [InlineData(60, 0)]
    public void Warnings_WhereAnotherStoodIn_AreOfTheModelsOwnFrames(int seenFor, int count)
    {
        using CheckingFramePool pool = new();
        // The main model sees nobody in 100 frames, the other somebody in the first ones.
        var fallback = new FallbackMattingModel(new DrawnMattingModel(pool, (_, _, _) => 0), new DrawnMattingModel(pool, (i, x, y) => i < seenFor ? Code((60, 3, 1), x, y) : 0));
        using var model = new LimitsMattingModel(fallback, Recurrent);
        MatteWarning[] warnings = [.. Pass(pool, model, 100, -1, textured: true).Where(w => w.Code == "matte-empty")];
        Assert.Equal(count, warnings.Length);
        Assert.All(warnings, w => Assert.False(w.NotAsAsked));
    }

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) => new LimitsMattingModel(new FakeMattingModel(pool), Recurrent);

    private static IReadOnlyList<MatteWarning> Run(
        Func<long, (double Radius, double Ramp, double Most)> disc, int frames, int cut = -1, bool textured = true, ModelSight? sight = null, bool hasSight = true) =>
        Run((i, x, y) => Code(disc(i), x, y), frames, cut, textured, hasSight ? sight ?? Recurrent : null);

    private static IReadOnlyList<MatteWarning> Run(Func<long, int, int, double> draw, int frames) => Run(draw, frames, -1, true, Recurrent);

    private static IReadOnlyList<MatteWarning> Run(Func<long, int, int, double> draw, int frames, int cut, bool textured, ModelSight? sight)
    {
        using CheckingFramePool pool = new();
        using var model = new LimitsMattingModel(new DrawnMattingModel(pool, draw), sight);
        return Pass(pool, model, frames, cut, textured);
    }

    private static IReadOnlyList<MatteWarning> Pass(IFramePool pool, LimitsMattingModel model, int frames, int cut, bool textured)
    {
        Queue<MattedFrame> ready = new();
        for (int i = 0; i < frames; i++)
        {
            if (i == cut)
                model.Reset();
            model.Process(textured ? Drawn.Noise(pool, Drawn.Yuv420(Width, Height), i) : MovingDisc.Picture(pool, Drawn.Yuv420(Width, Height), Drawn.At(i + 30)), ready);
        }

        model.Flush(ready);
        Assert.Equal(frames, ready.Count);
        while (ready.TryDequeue(out MattedFrame? frame))
            frame.Dispose();
        return model.Warnings;
    }

    private static double Code((double Radius, double Ramp, double Most) disc, int x, int y) =>
        65535 * disc.Most * Math.Clamp(((disc.Radius - Math.Sqrt(Math.Pow(x - 160, 2) + Math.Pow(y - 120, 2))) / disc.Ramp) + .5, 0, 1);
}
