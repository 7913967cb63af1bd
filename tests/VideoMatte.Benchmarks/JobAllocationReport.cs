using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Pipelines;

namespace VideoMatte.Benchmarks;

/// <summary>Prints the managed bytes allocated per frame by a whole job: decode, network, foreground, encode.</summary>
internal static class JobAllocationReport
{
    /// <summary>The first frames fill the pool and meet the just-in-time compiler.</summary>
    private const long Settled = 30;

    /// <param name="clip">Any clip of more than a hundred frames.</param>
    /// <param name="model">Id or path of the model.</param>
    /// <param name="extension">Of the output: chooses the preset.</param>
    public static async Task<int> RunAsync(string clip, string model, string extension)
    {
        string folder = Directory.CreateTempSubdirectory("videomatte-bench-").FullName;
        try
        {
            var marks = new Marks();
            var service = new MattingService(
                ModelStore.ForMachine(Environment.GetEnvironmentVariable, AppContext.BaseDirectory), new FramePool(), TimeProvider.System, Environment.GetEnvironmentVariable);
            var job = new MattingJob { Input = clip, Model = model, Output = Path.Combine(folder, "x" + extension) };
            MattingResult result = await service.RunAsync(job, marks, CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Path.GetFileName(clip)} {result.Width}x{result.Height} to {extension}: {marks.PerFrame:0} managed bytes a frame over frames {marks.FirstFrame} to {marks.LastFrame}, {result.Fps:0.0} fps, peak {result.PeakMemoryBytes >> 20} MiB"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Marks : IProgress<PipelineProgress>
    {
        private long _before, _after;

        public long FirstFrame { get; private set; } = -1;

        public long LastFrame { get; private set; }

        public double PerFrame => (_after - _before) / (double)(LastFrame - FirstFrame);

        public void Report(PipelineProgress value)
        {
            long now = GC.GetTotalAllocatedBytes(precise: true);
            if (FirstFrame < 0 && value.FramesDone >= Settled)
                (FirstFrame, _before) = (value.FramesDone, now);
            (LastFrame, _after) = (value.FramesDone, now);
        }
    }
}
