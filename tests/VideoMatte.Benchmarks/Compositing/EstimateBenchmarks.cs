using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;

namespace VideoMatte.Benchmarks.Compositing;

/// <summary>The foreground estimation on a 1080p frame, 4:2:0, 8 bits: a drawn figure whose unknown band is 5 % of the pixels, and a real
/// one (a shared composite and its matte, enlarged by ffmpeg). The bar is 60 ms on two cores.</summary>
[MemoryDiagnoser]
public class EstimateBenchmarks
{
    private readonly Queue<MattedFrame> _ready = new();
    private MattedFrame? _frame;
    private EstimateStage? _estimate;
    private DespillStage? _despill;

    /// <summary><c>drawn</c>, or the name of a shared composite.</summary>
    [Params("drawn", "woman-ocean", "head-stream-pan")]
    public string Scene { get; set; } = "drawn";

    [GlobalSetup]
    public void Setup()
    {
        FramePool pool = new();
        _frame = Scene == "drawn" ? Drawn(pool) : Real(pool, Scene);
        int band = 0;
        foreach (ushort a in _frame.Alpha.Samples)
            band += a is >= ForegroundStage.LeastAlpha and < AlphaMatte.Opaque ? 1 : 0;
        Console.WriteLine(FormattableString.Invariant($"// {Scene}: band {100.0 * band / _frame.Alpha.Samples.Length:0.0} % of the pixels"));
        _estimate = new EstimateStage(pool);
        _despill = new DespillStage(DespillOptions.Parse("lime"), pool);
        Estimate();
    }

    [Benchmark]
    public void Estimate() => Run(_estimate!);

    [Benchmark]
    public void Despill() => Run(_despill!);

    private static MattedFrame Drawn(IFramePool pool)
    {
        MattedFrame frame = Scene1080p.Matted(pool);
        for (int y = 0; y < frame.Alpha.Height; y++)
        {
            Span<ushort> row = frame.Alpha.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                double body = Distance((x - 960) / 380.0, (y - 700) / 520.0), head = Distance((x - 960) / 190.0, (y - 260) / 220.0);
                row[x] = (ushort)(AlphaMatte.Opaque * Math.Clamp(((1 - Math.Min(body, head)) * 8.3) + 0.5, 0, 1));
            }
        }

        return frame;
    }

    private static MattedFrame Real(IFramePool pool, string name)
    {
        VideoFrame picture = VideoFrame.Rent(pool, Scene1080p.Format, default);
        Decode(SharedData.Composites(name + "/com.mp4"), "yuv420p").CopyTo(picture.Bytes);
        AlphaMatte alpha = AlphaMatte.Rent(pool, Scene1080p.Format.Width, Scene1080p.Format.Height);
        byte[] codes = Decode(SharedData.Composites(name + "/pha.mkv"), "gray");
        for (int i = 0; i < codes.Length; i++)
            alpha.Samples[i] = (ushort)(257 * codes[i]);
        return new MattedFrame(picture, alpha);
    }

    private static byte[] Decode(string file, string format)
    {
        ProcessStartInfo start = new("ffmpeg", ["-v", "error", "-i", file, "-frames:v", "1", "-vf", "scale=1920:1080", "-pix_fmt", format, "-f", "rawvideo", "-"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return output.ToArray();
    }

    private static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));

    private void Run(MattedStage stage)
    {
        stage.Process(_frame!, _ready);
        _ready.Dequeue();
    }
}
