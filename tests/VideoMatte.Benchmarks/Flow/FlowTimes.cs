using System.Diagnostics;
using System.Globalization;
using VideoMatte.Temporal.Flow;
using VideoMatte.Testing.Flow;

namespace VideoMatte.Benchmarks.Flow;

/// <summary>Prints what flow costs: one line for each size, preset and number of threads: milliseconds of one flow with both of its pictures
/// made, as OpenCV's <c>calc</c> makes them, and of its parts; then what is done with a flow. Medians.</summary>
internal static class FlowTimes
{
    private const int Rounds = 25;

    /// <summary>Work before the first measurement: the just-in-time compiler comes back to hot methods twice.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private static readonly (int Width, int Height)[] Sizes = [(480, 270), (640, 360), (1280, 720)];

    public static async Task<int> PrintAsync()
    {
        FlowPair pair = await DrawnFlow.DrawAsync("disc-7");
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            foreach ((_, FlowOptions options) in FlowFiles.Presets)
                FlowScore.Compute(pair, options);
            Use(pair, 1);
        }

        Console.WriteLine("width height preset threads whole_ms pictures_ms flow_ms");
        foreach ((int width, int height) in Sizes)
        {
            FlowPair sized = Resize(pair, width, height);
            foreach ((string preset, FlowOptions options) in FlowFiles.Presets)
                foreach (int threads in (int[])[1, 2])
                    Print(sized, preset, options with { Threads = threads });
        }

        Console.WriteLine("what ms");
        Use(pair, Rounds, print: true);
        return 0;
    }

    /// <summary>Confidence at 480 x 270; a matte and a picture of 1080p brought by a flow of that size.</summary>
    private static void Use(FlowPair pair, int rounds, bool print = false)
    {
        FlowPair sized = Resize(pair, 480, 270);
        (FlowField forward, FlowField back) = FlowScore.Compute(sized, FlowOptions.Ultrafast);
        float[] error = new float[480 * 270], confidence = new float[480 * 270];
        ushort[] matte = new ushort[1920 * 1080], broughtMatte = new ushort[1920 * 1080];
        byte[] picture = Resize(pair, 1920, 1080).From, broughtPicture = new byte[1920 * 1080];
        FlowWarp warp = new(480, 270, 1920, 1080);
        Time("confidence-480x270", () => FlowConfidence.Compute(forward, back, error, confidence));
        Time("matte-1920x1080", () => warp.Warp(matte, forward, broughtMatte));
        Time("picture-1920x1080", () => warp.Warp(picture, forward, broughtPicture));

        void Time(string what, Action work)
        {
            List<double> times = [];
            for (int round = 0; round < rounds; round++)
            {
                long start = Stopwatch.GetTimestamp();
                work();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            if (print)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {Median(times):0.000}"));
        }
    }

    /// <summary>Nearest samples: as reference/flow.py does it.</summary>
    private static FlowPair Resize(FlowPair pair, int width, int height)
    {
        byte[] from = new byte[width * height], to = new byte[width * height];
        for (int i = 0; i < from.Length; i++)
        {
            int at = (i / width * pair.Height / height * pair.Width) + (i % width * pair.Width / width);
            (from[i], to[i]) = (pair.From[at], pair.To[at]);
        }

        return new FlowPair(pair.Name, width, height, from, to);
    }

    private static void Print(FlowPair pair, string preset, FlowOptions options)
    {
        DenseInverseSearch search = new(pair.Width, pair.Height, options);
        FlowPicture from = search.NewPicture(), to = search.NewPicture();
        FlowField flow = new(pair.Width, pair.Height);
        List<double> whole = [], pictures = [], flows = [];
        // The first rounds fill the caches.
        for (int round = -5; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            from.Set(pair.FromView);
            to.Set(pair.ToView);
            long middle = Stopwatch.GetTimestamp();
            search.Compute(from, to, flow);
            long end = Stopwatch.GetTimestamp();
            if (round < 0)
                continue;
            whole.Add(Stopwatch.GetElapsedTime(start, end).TotalMilliseconds);
            pictures.Add(Stopwatch.GetElapsedTime(start, middle).TotalMilliseconds);
            flows.Add(Stopwatch.GetElapsedTime(middle, end).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pair.Width} {pair.Height} {preset} {options.Threads} {Median(whole):0.000} {Median(pictures):0.000} {Median(flows):0.000}"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
