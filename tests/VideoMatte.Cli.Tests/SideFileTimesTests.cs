using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Which frame of a given or garbage matte meets which frame of the source where only a part is asked for, or another rate. Every frame
/// of the matte holds its own number.</summary>
public sealed class SideFileTimesTests : IAsyncLifetime
{
    private const int Width = 16, Height = 16, Frames = 50, Rate = 25;

    private readonly TempFolder _folder = new();

    public async Task InitializeAsync()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}:r={Rate}", "-frames:v", $"{Frames}", "-pix_fmt", "yuv420p", _folder["clip.mp4"]);
        await NumbersAsync("whole.mkv", 0, Frames);
        await NumbersAsync("part.mkv", 100, 8);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("--alpha-in", "whole.mkv", 10)]
    [InlineData("--alpha-in", "part.mkv", 100)]
    [InlineData("--include", "whole.mkv", 10)]
    [InlineData("--include", "part.mkv", 100)]
    public async Task Matte_OfAPart_TakesTheMattesFramesOfThatPart(string option, string file, int first)
    {
        MatteRun run = await RunAsync(option, file, "--start", "0.4", "--end", "0.72");
        Assert.Equal(Enumerable.Range(first, 8), Numbers(run));
    }

    /// <summary>The nearest frame, of two the earlier.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    public async Task Matte_AtAnotherRate_TakesTheMattesFrameThatGoesWithThePicture(int rate)
    {
        MatteRun run = await RunAsync("--alpha-in", "whole.mkv", "--rate", $"{rate}");
        int[] expected = [.. Enumerable.Range(0, Frames * rate / Rate).Select(k => (int)Math.Ceiling(((double)k * Rate / rate) - 0.5))];
        Assert.Equal(expected, Numbers(run));
    }

    private static IEnumerable<int> Numbers(MatteRun run) => run.Matte.Chunk(Width * Height).Select(frame => (frame[0] + 128) / 257);

    private Task NumbersAsync(string name, int first, int count) => RealFfmpeg.RunAsync(
        "-f", "lavfi", "-i", $"color=black:s={Width}x{Height}:r={Rate},format=gray,geq=lum='N+{first}'", "-frames:v", $"{count}", "-c:v", "ffv1", _folder[name]);

    /// <summary>A garbage matte is added to a matte that holds nothing.</summary>
    private async Task<MatteRun> RunAsync(string option, string file, params string[] part)
    {
        if (option == "--alpha-in")
            return await MatteRun.OfAsync(_folder, _folder["clip.mp4"], [option, _folder[file], .. part]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height},format=gray,geq=lum=0", "-frames:v", "1", "-y", _folder["nothing.png"]);
        return await MatteRun.OfAsync(_folder, _folder["clip.mp4"], ["--alpha-in", _folder["nothing.png"], option, _folder[file], .. part]);
    }
}
