using System.Globalization;
using System.IO.Compression;
using VideoMatte.Temporal.Flow;
using VideoMatte.Testing;

namespace VideoMatte.Tests.Temporal.Flow;

/// <summary>What OpenCV 4.6's DISOpticalFlow does on the pairs of <c>VideoMatte.Testing.Flow</c>, one thread; made by
/// <c>tests/VideoMatte.Benchmarks/reference/flow.py</c>, whose head says how to make it again.</summary>
internal static class OpenCvFlow
{
    public static readonly IReadOnlyDictionary<string, FlowOptions> Presets = new Dictionary<string, FlowOptions>(StringComparer.Ordinal)
    {
        ["ultrafast"] = FlowOptions.Ultrafast,
        ["fast"] = FlowOptions.Fast,
        ["medium"] = FlowOptions.Medium,
    };

    private static string Folder => Path.Combine(SharedData.RepositoryRoot, "tests", "VideoMatte.Tests", "Temporal", "Flow");

    /// <summary>Mean distance to the true flow, in pixels.</summary>
    public static double EndpointError(string pair, string preset) => Figure("opencv-drawn.csv", pair, preset, "opencv");

    /// <summary>Pixels consistent in its flows and in ours when the figures were made.</summary>
    public static double BothPixels(string pair, string preset) => Figure("opencv-real.csv", pair, preset, "bothPixels");

    /// <summary>Its warped error over these pixels, in codes.</summary>
    public static double ErrorOverBoth(string pair, string preset) => Figure("opencv-real.csv", pair, preset, "opencvOverBoth");

    /// <summary>The pixels that are consistent in its flows: kept as bits, row after row, the first in the highest bit.</summary>
    public static bool[] ConsistentPixels(string pair, string preset, int count)
    {
        using ZipArchive masks = ZipFile.OpenRead(Path.Combine(Folder, "opencv-masks.zip"));
        using Stream stream = masks.GetEntry($"{pair}.{preset}")!.Open();
        byte[] bits = new byte[(count + 7) / 8];
        stream.ReadExactly(bits);
        return [.. Enumerable.Range(0, count).Select(i => (bits[i / 8] & (0x80 >> (i % 8))) != 0)];
    }

    private static double Figure(string file, string pair, string preset, string column)
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(Folder, file)).Select(l => l.Split(','))];
        string[] row = rows.Single(r => r[0] == pair && r[1] == preset);
        return double.Parse(row[Array.IndexOf(rows[0], column)], CultureInfo.InvariantCulture);
    }
}
