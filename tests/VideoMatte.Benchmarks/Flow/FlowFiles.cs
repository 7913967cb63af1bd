using System.Globalization;
using VideoMatte.Temporal.Flow;
using VideoMatte.Testing.Flow;

namespace VideoMatte.Benchmarks.Flow;

/// <summary>Writes the pairs of the flow tests for other programs to look at: pictures as PGM, flows as Middlebury's .flo, the true one and ours
/// of each preset. <c>reference/flow.py</c> makes the tests' expected figures of them.</summary>
internal static class FlowFiles
{
    public static readonly (string Name, FlowOptions Options)[] Presets =
        [("ultrafast", FlowOptions.Ultrafast), ("fast", FlowOptions.Fast), ("medium", FlowOptions.Medium)];

    public static async Task<int> WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string name in DrawnFlow.Names)
            Write(folder, await DrawnFlow.DrawAsync(name));
        foreach (string name in RealFlow.Names)
            Write(folder, await RealFlow.LoadAsync(name));
        return 0;
    }

    private static void Write(string folder, FlowPair pair)
    {
        string path = Path.Combine(folder, pair.Name);
        Picture(path + ".from.pgm", pair.From, pair.Width, pair.Height);
        Picture(path + ".to.pgm", pair.To, pair.Width, pair.Height);
        if (pair is { TrueU: { } u, TrueV: { } v })
            Flow(path + ".true.flo", pair, u, v);
        foreach ((string preset, FlowOptions options) in Presets)
        {
            (FlowField forward, FlowField back) = FlowScore.Compute(pair, options);
            Flow($"{path}.{preset}.forward.flo", pair, forward.U, forward.V);
            Flow($"{path}.{preset}.back.flo", pair, back.U, back.V);
        }
    }

    private static void Picture(string path, byte[] codes, int width, int height)
    {
        using FileStream file = File.Create(path);
        file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{width} {height}\n255\n")));
        file.Write(codes);
    }

    private static void Flow(string path, FlowPair pair, ReadOnlySpan<float> u, ReadOnlySpan<float> v)
    {
        using BinaryWriter file = new(File.Create(path));
        file.Write("PIEH"u8);
        file.Write(pair.Width);
        file.Write(pair.Height);
        for (int i = 0; i < u.Length; i++)
        {
            file.Write(u[i]);
            file.Write(v[i]);
        }
    }
}
