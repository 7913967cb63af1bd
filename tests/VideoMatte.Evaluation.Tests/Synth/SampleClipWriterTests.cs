using System.Runtime.InteropServices;
using VideoMatte.Evaluation.Synth;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;
using static System.FormattableString;

namespace VideoMatte.Evaluation.Tests.Synth;

[Collection(DrawnClipCollection.Name)]
public sealed class SampleClipWriterTests(DrawnClip drawn)
{
    private const int Minutes = 60_000;

    /// <summary>A clip in the repository is under 1 MB.</summary>
    private const long MostBytes = 1_000_000;

    /// <summary>H.264 at the writer's quality measures 40.3 to 42 dB on this clip: most of the loss is the sensor's noise. A frame shifted
    /// by one, or in another matrix or range, is under 30.</summary>
    private const double LeastPsnr = 39;

    private static string Committed => Path.Combine(SharedData.RepositoryRoot, "clips", "dancer.mp4");

    [Fact(Timeout = 2 * Minutes)]
    public async Task WriteAsync_Twice_GivesTheSameBytesAndTheTrueAlpha()
    {
        const int PerShot = 8, Frames = 2 * PerShot;
        using var first = new TempFolder();
        using var second = new TempFolder();
        var writer = new SampleClipWriter(await ToolsAsync(), TimeProvider.System);
        var seen = new List<int>();
        IReadOnlyList<WrittenFile> once = await writer.WriteAsync(
            SampleClips.Dancer(PerShot), first.Path, false, null, CancellationToken.None);
        IReadOnlyList<WrittenFile> again = await writer.WriteAsync(
            SampleClips.Dancer(PerShot), second.Path, true, new Listener(seen), CancellationToken.None);

        Assert.Equal(["dancer.mp4"], FileNames(first.Path));
        Assert.Equal(["dancer.mp4", "dancer_alpha.mkv"], FileNames(second.Path));
        Assert.Equal(await File.ReadAllBytesAsync(first["dancer.mp4"]), await File.ReadAllBytesAsync(second["dancer.mp4"]));
        Assert.All(once.Concat(again), file => Assert.Equal(Frames, file.Frames));
        Assert.Equal(Enumerable.Range(1, Frames).Concat(Enumerable.Range(1, Frames)), seen);

        byte[] alpha = await DecodeAsync(second["dancer_alpha.mkv"], "-pix_fmt", "gray16le", "-f", "rawvideo");
        Assert.Equal(2 * Frames * drawn.Pixels, alpha.Length);
        for (int i = 0; i < PerShot; i++)
            Assert.True(
                MemoryMarshal.Cast<byte, ushort>(alpha.AsSpan(2 * i * drawn.Pixels, 2 * drawn.Pixels)).SequenceEqual(drawn.Alphas[i]),
                Invariant($"matte {i}"));
    }

    [Fact(Timeout = 10 * Minutes)]
    [Trait("Category", TestCategory.Long)]
    public async Task WriteAsync_WholeClip_IsTheSameAgainAndUnderAMegabyte()
    {
        using var folder = new TempFolder();
        var writer = new SampleClipWriter(await ToolsAsync(), TimeProvider.System);
        WrittenFile once = (await writer.WriteAsync(SampleClips.Dancer(), folder.Path, false, null, CancellationToken.None))[0];
        byte[] bytes = await File.ReadAllBytesAsync(once.Path);
        WrittenFile again = (await writer.WriteAsync(SampleClips.Dancer(), folder.Path, false, null, CancellationToken.None))[0];
        Assert.Equal(bytes, await File.ReadAllBytesAsync(again.Path));
        Assert.InRange(once.Bytes, 100_000, MostBytes);
    }

