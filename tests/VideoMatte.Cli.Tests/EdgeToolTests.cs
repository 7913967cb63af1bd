using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Edge tools, garbage mattes and the source's own alpha, through the program.</summary>
public sealed class EdgeToolTests : IDisposable
{
    private const int Width = 96, Height = 96, Frames = 5;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-1.5")]
    [InlineData("2.25")]
    public async Task Grow_ADisc_MovesItsEdgeByThatMuch(string pixels)
    {
        string clip = await ClipAsync(), disc = await DiscAsync();
        double before = Radius((await MatteRun.OfAsync(_folder, clip, "--alpha-in", disc)).Matte);
        MatteRun grown = await MatteRun.OfAsync(_folder, clip, "--alpha-in", disc, "--matte-grow", pixels);
        Assert.Equal(double.Parse(pixels, System.Globalization.CultureInfo.InvariantCulture), Radius(grown.Matte) - before, 0.1);
        Assert.Contains("edges", grown.Stages);
    }

    /// <summary>Nothing is built and no byte changes where nothing is asked.</summary>
    [Fact]
    public async Task EdgeTools_AtTheirDefaults_AreNotThere()
    {
        string clip = await ClipAsync(), disc = await DiscAsync();
        MatteRun plain = await MatteRun.OfAsync(_folder, clip, "--alpha-in", disc, "-o", _folder["a.mkv"]);
        MatteRun same = await MatteRun.OfAsync(_folder, clip, "--alpha-in", disc, "-o", _folder["b.mkv"],
            "--matte-levels", "0,1,1", "--matte-grow", "0", "--matte-feather", "0", "--matte-despeckle", "0");
        Assert.Equal(plain.Stages, same.Stages);
        Assert.DoesNotContain("edges", same.Stages);
        Assert.Equal(plain.Matte, same.Matte);
        Assert.Equal(await HashAsync("a.mkv"), await HashAsync("b.mkv"));
    }

    [Fact]
    public async Task EdgeTools_Together_WorkInOrderOnABuiltInModelsMatteToo()
    {
        MatteRun run = await MatteRun.OfAsync(_folder, await ClipAsync(), "--model", "plate", "--matte-levels", "0.1,0.9,1.2", "--matte-feather", "1.5", "--matte-despeckle", "4");
        Assert.Equal(["reader", "shots", "matting", "edges", "writer"], run.Stages);
    }

    /// <summary>A still of another size and a clip that is shorter than the source; outside has the last word.</summary>
    [Fact]
    public async Task GarbageMattes_StillAndClip_ForceTheMatte()
    {
        string clip = await ClipAsync(), disc = await DiscAsync();
        ushort[] plain = (await MatteRun.OfAsync(_folder, clip, "--alpha-in", disc)).Matte;
        // Left third inside, by a still of twice the size; from the second frame on the upper half outside, half as much in a grey band.
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=black:s=192x192,format=gray,geq=lum='if(lt(X,64),255,0)'", "-frames:v", "1", _folder["in.png"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height}:r=25:d=0.08,format=gray,geq=lum='if(N,if(lt(Y,48),255,if(lt(Y,60),100,0)),0)'", "-c:v", "ffv1", _folder["out.mkv"]);
        MatteRun run = await MatteRun.OfAsync(_folder, clip, "--alpha-in", disc, "--include", _folder["in.png"], "--exclude", _folder["out.mkv"]);
        Assert.Contains("garbage-mattes", run.Stages);
        for (int i = 0; i < run.Matte.Length; i++)
        {
            int frame = i / (Width * Height), x = i % Width, y = i / Width % Height;
            if (Math.Abs(x - 31.5) < 3)
                continue; // where the scaled mask's edge lies
            int inside = Math.Max(plain[i], x < 32 ? 65535 : 0), outside = frame == 0 ? 0 : y < 48 ? 65535 : y < 60 ? 100 * 257 : 0;
            Assert.Equal(Math.Min(inside, 65535 - outside), run.Matte[i]);
        }
    }

    [Fact]
    public async Task GarbageMatte_InLimitedRange_IsWhiteAtItsWhite()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=white:s={Width}x{Height}:r=25:d=0.2", "-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv420p", _folder["w.mp4"]);
        MatteRun run = await MatteRun.OfAsync(_folder, await ClipAsync(), "--alpha-in", await DiscAsync(), "--include", _folder["w.mp4"]);
        Assert.All(run.Matte, a => Assert.Equal(65535, a));
    }

    [SharedFact]
    public async Task SourceAlpha_OfAVp9Clip_IsSaidAndMultipliedIn()
    {
        string webm = Path.Combine(SharedData.Root, "clips", "alpha", "a5-head-vp9alpha-512.webm");
        string grey = await StillAsync("grey.png", 0x80), white = await StillAsync("white.png", 0xff);
        MatteRun ignored = await MatteRun.OfAsync(_folder, webm, "--alpha-in", white);
        Assert.Contains("source-alpha-ignored", ignored.Warnings);
        Assert.All(ignored.Matte, a => Assert.Equal(65535, a));
        MatteRun run = await MatteRun.OfAsync(_folder, webm, "--alpha-in", grey, "--include-source-alpha");
        Assert.DoesNotContain("source-alpha-ignored", run.Warnings);
        byte[] plane = await RealFfmpeg.RunAsync("-c:v", "libvpx-vp9", "-i", webm, "-vf", "alphaextract", "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        Assert.True(plane.Select(v => (ushort)Math.Round(v * 257m * 0x8080 / 65535)).SequenceEqual(run.Matte), "not the product");
    }

    [Fact]
    public async Task SourceAlpha_OfASourceWithout_IsSaid()
    {
        MatteRun run = await MatteRun.OfAsync(_folder, await ClipAsync(), "--alpha-in", await DiscAsync(), "--include-source-alpha");
        Assert.Contains("source-alpha-none", run.Warnings);
        Assert.DoesNotContain("source-alpha", run.Stages);
    }

    private static double Radius(ushort[] matte) => Math.Sqrt(matte.Sum(a => a / 65535.0) / Frames / Math.PI);

    private async Task<string> HashAsync(string name) => System.Text.Encoding.ASCII.GetString(
        await RealFfmpeg.RunAsync("-i", _folder[name], "-map", "0", "-c", "copy", "-f", "streamhash", "pipe:1"));

    private async Task<string> StillAsync(string name, int grey)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s=16x16,format=gray,geq=lum={grey}", "-frames:v", "1", _folder[name]);
        return _folder[name];
    }

    private async Task<string> ClipAsync()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}:r=25:d=0.2", "-pix_fmt", "yuv420p", _folder["clip.mp4"]);
        return _folder["clip.mp4"];
    }

    /// <summary>Antialiased by distance, 16 bits.</summary>
    private async Task<string> DiscAsync()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height},format=gray16le,geq=lum='65535*clip(30.87-hypot(X-47.3,Y-46.6),0,1)'",
            "-frames:v", "1", "-pix_fmt", "gray16be", _folder["disc.png"]);
        return _folder["disc.png"];
    }
}
