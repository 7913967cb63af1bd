using System.Buffers.Binary;
using System.Runtime.InteropServices;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>A PQ clip: what is laid behind it, and what its pictures say of themselves.</summary>
public sealed class HdrTests : IAsyncLifetime
{
    private const int Width = 64, Height = 64;

    private readonly TempFolder _folder = new();

    public async Task InitializeAsync()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}:r=25", "-frames:v", "2", "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020",
            "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-color_range", "tv", "-c:v", "ffv1", _folder["pq.mkv"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height},format=gray,geq=lum=0", "-frames:v", "1", _folder["nothing.png"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=white:s={Width}x{Height},format=rgb24", "-frames:v", "1", _folder["white.png"]);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>SDR white is reference white, 203 cd/m2: 58 % of PQ (ITU-R BT.2408), 64 + .5807 x 876 of limited range.</summary>
    [Theory]
    [InlineData("white")]
    [InlineData("white.png")]
    public async Task Background_OfSdrBehindPq_StandsAtReferenceWhite(string background)
    {
        await RunAsync("--background", background.EndsWith(".png", StringComparison.Ordinal) ? _folder[background] : background, "--preset", "ffv1", "-o", _folder["out.mkv"]);
        ushort[] samples = MemoryMarshal.Cast<byte, ushort>((await RealFfmpeg.RunAsync("-i", _folder["out.mkv"], "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "yuv420p10le", "pipe:1")).AsSpan()).ToArray();
        Assert.All(samples[..(Width * Height)], y => Assert.InRange(y, 572, 574));
        Assert.All(samples[(Width * Height)..], c => Assert.InRange(c, 511, 513));
    }

    /// <summary>PNG's third edition: primaries 9, transfer 16, no matrix, full range.</summary>
    [Fact]
    public async Task Png_OfAPqClip_SaysSo()
    {
        await RunAsync("--frames", "1", "-o", _folder["out.png"]);
        byte[] png = await File.ReadAllBytesAsync(_folder["out.png"]);
        int at = png.AsSpan().IndexOf("cICP"u8);
        Assert.True(at > 0, "no cICP");
        Assert.Equal((4, 9, 16, 0, 1), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - 4)), png[at + 4], png[at + 5], png[at + 6], png[at + 7]));
        Assert.True(at < png.AsSpan().IndexOf("IDAT"u8), "it stands behind the picture");
    }

    /// <summary>TIFF has no such words.</summary>
    [Fact]
    public async Task Tiff_OfAPqClip_WarnsThatItCannotSaySo()
    {
        CliRun run = await RunAsync("--frames", "1", "-o", _folder["out.tif"]);
        Assert.Contains("[colour-untagged]", run.Err, StringComparison.Ordinal);
    }

    private async Task<CliRun> RunAsync(params string[] options)
    {
        CliRun run = await CliRun.OfAsync(["matte", _folder["pq.mkv"], "--alpha-in", _folder["nothing.png"], "--lenient", .. options], MatteRun.NoModels);
        Assert.True(run.Exit == 0, run.Err);
        return run;
    }
}
