using System.Text.Json;
using VideoMatte.Inference.Graphs;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Each wrong input gives its exit code, one sentence, and nothing under the output's name.</summary>
[Collection(AloneCollection.Name)]
public sealed class WrongInputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Matte_MissingFile_Exits3() => await AssertRefusedAsync(3, "input-missing", _folder["nowhere.mp4"]);

    [Fact]
    public async Task Matte_TextFileNamedMp4_Exits3()
    {
        await File.WriteAllTextAsync(_folder["text.mp4"], "To be, or not to be, that is the question.\n");
        await AssertRefusedAsync(3, "input-unreadable", _folder["text.mp4"]);
    }

    [Fact]
    public async Task Matte_EmptyFile_Exits3()
    {
        await File.WriteAllBytesAsync(_folder["empty.mp4"], []);
        await AssertRefusedAsync(3, "input-unreadable", _folder["empty.mp4"]);
    }

    [Fact]
    public async Task Matte_Folder_Exits3() => await AssertRefusedAsync(3, null, _folder.Path);

    /// <summary>No RGB is made of YCgCo: refused before the first frame, and not a defect.</summary>
    [Fact]
    public async Task Matte_YCgCo_Exits3()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25", "-frames:v", "2", "-pix_fmt", "yuv444p", "-colorspace", "ycgco", "-c:v", "ffv1", _folder["ycgco.mkv"]);
        await AssertRefusedAsync(3, "colour-unsupported", _folder["ycgco.mkv"]);
    }

    [Fact]
    public async Task Matte_AudioOnly_Exits3()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", _folder["sound.m4a"]);
        await AssertRefusedAsync(3, "no-video", _folder["sound.m4a"]);
    }

    [Fact]
    public async Task Matte_HugePng_Exits3WithBoundedMemory()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=black:s=16000x16000", "-frames:v", "1", "-pix_fmt", "gray", _folder["huge.png"]);
        long before = GC.GetTotalAllocatedBytes();
        await AssertRefusedAsync(3, "too-many-pixels", _folder["huge.png"]);
        // One plane of it would be 256 MB.
        Assert.True(GC.GetTotalAllocatedBytes() - before < 64 << 20, "memory for the picture was taken");
    }

    [SharedFact]
    public async Task Matte_ClipCutInHalf_MattesWhatIsThereAndExits7()
    {
        string half = await HalfAsync("01-juggle-fullbody-720p.mp4");
        CliRun run = await CliRun.OfAsync(["matte", half, "--model", "plate", "-o", _folder["out.mov"], "--json"]);
        Assert.Equal(7, run.Exit);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Contains(result.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == "source-truncated");
        Assert.True(result.GetProperty("framesOut").GetInt64() > 30);
        Assert.True(File.Exists(_folder["out.mov"]));
        CliRun lenient = await CliRun.OfAsync(["matte", half, "--model", "plate", "-o", _folder["out2.mov"], "--lenient"]);
        Assert.Equal(0, lenient.Exit);
    }

    [SharedFact]
    public async Task Matte_ClipWithItsIndexLost_Exits3() => await AssertRefusedAsync(3, null, await HalfAsync("04-bedroom-jump-hair-540p.mp4"));

    [Fact]
    public async Task Matte_OutputFolderMissing_Exits6() =>
        await AssertRefusedAsync(6, "output-folder-missing", await ClipAsync(), "-o", _folder["no/such/folder/x.mov"]);

    [Fact]
    public async Task Matte_OutputFolderIsAFile_Exits6()
    {
        await File.WriteAllTextAsync(_folder["file"], "x");
        await AssertRefusedAsync(6, null, await ClipAsync(), "-o", _folder["file/x.mov"]);
    }

    [Fact]
    public async Task Matte_OutputNotWritable_Exits6() =>
        // /proc cannot be written to, by root neither.
        await AssertRefusedAsync(6, null, await ClipAsync(), "-o", OperatingSystem.IsLinux() ? "/proc/x.mov" : "\0.mov");

    [Fact]
    public async Task Matte_OutputExists_Exits2AndKeepsIt()
    {
        await File.WriteAllTextAsync(_folder["out.mov"], "precious");
        string clip = await ClipAsync();
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", "plate", "-o", _folder["out.mov"]]);
        Assert.Equal(2, run.Exit);
        Assert.Contains("--overwrite", run.Sentence, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder["out.mov"]));
        Assert.Equal(0, (await CliRun.OfAsync(["matte", clip, "--model", "plate", "-o", _folder["out.mov"], "--overwrite"])).Exit);
        Assert.NotEqual(8, new FileInfo(_folder["out.mov"]).Length);
    }

    [Fact]
    public async Task Matte_OutputIsTheInput_Exits2()
    {
        string clip = await ClipAsync(".mov");
        byte[] before = await File.ReadAllBytesAsync(clip);
        File.CreateSymbolicLink(_folder["link.mov"], clip);
        foreach (string output in (string[])[clip, _folder["link.mov"], Path.Combine(_folder.Path, ".", Path.GetFileName(clip))])
        {
            CliRun run = await CliRun.OfAsync(["matte", clip, "--model", "plate", "-o", output, "--overwrite"]);
            Assert.Equal(2, run.Exit);
            Assert.NotEmpty(run.Sentence);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(clip));
    }

    [Fact]
    public async Task Matte_UnknownModel_Exits4() => await AssertRefusedAsync(4, "model-unknown", await ClipAsync(), "--model", "no-such-model");

    [Fact]
    public async Task Matte_ModelThatIsNoOnnx_Exits4()
    {
        await File.WriteAllTextAsync(_folder["fake.onnx"], "this is not a network");
        await AssertRefusedAsync(4, "model-not-onnx", await ClipAsync(), "--model", _folder["fake.onnx"]);
    }

    [SharedFact]
    public async Task Matte_OnnxOfAnotherContract_Exits4NamingTheTensor()
    {
        GraphBuilder graph = new();
        graph.Output("mask", graph.Input("image", "1", "3", "8", "8") * 1f, "1", "3", "8", "8");
        await File.WriteAllBytesAsync(_folder["other.onnx"], graph.ToModel("other", "a test's network"));
        CliRun run = await AssertRefusedAsync(4, "model-contract", await ClipAsync(), "--model", _folder["other.onnx"]);
        Assert.Contains("src", run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matte_Mp4WithoutBackgroundAndAlphaOut_Exits2NamingPresets()
    {
        CliRun run = await AssertRefusedAsync(2, null, await ClipAsync(), "-o", _folder["x.mp4"]);
        Assert.Contains("prores4444", run.Sentence, StringComparison.Ordinal);
        Assert.Contains("vp9-alpha", run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matte_ProviderThatIsNotHere_Exits5() => await AssertRefusedAsync(5, "provider-unavailable", await ClipAsync(), "--provider", "directml");

    [Fact]
    public async Task Matte_NoFfmpeg_Exits3AndSaysHow()
    {
        string clip = await ClipAsync();
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", "plate", "-o", _folder["x.mov"]],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/nonexistent", ["VIDEOMATTE_FFMPEG"] = string.Empty });
        Assert.Equal(3, run.Exit);
        Assert.Contains("doctor --fix", run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matte_NoModelNamedAndNoneInstalled_Exits4NamingBothWays()
    {
        string clip = await ClipAsync();
        CliRun run = await CliRun.OfAsync(["matte", clip, "-o", _folder["x.mov"]],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["VIDEOMATTE_MODELS"] = string.Empty, ["XDG_CACHE_HOME"] = _folder["cache"] });
        Assert.Equal(4, run.Exit);
        Assert.Contains("--model plate", run.Sentence, StringComparison.Ordinal);
    }

    private async Task<string> ClipAsync(string extension = ".mp4")
    {
        string clip = _folder["clip" + extension];
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=0.4", "-pix_fmt", "yuv420p", clip);
        return clip;
    }

    private async Task<string> HalfAsync(string clip)
    {
        byte[] whole = await File.ReadAllBytesAsync(SharedData.Clips(clip));
        await File.WriteAllBytesAsync(_folder["half.mp4"], whole[..(whole.Length / 2)]);
        return _folder["half.mp4"];
    }

    private async Task<CliRun> AssertRefusedAsync(int exit, string? code, string input, params string[] more)
    {
        string output = _folder["refused.mov"];
        string[] to = more.Contains("-o") ? [] : ["-o", output];
        string[] model = more.Contains("--model") ? [] : ["--model", "plate"];
        CliRun run = await CliRun.OfAsync(["matte", input, .. model, .. to, .. more, "--json"]);
        Assert.True(run.Exit == exit, $"exit {run.Exit}: {run.Err}");
        JsonElement error = JsonDocument.Parse(run.Out).RootElement.GetProperty("error");
        Assert.Equal(exit, error.GetProperty("exit").GetInt32());
        if (code is not null)
            Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Single(run.Err.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.NotEmpty(run.Sentence);
        Assert.False(File.Exists(output));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, ".*partial*"));
        return run;
    }
}
