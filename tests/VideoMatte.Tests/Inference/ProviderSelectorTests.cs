using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting.Plate;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Inference;

public sealed class ProviderSelectorTests
{
    private static readonly byte[] Tiny = new TinyRecurrent().Build();
    private static readonly byte[] Inverted = new TinyRecurrent { Inverted = true }.Build();

    private readonly List<MatteWarning> _warnings = [];

    [Fact]
    public void Open_Cpu_IsTheCpu()
    {
        using RecurrentSession session = new ProviderSelector().Open(Tiny, "tiny", ProviderKind.Cpu, 1, _warnings);
        Assert.Equal(ProviderKind.Cpu, session.Provider);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Open_AutoOnThisMachine_RunsOnSomething()
    {
        using RecurrentSession session = new ProviderSelector().Open(Tiny, "tiny", null, 1, _warnings);
        session.Prepare(8, 8).Fill(.5f);
        session.Run(1);
        Assert.All(session.Alpha.ToArray(), a => Assert.Equal(.25f, a, 1e-3f));
    }

    [Theory]
    [InlineData("cuda", "Gpu")]
    [InlineData("tensorrt", "Gpu")]
    [InlineData("directml", "directml")]
    [InlineData("coreml", "macOS")]
    public void Open_NotCompiledIn_NamesTheBuildThatHasIt(string provider, string build)
    {
        ProviderSelector selector = new(() => ["CPUExecutionProvider"], RecurrentSession.Open);
        MatteException error = Assert.Throws<MatteException>(
            () => selector.Open(Tiny, "tiny", ProviderNames.Parse(provider), 1, _warnings));
        Assert.Equal((ErrorKind.Provider, "provider-unavailable"), (error.Kind, error.Code));
        Assert.Contains(provider, error.Message, StringComparison.Ordinal);
        Assert.Contains(build, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Said to be compiled in where it is not: the real library is asked, and what it throws is ours to translate.</summary>
    [Theory]
    [InlineData("tensorrt")]
    [InlineData("directml")]
    [InlineData("coreml")]
    public void Open_NamedButUnusable_IsAProviderError(string provider)
    {
        ProviderKind kind = ProviderNames.Parse(provider)!.Value;
        if (SessionFactory.CompiledIn().Contains(ProviderNames.RuntimeName(kind), StringComparer.Ordinal))
            return;
        ProviderSelector selector = new(() => [ProviderNames.RuntimeName(kind)], RecurrentSession.Open);
        Assert.Equal("provider-unavailable", Assert.Throws<MatteException>(() => selector.Open(Tiny, "tiny", kind, 1, _warnings)).Code);
    }

    [Fact]
    public void Open_AutoWithAGoodProvider_TakesIt()
    {
        List<ProviderKind> opened = [];
        using RecurrentSession session = Pretend(Tiny, opened).Open(Tiny, "tiny", null, 1, _warnings);
        Assert.Equal([ProviderKind.Cuda, ProviderKind.Cpu], opened);
        Assert.Empty(_warnings);
        session.Prepare(8, 8).Fill(1);
        session.Run(1);
        Assert.All(session.Alpha.ToArray(), a => Assert.Equal(.5f, a));
    }

    [Fact]
    public void Open_AutoWithAProviderThatIsWrong_FallsBackAndWarns()
    {
        List<ProviderKind> opened = [];
        using RecurrentSession session = Pretend(Inverted, opened).Open(Tiny, "tiny", null, 1, _warnings);
        Assert.Equal([ProviderKind.Cuda, ProviderKind.Cpu, ProviderKind.Cpu], opened);
        MatteWarning warning = Assert.Single(_warnings);
        Assert.Equal("provider-fallback", warning.Code);
        Assert.Contains("cuda", warning.Message, StringComparison.Ordinal);
        session.Prepare(8, 8).Fill(1);
        session.Run(1);
        Assert.All(session.Alpha.ToArray(), a => Assert.Equal(.5f, a));
    }

    [Fact]
    public void Open_NamedAndWrong_IsAnError()
    {
        MatteException error = Assert.Throws<MatteException>(
            () => Pretend(Inverted, []).Open(Tiny, "tiny", ProviderKind.Cuda, 1, _warnings));
        Assert.Equal((ErrorKind.Provider, "provider-canary"), (error.Kind, error.Code));
    }

    [Fact]
    public void Open_AutoWithAProviderThatThrows_FallsBackAndWarns()
    {
        ProviderSelector selector = new(
            () => ["CUDAExecutionProvider", "CoreMLExecutionProvider", "CPUExecutionProvider"],
            (model, name, settings) => settings.Provider == ProviderKind.Cpu
                ? RecurrentSession.Open(model, name, settings)
                : throw SessionFactory.Unusable(settings.Provider, new EntryPointNotFoundException("no bridge")));
        using RecurrentSession session = selector.Open(Tiny, "tiny", null, 1, _warnings);
        Assert.Equal(ProviderKind.Cpu, session.Provider);
        Assert.Equal(2, _warnings.Count);
    }

    [Fact]
    public void Open_AutoWithABadModel_IsAModelError()
    {
        byte[] bad = new TinyRecurrent { Without = "pha" }.Build();
        Assert.Equal("model-contract", Assert.Throws<MatteException>(
            () => new ProviderSelector().Open(bad, "bad", null, 1, _warnings)).Code);
    }

    [Fact]
    public void Parse_UnknownWord_NamesTheKnownOnes()
    {
        MatteException error = Assert.Throws<MatteException>(() => ProviderNames.Parse("gpu"));
        Assert.Equal((ErrorKind.Usage, "provider-unknown"), (error.Kind, error.Code));
        Assert.Contains("tensorrt", error.Message, StringComparison.Ordinal);
        Assert.Null(ProviderNames.Parse("auto"));
        Assert.All(ProviderNames.All, p => Assert.Equal(p, ProviderNames.Parse(ProviderNames.Name(p))));
    }

    [SharedFact]
    public void Canary_OfTheRealNetwork_SeesADifference()
    {
        byte[] rvm = File.ReadAllBytes(SharedData.RvmModel);
        using RecurrentSession a = RecurrentSession.Open(rvm, "rvm", new SessionSettings(Threads: 1));
        using RecurrentSession b = RecurrentSession.Open(rvm, "rvm", new SessionSettings(Threads: 2));
        using RecurrentSession plate = RecurrentSession.Open(PlateGraph.Build(), "plate", new SessionSettings());
        Assert.Null(CanaryFrame.Compare(a, b));
        Assert.NotNull(CanaryFrame.Compare(plate, b));
    }

    [Fact]
    public void RuntimeInfo_OnThisMachine_ShowsAWorkingCpu()
    {
        RuntimeInfo info = RuntimeInfo.Probe(PlateGraph.Build(), "plate.onnx");
        Assert.Null(info.Problem);
        Assert.Matches(@"^1\.\d+", info.Version);
        Assert.Contains(info.Source, new[] { "npm", "nuget", "path" });
        Assert.NotEmpty(info.Package!);
        Assert.Equal(["cpu", "cuda", "tensorrt", "directml", "coreml"], info.Providers.Select(p => p.Name));
        Assert.Equal(new ProviderStatus("cpu", true, true, true, null), info.Providers[0]);
        Assert.All(info.Providers, p => Assert.Equal(p.CanaryPasses, p.Problem is null));
    }

    /// <summary>A selector for which CUDA is compiled in and runs <paramref name="onCuda"/>, on the CPU in truth.</summary>
    private static ProviderSelector Pretend(byte[] onCuda, List<ProviderKind> opened) => new(
        () => ["CUDAExecutionProvider", "CPUExecutionProvider"],
        (model, name, settings) =>
        {
            opened.Add(settings.Provider);
            return RecurrentSession.Open(
                settings.Provider == ProviderKind.Cuda ? onCuda : model, name, settings with { Provider = ProviderKind.Cpu });
        });
}
