using System.Globalization;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Trimaps through the whole program: drawn ones for the closed form, made ones that refine a matte.</summary>
public sealed class TrimapTests : IDisposable
{
    private const int Width = 120, Height = 90;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedFact]
    public async Task Matte_APhotoWithATrimap_IsNearTheTrueAlpha()
    {
        string image = SharedData.GroundTruth("am_GT17_image.png");
        CliRun run = await CliRun.OfAsync(["matte", image, "--model", "closed-form", "--trimap", SharedData.GroundTruth("am_GT17_trimap.png"),
            "-o", _folder["out.png"], "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(("closed-form", "solver", "MIT", "none"), (result.GetProperty("model").GetProperty("id").GetString(), result.GetProperty("model").GetProperty("family").GetString(),
            result.GetProperty("model").GetProperty("licence").GetString(), result.GetProperty("provider").GetString()));
        byte[] found = await AlphaAsync("out.png"), truth = await GreyAsync(SharedData.GroundTruth("am_GT17_alpha.png")), trimap = await GreyAsync(SharedData.GroundTruth("am_GT17_trimap.png"));
        double error = 0, half = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            if (trimap[i] != 128)
                continue;
            error += Math.Abs(found[i] - truth[i]);
            half += Math.Abs(127.5 - truth[i]);
        }

        Assert.True(error < .25 * half, string.Create(CultureInfo.InvariantCulture, $"{error / half:0.000} of a grey band's"));
    }

    /// <summary>A clip of trimaps, each frame its own.</summary>
    [Fact]
    public async Task Matte_AClipWithAClipOfTrimaps_TakesEachFramesOwn()
    {
        await MakeAsync("in.mkv", "testsrc2", "5");
        // The sure part moves ten columns a frame.
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height}:r=25", "-frames:v", "5", "-vf",
            "format=gray,geq=lum='if(lt(X,10*N+10),255,if(lt(X,10*N+30),128,0))'", "-c:v", "ffv1", _folder["tri.mkv"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "closed-form", "--trimap", _folder["tri.mkv"], "--alpha-out", _folder["a.mkv"]]);
        Assert.True(run.Exit == 0, run.Err);
        byte[] mattes = await GreyAsync(_folder["a.mkv"]);
        for (int frame = 0; frame < 5; frame++)
        {
            ReadOnlySpan<byte> row = mattes.AsSpan(((frame * Height) + 40) * Width, Width);
            Assert.True(row[..((10 * frame) + 10)].IndexOfAnyExcept((byte)255) < 0 && row[((10 * frame) + 30)..].IndexOfAnyExcept((byte)0) < 0, $"frame {frame}");
        }
    }

    /// <summary>Any matte, here a given one of a coarse square, is solved again along the picture's edge.</summary>
    [Fact]
    public async Task Matte_WithAnAutomaticTrimap_FollowsThePicture()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=red:s={Width}x{Height}", "-vf", "format=rgb24,drawbox=40:30:40:30:blue:fill", "-frames:v", "1", _folder["in.png"]);
        // Off by three pixels, and soft.
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height}", "-vf", "format=gray,geq=lum='if(between(X,43,82)*between(Y,33,62),255,0)',boxblur=2", "-frames:v", "1", _folder["coarse.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.png"], "--alpha-in", _folder["coarse.png"], "--trimap", "auto:6", "-o", _folder["out.png"], "--dry-run"]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Contains("trimap auto:6", run.Out, StringComparison.Ordinal);
        run = await CliRun.OfAsync(["matte", _folder["in.png"], "--alpha-in", _folder["coarse.png"], "--trimap", "auto:6", "-o", _folder["out.png"]]);
        Assert.True(run.Exit == 0, run.Err);
        byte[] alpha = await AlphaAsync("out.png");
        for (int x = 20; x < 100; x++)
            Assert.InRange(alpha[(45 * Width) + x], x is >= 40 and < 80 ? 250 : 0, x is >= 40 and < 80 ? 255 : 5);
    }

    [Theory]
    [InlineData("trimap-missing", "--model", "closed-form")]
    [InlineData("trimap-missing", "--model", "closed-form", "--trimap", "auto")]
    [InlineData("trimap-conflict", "--model", "plate", "--trimap", "{tri}")]
    [InlineData("trimap-radius", "--model", "plate", "--trimap", "auto:0")]
    [InlineData("trimap-radius", "--model", "plate", "--trimap", "auto:many")]
    public async Task Matte_ATrimapThatDoesNotFit_Exits2AndSaysWhy(string code, params string[] options)
    {
        await MakeAsync("in.mkv", "testsrc2", "3");
        await MakeAsync("tri.png", "testsrc2", "1");
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], .. options.Select(o => o == "{tri}" ? _folder["tri.png"] : o), "-o", _folder["x.mov"], "--json"]);
        Assert.True(run.Exit == 2, run.Err);
        Assert.Equal(code, JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.False(File.Exists(_folder["x.mov"]));
    }

    [Fact]
    public async Task Matte_OneFrameOfAClip_TakesAStillTrimap()
    {
        await MakeAsync("in.mkv", "testsrc2", "3");
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height}", "-vf", "format=gray,geq=lum='if(lt(X,40),255,if(lt(X,60),128,0))'", "-frames:v", "1", _folder["tri.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--frames", "1", "--model", "closed-form", "--trimap", _folder["tri.png"], "-o", _folder["x.png"]]);
        Assert.True(run.Exit == 0, run.Err);
        byte[] alpha = await AlphaAsync("x.png");
        Assert.Equal((255, 0), (alpha[20], alpha[100]));
    }

    /// <summary>A box goes over a still ground, 4 pixels a frame, and the trimap was drawn for the first: after ten frames what it says is far
    /// from where it was said.</summary>
    [Fact]
    public async Task Matte_AClip_CarriesTheTrimapOfItsFirstFrame()
    {
        await MovingBoxAsync("in.mkv", "tri.png");
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "closed-form", "--trimap", _folder["tri.png"], "-o", _folder["x.mov"], "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        byte[] alpha = await AlphaAsync("x.mov");
        Assert.Equal(11 * 2 * Width * 2 * Height, alpha.Length);
        for (int frame = 0; frame < 11; frame++)
        {
            // Row 60 of the picture, through the middle of the box.
            ReadOnlySpan<byte> row = alpha.AsSpan(((frame * 2 * Height) + 60) * 2 * Width, 2 * Width);
            int left = 60 + (4 * frame), right = left + 60;
            // Off the edge by what the flow may err, and by ProRes.
            Assert.All(row[(left + 4)..(right - 4)].ToArray(), a => Assert.InRange(a, 230, 255));
            Assert.All(row[..(left - 4)].ToArray(), a => Assert.InRange(a, 0, 25));
            Assert.All(row[(right + 4)..].ToArray(), a => Assert.InRange(a, 0, 25));
        }
    }

    /// <summary>The plan says so.</summary>
    [Fact]
    public async Task DryRun_OfAClip_SaysThatTheTrimapIsCarried()
    {
        await MovingBoxAsync("in.mkv", "tri.png");
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "closed-form", "--trimap", _folder["tri.png"], "-o", _folder["x.mov"], "--dry-run", "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal($"trimap {_folder["tri.png"]} carried", JsonDocument.Parse(run.Out).RootElement.GetProperty("mattes").EnumerateArray().Single().GetString());
    }

    /// <summary>Nothing was drawn inside. Of a still that is its answer, and not what anyone wants; for a clip there is nothing to carry.</summary>
    [Theory]
    [InlineData("1", "x.png", 7, "matte-empty")]
    [InlineData("4", "x.mov", 3, "trimap-one-sided")]
    public async Task Matte_ABlackTrimap_SaysSo(string frames, string output, int exit, string code)
    {
        await MakeAsync("in.mkv", "testsrc2", frames);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height}", "-frames:v", "1", _folder["tri.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--frames", frames, "--model", "closed-form", "--trimap", _folder["tri.png"], "-o", _folder[output], "--json"]);
        Assert.True(run.Exit == exit, run.Err + run.Out);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        JsonElement[] said = exit == 7 ? [.. result.GetProperty("warnings").EnumerateArray()] : [result.GetProperty("error")];
        JsonElement fault = said.Single(w => w.GetProperty("code").GetString() == code);
        Assert.Contains("trimap", fault.GetProperty("message").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, fault.GetProperty("frame").GetInt64());
        Assert.Equal(exit == 7, File.Exists(_folder[output]));
    }

    /// <summary>The drawing says nothing of another shot.</summary>
    [Fact]
    public async Task Matte_AClipWithACut_IsEmptyBehindItAndExits7()
    {
        await MovingBoxAsync("in.mkv", "tri.png");
        await File.WriteAllTextAsync(_folder["cut.txt"], "6\n");
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "closed-form", "--trimap", _folder["tri.png"], "--shots", _folder["cut.txt"], "-o", _folder["x.mov"], "--json"]);
        Assert.True(run.Exit == 7, run.Err);
        JsonElement warning = JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray().Single(w => w.GetProperty("code").GetString() == "trimap-ends");
        Assert.Equal(6, warning.GetProperty("frame").GetInt64());
        byte[][] frames = [.. (await AlphaAsync("x.mov")).Chunk(2 * Width * 2 * Height)];
        Assert.All(frames[..6], f => Assert.Contains((byte)255, f));
        Assert.All(frames[6..], f => Assert.All(f, a => Assert.Equal(0, a)));
    }

    /// <summary>A look shows the frame that the trimap was drawn for.</summary>
    [Fact]
    public async Task Preview_OfACarriedTrimap_ShowsTheFirstFrame()
    {
        await MovingBoxAsync("in.mkv", "tri.png");
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "closed-form", "--trimap", _folder["tri.png"], "--preview", "4", "-o", _folder["x.mov"], "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal([0.0], JsonDocument.Parse(run.Out).RootElement.GetProperty("times").EnumerateArray().Select(t => t.GetDouble()));
        Assert.Contains("preview-trimap", run.Out, StringComparison.Ordinal);
    }

    private async Task MovingBoxAsync(string clip, string trimap)
    {
        // Both are textured, and of other colours.
        string inside = "between(X\\,60+4*N\\,119+4*N)*between(Y\\,30\\,89)", wave = "40*sin((X-4*N)*0.7)*cos(Y*0.6)", ground = "30*sin(X*0.5+Y*0.3)*cos(Y*0.45)";
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={2 * Width}x{2 * Height}:r=25,format=gbrp,geq=r=if({inside}\\,180+{wave}\\,60+{ground}):g=if({inside}\\,90+{wave}\\,110+{ground}):b=if({inside}\\,60\\,150+{ground})",
            "-frames:v", "11", "-pix_fmt", "yuv444p", "-c:v", "ffv1", _folder[clip]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={2 * Width}x{2 * Height}", "-vf",
            "format=gray,geq=lum='if(between(X,66,113)*between(Y,36,83),255,if(between(X,54,125)*between(Y,24,95),128,0))'", "-frames:v", "1", _folder[trimap]);
    }

    [Fact]
    public async Task Matte_AnAllGreyTrimap_Exits3()
    {
        await MakeAsync("in.png", "testsrc2", "1");
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=gray:s={Width}x{Height}", "-frames:v", "1", _folder["tri.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.png"], "--model", "closed-form", "--trimap", _folder["tri.png"], "-o", _folder["x.png"], "--json"]);
        Assert.True(run.Exit == 3, run.Err);
        Assert.Contains("trimap-one-sided", run.Out, StringComparison.Ordinal);
    }

    /// <summary>Smaller or larger: scaled, said, and never surer than the drawing is. Another shape: drawn over something else.</summary>
    [Theory]
    [InlineData("80x60", 0, "trimap-scaled")]
    [InlineData("240x180", 0, "trimap-scaled")]
    [InlineData("90x120", 2, "trimap-shape")]
    [InlineData("120x100", 2, "trimap-shape")]
    public async Task Matte_ATrimapOfAnotherSize_IsScaledOrRefused(string size, int exit, string code)
    {
        await MakeAsync("in.png", "testsrc2", "1");
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={size}", "-vf", "format=gray,geq=lum='if(lt(X,W/3),255,if(lt(X,W/2),128,0))'", "-frames:v", "1", _folder["tri.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.png"], "--model", "closed-form", "--trimap", _folder["tri.png"], "-o", _folder["x.png"], "--json"]);
        Assert.True(run.Exit == exit, run.Err);
        Assert.Contains(code, run.Out, StringComparison.Ordinal);
        if (exit != 0)
            return;
        byte[] alpha = await AlphaAsync("x.png");
        Assert.Equal((255, 0), (alpha[(40 * Width) + 38], alpha[(40 * Width) + 61]));
    }

    /// <summary>A picture is no trimap: one sentence, and no minute of solving.</summary>
    [SharedFact]
    public async Task Matte_APhotoForATrimap_Exits3()
    {
        string photo = SharedData.GroundTruth("am_GT17_image.png");
        CliRun run = await CliRun.OfAsync(["matte", photo, "--model", "closed-form", "--trimap", photo, "-o", _folder["x.png"], "--json"]);
        Assert.True(run.Exit == 3, run.Err);
        Assert.Contains("trimap-levels", run.Out, StringComparison.Ordinal);
    }

    /// <summary>A painting program adds an alpha that says nothing: the levels are in the colours.</summary>
    [Fact]
    public async Task Matte_ATrimapWithAnOpaqueAlpha_IsReadByItsColours()
    {
        await MakeAsync("in.png", "testsrc2", "1");
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height}", "-vf", "format=gray,geq=lum='if(lt(X,40),255,if(lt(X,60),128,0))',format=rgba", "-frames:v", "1", _folder["tri.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.png"], "--model", "closed-form", "--trimap", _folder["tri.png"], "-o", _folder["x.png"]]);
        Assert.True(run.Exit == 0, run.Err);
        byte[] alpha = await AlphaAsync("x.png");
        Assert.Equal((255, 0), (alpha[20], alpha[100]));
    }

    [Fact]
    public async Task Matte_TrimapsOfAnamorphicFrames_AreTakenPixelByPixel()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}:r=25", "-vf", "setsar=4/3", "-frames:v", "1", "-c:v", "ffv1", _folder["in.mkv"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={2 * Width}x{2 * Height}", "-vf", "format=gray,geq=lum='if(lt(X,80),255,if(lt(X,120),128,0))'", "-frames:v", "1", _folder["tri.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--frames", "1", "--model", "closed-form", "--trimap", _folder["tri.png"], "-o", _folder["x.png"]]);
        Assert.True(run.Exit == 0, run.Err);
    }

    private Task MakeAsync(string name, string source, string frames) =>
        RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"{source}=s={Width}x{Height}:r=25", "-frames:v", frames, _folder[name]);

    private async Task<byte[]> AlphaAsync(string name) =>
        await RealFfmpeg.RunAsync("-i", _folder[name], "-vf", "extractplanes=a", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");

    private static async Task<byte[]> GreyAsync(string path) =>
        await RealFfmpeg.RunAsync("-i", path, "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
}
