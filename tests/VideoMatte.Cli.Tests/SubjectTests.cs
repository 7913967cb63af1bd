using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Two real people side by side, one of them pointed at.</summary>
public sealed class SubjectTests : IDisposable
{
    private const int Frames = 40, Width = 640, Height = 360;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedFact]
    public async Task Matte_OneOfTwoPeople_IsThatOfThePersonAlone()
    {
        string left = SharedData.Composites(Path.Combine("fastman-beach-pan", "com.mp4")), right = SharedData.Composites(Path.Combine("woman-ocean", "com.mp4"));
        string[] lossless = ["-frames:v", $"{Frames}", "-c:v", "libx264", "-qp", "0", "-preset", "ultrafast"];
        await RealFfmpeg.RunAsync(["-i", left, "-i", right, "-filter_complex", "[0:v]fps=25[a];[1:v]fps=25[b];[a][b]hstack", .. lossless, _folder["both.mp4"]]);
        // Alone: the same place and size, nobody beside.
        await RealFfmpeg.RunAsync(["-i", right, "-filter_complex", $"[0:v]fps=25,pad={2 * Width}:{Height}:{Width}:0:gray", .. lossless, _folder["alone.mp4"]]);
        (double[] others, double[] alone) = await AreasAsync("alone.mp4");
        int x = Width + (Width / 2), y = await PersonAsync("alone.mp4.mkv", x);
        (double[] dropped, double[] kept) = await AreasAsync("both.mp4", "--subject", $"{x},{y}");
        Assert.True(others.Max() < .01 && alone.Min() > .03, $"{others.Max()} {alone.Min()}");
        for (int i = 0; i < Frames; i++)
        {
            Assert.True(dropped[i] < .001, $"frame {i}: {dropped[i]} of the other half is left");
            Assert.True(kept[i] >= .98 * alone[i], $"frame {i}: {kept[i]} against {alone[i]} alone");
        }
    }

    [Theory]
    [InlineData("here")]
    [InlineData("1,2,3")]
    public async Task Matte_APromptThatIsNone_Exits2(string prompt)
    {
        CliRun run = await CliRun.OfAsync(["matte", "in.mp4", "--subject", prompt, "-o", "x.mov"]);
        Assert.Equal(2, run.Exit);
        Assert.Contains(prompt, run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matte_APromptOnNothing_Exits7AndSaysSo()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25", "-frames:v", "20", _folder["in.mkv"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=black:s=64x48:r=25", "-frames:v", "20", "-vf", "format=gray,geq=lum='if(lt(X,20),255,0)'", "-c:v", "ffv1", _folder["m.mkv"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--alpha-in", _folder["m.mkv"], "--subject", "50,20", "-o", _folder["x.mov"], "--json"]);
        Assert.Equal(7, run.Exit);
        Assert.Contains("subject-not-found", run.Out, StringComparison.Ordinal);
    }

    /// <summary>Mean alpha of the left and the right half, frame by frame.</summary>
    private async Task<(double[] Left, double[] Right)> AreasAsync(string clip, params string[] more)
    {
        CliRun run = await CliRun.OfAsync(["matte", _folder[clip], "--model", SharedData.RvmModel, "--alpha-out", _folder[clip + ".mkv"], .. more, "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        string[] codes = [.. JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!)];
        Assert.Equal(more.Length > 0, codes.Contains("subject-others-dropped"));
        byte[][] frames = await FramesAsync(clip + ".mkv");
        double Half(byte[] frame, bool isLeft) => frame.Where((_, i) => i % (2 * Width) < Width == isLeft).Average(v => v / 255.0);
        return ([.. frames.Select(f => Half(f, true))], [.. frames.Select(f => Half(f, false))]);
    }

    /// <summary>A row in which the first matte covers the column.</summary>
    private async Task<int> PersonAsync(string matte, int x)
    {
        byte[] first = (await FramesAsync(matte))[0];
        int[] rows = [.. Enumerable.Range(0, Height).Where(y => first[(y * 2 * Width) + x] > 200)];
        Assert.NotEmpty(rows);
        return rows[rows.Length / 2];
    }

    private async Task<byte[][]> FramesAsync(string matte)
    {
        byte[] raw = await RealFfmpeg.RunAsync("-i", _folder[matte], "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        return [.. raw.Chunk(2 * Width * Height)];
    }
}