    [Fact(Timeout = 2 * Minutes)]
    public async Task CommittedClip_Decoded_IsTheDrawnFrames()
    {
        Assert.InRange(new FileInfo(Committed).Length, 100_000, MostBytes);
        byte[] decoded = await DecodeAsync(Committed, "-pix_fmt", "yuv420p", "-f", "rawvideo");
        int size = drawn.Clip.Format.ByteCount;
        Assert.Equal(drawn.Clip.FrameCount * size, decoded.Length);
        for (int i = 0; i < drawn.Clip.FrameCount; i++)
        {
            double squares = 0;
            for (int b = 0; b < size; b++)
                squares += Math.Pow(decoded[(i * size) + b] - drawn.Pictures[i][b], 2);
            double psnr = 10 * Math.Log10(255.0 * 255.0 * size / squares);
            Assert.True(psnr > LeastPsnr, Invariant($"frame {i}: {psnr:f1} dB"));
        }
    }

    [Fact(Timeout = 2 * Minutes)]
    public async Task CommittedClip_Streams_AreTaggedAndSound()
    {
        FfmpegTools tools = await ToolsAsync();
        FfmpegOutput answer = await FfmpegProcess.RunAsync(
            tools.FfprobePath,
            ["-v", "error", "-show_entries", "stream=codec_name,pix_fmt,color_range,color_space,color_transfer,color_primaries", "-of",
                "csv=p=0", Committed],
            4096, null, TimeProvider.System, CancellationToken.None);
        Assert.Equal(["h264,yuv420p,tv,bt709,bt709,bt709", "aac"], answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        byte[] sound = await DecodeAsync(Committed, "-vn", "-f", "s16le");
        short[] drawnSound = SampleSound.Render(drawn.Clip);
        ReadOnlySpan<short> heard = MemoryMarshal.Cast<byte, short>(sound);
        double both = 0, left = 0, right = 0;
        for (int i = 0; i < Math.Min(heard.Length, drawnSound.Length); i++)
        {
            both += (double)heard[i] * drawnSound[i];
            left += (double)heard[i] * heard[i];
            right += (double)drawnSound[i] * drawnSound[i];
        }

        // AAC keeps the waveform and its place: a delay of a packet would leave almost no correlation.
        Assert.InRange(both / Math.Sqrt(left * right), 0.95, 1);
        Assert.InRange(heard.Length, drawnSound.Length - 4800, drawnSound.Length + 4800);
    }

    [Fact(Timeout = 2 * Minutes)]
    public async Task WriteAsync_Cancelled_LeavesNothing()
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        var writer = new SampleClipWriter(await ToolsAsync(), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => writer.WriteAsync(SampleClips.Dancer(), folder.Path, true, new Stopper(stop), stop.Token));
        Assert.Empty(FileNames(folder.Path));
    }

    [Fact(Timeout = 2 * Minutes)]
    public async Task WriteAsync_FolderIsAFile_IsAnOutputError()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["clips"], "");
        var writer = new SampleClipWriter(await ToolsAsync(), TimeProvider.System);
        MatteException error = await Assert.ThrowsAsync<MatteException>(
            () => writer.WriteAsync(SampleClips.Dancer(), folder["clips"], false, null, CancellationToken.None));
        Assert.Equal((ErrorKind.Output, "output-unwritable"), (error.Kind, error.Code));
    }

    private static Task<FfmpegTools> ToolsAsync() =>
        FfmpegTools.LocateAsync(null, Environment.GetEnvironmentVariable, CancellationToken.None);

    private static string[] FileNames(string folder) =>
        [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static async Task<byte[]> DecodeAsync(string path, params string[] output)
    {
        await using FfmpegProcess child = FfmpegProcess.Start(
            (await ToolsAsync()).FfmpegPath, ["-v", "error", "-nostdin", "-i", path, .. output, "pipe:1"], null, TimeProvider.System);
        child.CloseInput();
        var all = new MemoryStream();
        byte[] part = new byte[1 << 16];
        for (int read; (read = await child.ReadAsync(part, CancellationToken.None)) > 0;)
            await all.WriteAsync(part.AsMemory(0, read));
        Assert.Equal(0, await child.WaitForExitAsync(CancellationToken.None));
        return all.ToArray();
    }

    private sealed class Listener(List<int> seen) : IProgress<int>
    {
        public void Report(int value) => seen.Add(value);
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == 5)
                stop.Cancel();
        }
    }
}
