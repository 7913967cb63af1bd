using System.Diagnostics;
using System.Globalization;
using VideoMatte.Temporal.Flow;
using VideoMatte.Testing.Flow;

namespace VideoMatte.Benchmarks.Flow;

/// <summary>Prints what flow costs: one line for each size, preset and number of threads: milliseconds of one flow with both of its pictures
/// made, as OpenCV's <c>calc</c> makes them, and of its parts. Medians.</summary>
internal static class FlowTimes
{
    private const int Rounds = 25;

    private static readonly (int Width, int Height)[] Sizes = [(480, 270), (640, 360), (1280, 720)];

    public static async Task<int> PrintAsync()
    {
        FlowPair pair = await DrawnFlow.DrawAsync("disc-7");
        Console.WriteLine("width height preset threads whole_ms pictures_ms flow_ms");
        foreach ((int width, int height) in Sizes)
        {
            FlowPair sized = Resize(pair, width, height);
            foreach ((string preset, FlowOptions options) in FlowFiles.Presets)
                foreach (int threads in (int[])[1, 2])
                    Print(sized, preset, options with { Threads = threads });
        }

        return 0;
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
        // The first rounds meet the just-in-time compiler.
        for (int round = -Rounds; round < Rounds; round++)
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
