using BenchmarkDotNet.Attributes;
using VideoMatte.Compositing.Edges;
using VideoMatte.Frames;

namespace VideoMatte.Benchmarks.Compositing;

/// <summary>Each edge tool on a 16-bit 1080p matte of a figure, one thread. The baseline copies the matte sample by sample.</summary>
[MemoryDiagnoser]
public class EdgeBenchmarks
{
    private readonly LevelsTable _levels = new(new MatteLevels(0.05, 0.95, 1.2));
    private readonly MatteGrow _grow = new(-1.5);
    private readonly MatteGrow _growFar = new(10);
    private readonly MatteFeather _feather = new(3);
    private readonly MatteFeather _featherFar = new(20);
    private readonly MatteDespeckle _despeckle = new(5);
    private AlphaMatte? _matte;
    private AlphaMatte? _result;

    [GlobalSetup]
    public void Setup()
    {
        FramePool pool = new();
        _matte = Scene1080p.Matted(pool).Alpha;
        _result = AlphaMatte.Rent(pool, _matte.Width, _matte.Height);
        _matte.Samples.CopyTo(_result.Samples);
    }

    [Benchmark(Baseline = true)]
    public void CopyBySamples()
    {
        ReadOnlySpan<ushort> from = _matte!.Samples;
        Span<ushort> to = _result!.Samples;
        for (int i = 0; i < from.Length; i++)
            to[i] = from[i];
    }

    [Benchmark]
    public void Levels() => _levels.Apply(_result!.Samples);

    [Benchmark]
    public void Shrink1AndAHalf() => _grow.Apply(_matte!, _result!);

    [Benchmark]
    public void Grow10() => _growFar.Apply(_matte!, _result!);

    [Benchmark]
    public void Feather3() => _feather.Apply(_matte!, _result!);

    [Benchmark]
    public void Feather20() => _featherFar.Apply(_matte!, _result!);

    [Benchmark]
    public void Despeckle() => _despeckle.Apply(_result!);

    [Benchmark]
    public void Multiply() => MaskBlend.Multiply(_result!.Samples, _matte!.Samples);
}
