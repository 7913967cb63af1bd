using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Pipelines;
using VideoMatte.Testing;

namespace VideoMatte.Benchmarks;

/// <summary>Prints the managed bytes allocated per frame by the engine alone: five stages between a reader and a writer that only pass
/// frames on, over the pool that programs use.</summary>
internal static class AllocationReport
{
    private const long Frames = 2000;

    /// <summary>The first frames fill the pool and meet the just-in-time compiler.</summary>
    private const long Settled = 30;

    public static async Task<int> RunAsync()
    {
        foreach ((int width, int height) in new[] { (64, 36), (640, 360), (1920, 1080) })
        {
            FrameFormat format = new(width, height, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);
            (double bytes, double perSecond) = await MeasureAsync(format);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"engine {width}x{height}: {bytes:0} managed bytes a frame, {perSecond:0} frames a second"));
        }

        return 0;
    }

    private static async Task<(double Bytes, double PerSecond)> MeasureAsync(FrameFormat format)
    {
        FramePool pool = new();
        using VideoFrame still = MovingDisc.Picture(pool, format, FakeFrameReader.TimeOf(0));
        long before = 0, after = 0;
        FakeFrameWriter writer = new()
        {
            OnWrite = (index, _) =>
            {
                if (index == Settled)
                    before = GC.GetTotalAllocatedBytes(precise: true);
                if (index == Frames - 1)
                    after = GC.GetTotalAllocatedBytes(precise: true);
                return ValueTask.CompletedTask;
            },
        };
        PipelineResult result = await new MattingPipeline(TimeProvider.System).RunAsync(
            new FakeFrameReader(pool, format, Frames) { Still = still },
            [new FakeStage<VideoFrame>("shots")],
            new FakeMattingModel(pool) { Undrawn = true },
            [new FakeStage<MattedFrame>("smoothing", 2), new FakeStage<MattedFrame>("foreground"), new FakeStage<MattedFrame>("background")],
            writer,
            new PipelineOptions(),
            progress: null,
            CancellationToken.None);
        return ((after - before) / (double)(Frames - 1 - Settled), result.FramesOut / result.Seconds);
    }
}
