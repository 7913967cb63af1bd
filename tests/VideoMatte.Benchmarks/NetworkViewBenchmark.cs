using BenchmarkDotNet.Attributes;
using VideoMatte.Frames;
using VideoMatte.Matting;

namespace VideoMatte.Benchmarks;

/// <summary>What a frame costs around the network: the view in, the matte and the foreground out. One core.</summary>
[MemoryDiagnoser]
public class NetworkViewBenchmark
{
    private readonly NetworkView _view = new();
    private readonly ForegroundPlanes _planes = new();
    private VideoFrame _frame = null!;
    private VideoFrame _foreground = null!;
    private AlphaMatte _alpha = null!;
    private float[] _rgb = [];
    private float[] _pha = [];

    [Params(8, 10)]
    public int Depth { get; set; }

    [Params(PlaneLayout.Yuv420, PlaneLayout.Yuv444)]
    public PlaneLayout Layout { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        FramePool pool = new();
        FrameFormat format = new(1920, 1080, Layout, Depth, ColourDescription.Bt709Limited);
        (_frame, _foreground) = (VideoFrame.Rent(pool, format, default), VideoFrame.Rent(pool, format, default));
        new Random(1).NextBytes(_frame.Bytes);
        _alpha = AlphaMatte.Rent(pool, 1920, 1080);
        _rgb = new float[3 * 1920 * 1080];
        _pha = new float[1920 * 1080];
        for (int i = 0; i < _pha.Length; i++)
            _pha[i] = Math.Clamp((i % 1920 / 640f) - 1, 0, 1);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _frame.Dispose();
        _foreground.Dispose();
        _alpha.Dispose();
    }

    [Benchmark]
    public void View() => _view.Write(_frame, _rgb);

    [Benchmark]
    public void Alpha() => AlphaConversion.ToCodes(_pha, _alpha.Samples);

    [Benchmark]
    public void Foreground() => _planes.Write(_frame, _alpha, _rgb, _foreground);
}
