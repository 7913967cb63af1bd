using BenchmarkDotNet.Attributes;
using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Refine;

namespace VideoMatte.Benchmarks;

/// <summary>What <c>--refine band</c> adds to a 1080p frame: the view of the picture, and the filter. The matte is a disc with a soft rim of
/// 40 pixels.</summary>
public class BandRefinedBenchmark
{
    private readonly NetworkView _view = new();
    private readonly BandFilter _filter = new(1920, 1080);
    private readonly float[] _rgb = new float[3 * 1920 * 1080];
    private readonly ushort[] _alpha = new ushort[1920 * 1080];
    private VideoFrame _frame = null!;

    [GlobalSetup]
    public void Setup()
    {
        _frame = VideoFrame.Rent(new FramePool(), new FrameFormat(1920, 1080, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited), default);
        new Random(1).NextBytes(_frame.Bytes);
        for (int i = 0; i < _alpha.Length; i++)
        {
            double distance = Math.Sqrt(Math.Pow((i % 1920) - 960, 2) + Math.Pow((i / 1920) - 540, 2));
            _alpha[i] = (ushort)(Math.Clamp((420 - distance) / 40, 0, 1) * AlphaMatte.Opaque);
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _frame.Dispose();

    [Benchmark]
    public void View() => _view.Write(_frame, _rgb);

    [Benchmark]
    public void Filter() => _filter.Apply(_rgb, _alpha);
}
