using VideoMatte.Compositing.Edges;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing.Edges;

public sealed class EdgeStageTests : IDisposable
{
    private readonly CheckingFramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void Create_SettingsThatChangeNothing_GivesNoStage()
    {
        Assert.Null(EdgeStage.Create(EdgeSettings.None, _pool));
        Assert.Null(EdgeStage.Create(new EdgeSettings { Levels = MatteLevels.Parse("0,1,1"), Grow = -0.0, Despeckle = 1 }, _pool));
        Assert.Empty(EdgeSettings.None.Steps);
    }

    [Theory]
    [InlineData(33, 0, 0)]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0, -1, 0)]
    [InlineData(0, 65, 0)]
    [InlineData(0, 0, -2)]
    public void Create_OutOfRange_IsAUsageError(double grow, double feather, double despeckle)
    {
        var settings = new EdgeSettings { Grow = grow, Feather = feather, Despeckle = despeckle };
        Assert.Equal(ErrorKind.Usage, Assert.Throws<MatteException>(() => EdgeStage.Create(settings, _pool)).Kind);
    }

    [Theory]
    [InlineData("0.1,0.9", 0.1, 0.9, 1)]
    [InlineData("0,0.5,2.2", 0, 0.5, 2.2)]
    public void Parse_Levels_AreRead(string text, double black, double white, double gamma) =>
        Assert.Equal(new MatteLevels(black, white, gamma), MatteLevels.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0.5")]
    [InlineData("0.9,0.1")]
    [InlineData("0.5,0.5")]
    [InlineData("-0.1,1")]
    [InlineData("0,1.1")]
    [InlineData("0,1,0")]
    [InlineData("0,1,NaN")]
    [InlineData("0;1")]
    [InlineData("0,1,1,1")]
    public void Parse_WrongLevels_AreAUsageError(string text) =>
        Assert.Equal("matte-levels", Assert.Throws<MatteException>(() => MatteLevels.Parse(text)).Code);

    [Theory]
    [InlineData(0.1, 0.9, 1)]
    [InlineData(0, 1, 2.2)]
    [InlineData(0.25, 0.26, 0.5)]
    public void Levels_EveryCode_IsTheFormulaRoundedOnce(double black, double white, double gamma)
    {
        var table = new LevelsTable(new MatteLevels(black, white, gamma));
        for (int code = 0; code <= 65535; code++)
        {
            double share = Math.Clamp(((code / 65535.0) - black) / (white - black), 0, 1);
            Assert.Equal(65535 * Math.Pow(share, 1 / gamma), table[(ushort)code], 0.5001);
        }
    }

    [Fact]
    public void Process_AllTools_RunInTheStatedOrder()
    {
        var settings = new EdgeSettings { Levels = new MatteLevels(0.2, 0.8, 1.5), Grow = -2, Feather = 3, Despeckle = 5 };
        using EdgeStage stage = EdgeStage.Create(settings, _pool)!;
        using MattedFrame frame = Drawn.Through(stage, Input());
        using AlphaMatte one = AlphaMatte.Rent(_pool, frame.Alpha.Width, frame.Alpha.Height), two = AlphaMatte.Rent(_pool, one.Width, one.Height);
        using MattedFrame input = Input();
        new LevelsTable(settings.Levels).Apply(input.Alpha.Samples);
        new MatteGrow(-2).Apply(input.Alpha, one);
        new MatteFeather(3).Apply(one, two);
        new MatteDespeckle(5).Apply(two);
        Assert.True(two.Samples.SequenceEqual(frame.Alpha.Samples));
        Assert.Equal(["levels 0.2,0.8,1.5", "grow -2", "feather 3", "despeckle 5"], settings.Steps);
    }

    [Fact]
    public void Process_GarbageMattes_OutsideHasTheLastWord()
    {
        using MattedFrame input = Input();
        ushort[] before = input.Alpha.Samples.ToArray();
        var stage = new GarbageMatteStage(Steady(90, 60, 3), Steady(90, 60, 4));
        using MattedFrame frame = Drawn.Through(stage, Input());
        using AlphaMatte include = Drawn.NoiseAlpha(_pool, 90, 60, 3), exclude = Drawn.NoiseAlpha(_pool, 90, 60, 4);
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(Math.Min(Math.Max(before[i], include.Samples[i]), (ushort)(65535 - exclude.Samples[i])), frame.Alpha.Samples[i]);
        stage.Dispose();
    }

    internal static IMatteSource Steady(IFramePool pool, int width, int height, int seed) => new SteadyMatte(Drawn.NoiseAlpha(pool, width, height, seed));

    private IMatteSource Steady(int width, int height, int seed) => Steady(_pool, width, height, seed);

    private MattedFrame Input() => new(Drawn.Noise(_pool, Drawn.Yuv420(90, 60), 1), Drawn.Disc(_pool, 90, 60, 44, 31, 20, 6));

    private sealed class SteadyMatte(AlphaMatte matte) : IMatteSource
    {
        public AlphaMatte Next(FrameTime time) => matte;

        public void Dispose() => matte.Dispose();
    }
}
