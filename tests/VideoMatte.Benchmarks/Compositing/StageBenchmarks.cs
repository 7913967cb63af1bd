using BenchmarkDotNet.Attributes;
using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Temporal;

namespace VideoMatte.Benchmarks.Compositing;

/// <summary>Whole stages on a 1080p frame, one thread. The baseline copies every plane byte by byte: what any stage must at least
/// touch.</summary>
[MemoryDiagnoser]
public class StageBenchmarks
{
    private readonly Queue<MattedFrame> _ready = new();
    private readonly Queue<VideoFrame> _pictures = new();
    private readonly byte[] _copy = new byte[Scene1080p.Format.ByteCount];
    private MattedFrame? _frame;
    private ForegroundStage? _foreground;
    private CompositeStage? _colour;
    private CompositeStage? _blur;
    private PremultiplyStage? _premultiply;
    private ShotStage? _shots;
    private AverageSmoother? _average;

    [GlobalSetup]
    public void Setup()
    {
        FramePool pool = new();
        _frame = Scene1080p.Matted(pool);
        _foreground = new ForegroundStage(pool);
        _colour = new CompositeStage(new ColourBackground(new RgbColour(0, 177, 64), pool), pool);
        _blur = new CompositeStage(new BlurBackground(null, pool), pool);
        _premultiply = new PremultiplyStage(pool);
        _shots = new ShotStage();
        _average = AverageSmoother.Create(0.5);
    }

    [Benchmark(Baseline = true)]
    public void CopyByBytes()
    {
        ReadOnlySpan<byte> from = _frame!.Picture.Bytes;
        for (int i = 0; i < from.Length; i++)
            _copy[i] = from[i];
    }

    [Benchmark]
    public void Foreground()
    {
        _frame!.ReplaceForeground(null);
        Run(_foreground!);
    }

    [Benchmark]
    public void OverColour() => Run(_colour!);

    [Benchmark]
    public void OverBlur() => Run(_blur!);

    [Benchmark]
    public void Premultiply() => Run(_premultiply!);

    [Benchmark]
    public void Average() => Run(_average!);

    [Benchmark]
    public void Shots()
    {
        _shots!.Process(_frame!.Picture, _pictures);
        _pictures.TryDequeue(out _);
    }

    private void Run(MattedStage stage)
    {
        stage.Process(_frame!, _ready);
        _ready.Dequeue();
    }
}
