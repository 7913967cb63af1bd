using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Models;
using VideoMatte.Pipelines;

namespace VideoMatte.Benchmarks;

/// <summary>Prints what smoothing adds to the time of a whole job: decode, network, encode of the matte. Jobs with and without it take turns,
/// so that a machine that grows slower is slower for both; the first of each meets the just-in-time compiler and does not count.</summary>
internal static class SmoothingCostReport
{
    private const int Rounds = 5;

    private static readonly string[] Kinds = ["off", "flow"];

    /// <param name="clip">A clip of that many frames or more.</param>
    /// <param name="model">Id or path of the model.</param>
    /// <param name="frames">Frames of each job.</param>
    public static async Task<int> RunAsync(string clip, string model, int frames)
    {
        string folder = Directory.CreateTempSubdirectory("videomatte-bench-").FullName;
        try
        {
            Dictionary<string, List<double>> seconds = Kinds.ToDictionary(k => k, _ => new List<double>());
            for (int round = 0; round <= Rounds; round++)
                foreach (string kind in Kinds)
                {
                    MattingResult result = await JobAsync(clip, model, frames, kind, folder);
                    if (round > 0)
                        seconds[kind].Add(result.Seconds);
                }

            double off = Median(seconds["off"]), flow = Median(seconds["flow"]);
            foreach (string kind in Kinds)
                Console.WriteLine($"{kind}: {string.Join(' ', seconds[kind].Select(s => s.ToString("0.00", CultureInfo.InvariantCulture)))} s");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"medians {off:0.00} and {flow:0.00} s: {flow / off:0.000} times"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<MattingResult> JobAsync(string clip, string model, int frames, string smoothing, string folder)
    {
        var service = new MattingService(
            ModelStore.ForMachine(Environment.GetEnvironmentVariable, AppContext.BaseDirectory), new FramePool(), TimeProvider.System, Environment.GetEnvironmentVariable);
        var job = new MattingJob
        {
            Input = clip,
            Model = model,
            Source = SourceOptions.Default with { Selection = new FrameSelection(null, null, frames) },
            Smoothing = smoothing,
            Warmup = 0,
            AlphaOutput = Path.Combine(folder, "alpha.mkv"),
            Overwrite = true,
        };
        return service.RunAsync(job, null, CancellationToken.None);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
