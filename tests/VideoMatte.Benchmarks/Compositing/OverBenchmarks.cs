using BenchmarkDotNet.Attributes;
using VideoMatte.Compositing;
using VideoMatte.Frames;

namespace VideoMatte.Benchmarks.Compositing;

/// <summary>"Over" of one 1080p luma plane, as floating point would be written first, and the twins.</summary>
public class OverBenchmarks
{
    private readonly byte[] _background = new byte[1920 * 1080];
    private readonly byte[] _result = new byte[1920 * 1080];
    private MattedFrame? _frame;

    [GlobalSetup]
    public void Setup()
    {
        _frame = Scene1080p.Matted(new FramePool());
        new Random(2).NextBytes(_background);
    }

    [Benchmark(Baseline = true)]
    public void Naive()
    {
        ReadOnlySpan<ushort> alpha = _frame!.Alpha.Samples;
        ReadOnlySpan<byte> foreground = _frame.Picture.PlaneBytes(0);
        for (int i = 0; i < alpha.Length; i++)
        {
            double a = alpha[i] / 65535.0;
            _result[i] = (byte)Math.Round((a * foreground[i]) + ((1 - a) * _background[i]));
        }
    }

    [Benchmark]
    public void Scalar() => Over.BlendScalar(_frame!.Alpha.Samples, _frame.Picture.PlaneBytes(0), _background, _result);

    [Benchmark]
    public void Vectorised() => Over.BlendVector(_frame!.Alpha.Samples, _frame.Picture.PlaneBytes(0), _background, _result);
}
