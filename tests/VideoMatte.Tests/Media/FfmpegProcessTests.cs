using System.Diagnostics;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

public sealed class FfmpegProcessTests : IDisposable
{
    /// <summary>Short enough for a test, long against the start of a shell on a busy machine.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1.5);

    private readonly TempFolder _folder = new();

    [Fact(Timeout = 60_000)]
    public async Task Streams_AllThreeMoveMegabytes_NothingBlocks()
    {
        const int size = 12 << 20;
        await using FfmpegProcess child = Shell("head -c 10485760 /dev/zero | tr '\\0' 'e' >&2 & cat; wait");
        byte[] sent = new byte[size], got = new byte[size];
        new Random(1).NextBytes(sent);

        Task write = WriteAllAsync(child, sent);
        int length = 0;
        for (int read; (read = await child.ReadAsync(got.AsMemory(length, Math.Min(size - length + 1, size - length)), default)) > 0;)
            length += read;
        await write;
        int exit = await child.WaitForExitAsync(default);

        Assert.Equal((0, size, 10485760L), (exit, length, child.ErrorBytes));
        Assert.True(sent.AsSpan().SequenceEqual(got));
        Assert.InRange(child.ErrorTail.Length, 1, FfmpegProcess.ErrorTailBytes);
    }

    [Fact(Timeout = 60_000)]
    public async Task ErrorTail_IsFlooded_TheLastLinesStay()
    {
        await using FfmpegProcess child = Shell("for i in $(seq 20000); do echo line $i >&2; done; exit 7");

        Assert.Equal(7, await child.WaitForExitAsync(default));
        Assert.EndsWith("line 20000\n", child.ErrorTail, StringComparison.Ordinal);
        Assert.StartsWith("line ", child.ErrorTail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Arguments_HoldSpacesQuotesAndDollars_TheyArriveAsTheyAre()
    {
        string[] odd = ["a b", "\"q\"", "$HOME", "", "'", "\\", "-x", "*", "ü"];
        FfmpegOutput output = await FfmpegProcess.RunAsync(
            "/bin/sh", ["-c", "for a in \"$@\"; do printf '%s\\n' \"$a\"; done", "sh", .. odd], 10_000, null, TimeProvider.System, default);

        Assert.Equal(string.Join('\n', odd) + "\n", output.Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_ChildIsSilent_ItIsKilledAsStalled()
    {
        await using FfmpegProcess child = Shell("sleep 600 & wait");
        long start = Stopwatch.GetTimestamp();

        Assert.Equal(0, await child.ReadAsync(new byte[100], default));

        Assert.True(child.Stalled && child.Killed);
        Assert.InRange(Stopwatch.GetElapsedTime(start), Stall * 0.9, TimeSpan.FromSeconds(20));
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_ChildOnlyTalksOnStandardError_ThatIsNoProgress()
    {
        await using FfmpegProcess child = Shell("while true; do echo busy >&2; sleep 0.1; done");

        Assert.Equal(0, await child.ReadAsync(new byte[100], default));

        Assert.True(child.Stalled);
        Assert.Contains("busy", child.ErrorTail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Write_ChildNeverReads_ItIsKilledAsStalled()
    {
        await using FfmpegProcess child = Shell("sleep 600 & wait");

        await Assert.ThrowsAsync<IOException>(async () => await WriteAllAsync(child, new byte[8 << 20]));

        Assert.True(child.Stalled);
    }

    [Fact(Timeout = 60_000)]
    public async Task Wait_ChildSleepsAtItsEnd_ItIsKilledAsStalled()
    {
        await using FfmpegProcess child = Shell("exec sleep 600");
        child.CloseInput();

        await child.WaitForExitAsync(default);

        Assert.True(child.Stalled);
    }

    [Fact(Timeout = 60_000)]
    public async Task Wait_ChildWorksLongerThanTheLimit_ItIsLeftAlone()
    {
        // Half a million rounds of a shell's loop take a second at least; three of them are longer than the limit.
        await using FfmpegProcess child = Shell("end=$(($(date +%s) + 4)); while [ $(date +%s) -lt $end ]; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; done");

        int exit = await child.WaitForExitAsync(default);

        Assert.Equal((0, false), (exit, child.Stalled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Consumer_IsSlowerThanTheLimit_TheChildIsNotBlamed()
    {
        await using FfmpegProcess child = Shell("head -c 8388608 /dev/zero");
        byte[] part = new byte[1 << 20];
        Assert.True(await child.ReadAsync(part, default) > 0);
        await Task.Delay(Stall * 2);
        long total = 0;
        for (int read; (read = await child.ReadAsync(part, default)) > 0;)
            total += read;

        Assert.Equal(0, await child.WaitForExitAsync(default));
        Assert.False(child.Stalled);
        Assert.True(total > 0);
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_IsCancelled_TheWaitEndsAtOnce()
    {
        await using FfmpegProcess child = Shell("sleep 600 & wait", FfmpegProcess.DefaultStallLimit);
        using CancellationTokenSource cancel = new(200);
        long start = Stopwatch.GetTimestamp();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await child.ReadAsync(new byte[100], cancel.Token));

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispose_ChildHasChildren_TheWholeTreeIsGone()
    {
        FfmpegProcess child = Shell("sleep 611 & (sleep 612 & sleep 613) & echo started; wait");
        Assert.True(await child.ReadAsync(new byte[100], default) > 0);

        await child.DisposeAsync();

        Assert.False(IsAlive(child.Id));
        for (int tries = 0; tries < 50 && SleepersBelow().Count > 0; tries++)
            await Task.Delay(20);
        Assert.Empty(SleepersBelow());
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_OnlyAnOrphanHoldsThePipe_TheWaitEndsAllTheSame()
    {
        await using FfmpegProcess child = Shell("sleep 20 & exit 0");
        long start = Stopwatch.GetTimestamp();

        Assert.Equal(0, await child.ReadAsync(new byte[100], default));

        Assert.True(child.Stalled);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact(Timeout = 60_000)]
    public async Task Reads_OfManySilentChildren_HoldNoThreads()
    {
        int before = ThreadPool.ThreadCount;
        FfmpegProcess[] children = [.. Enumerable.Range(0, 40).Select(_ => Shell("read x; echo done", FfmpegProcess.DefaultStallLimit))];
        Task<int>[] reads = [.. children.Select(c => c.ReadAsync(new byte[100], default).AsTask())];
        await Task.Delay(1000);

        // Were each read (and each pump of standard error) a blocked thread of the pool, it would grow by 80.
        Assert.InRange(ThreadPool.ThreadCount - before, -1000, 40);

        foreach (FfmpegProcess child in children)
            child.CloseInput();
        await Task.WhenAll(reads);
        foreach (FfmpegProcess child in children)
            await child.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Abort_OfAnEncoder_LeavesNoFinishedFile()
    {
        // The script finishes its file when its input ends in order: an abort must not look like that.
        string file = _folder["out"];
        FfmpegProcess child = Shell($"echo up; cat >/dev/null; echo whole > '{file}'");
        Assert.True(await child.ReadAsync(new byte[10], default) > 0);
        await child.WriteAsync(new byte[1000], default);

        await child.AbortAsync();
        await child.DisposeAsync();

        Assert.False(File.Exists(file));
    }

    [Fact(Timeout = 60_000)]
    public async Task Write_ChildIsGone_IOExceptionAndTheExitCodeTells()
    {
        await using FfmpegProcess child = Shell("echo full >&2; exit 3");

        await Assert.ThrowsAsync<IOException>(async () => await WriteAllAsync(child, new byte[8 << 20]));

        Assert.Equal(3, await child.WaitForExitAsync(default));
        Assert.Contains("full", child.Failure(ErrorKind.Output, "encoder-failed", "x").Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_ProgramDoesNotExist_FfmpegMissing()
    {
        MatteException e = Assert.Throws<MatteException>(() => FfmpegProcess.Start(_folder["nothing"], [], null, TimeProvider.System));

        Assert.Equal("ffmpeg-missing", e.Code);
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_OutputIsEndless_ItIsCutAndTheChildKilled()
    {
        FfmpegOutput output = await FfmpegProcess.RunAsync("/bin/sh", ["-c", "cat /dev/zero"], 100_000, null, TimeProvider.System, default);

        Assert.True(output.Overflowed);
        Assert.InRange(output.Text.Length, 100_000, 200_000);
    }

    public void Dispose() => _folder.Dispose();

    private static FfmpegProcess Shell(string body, TimeSpan? stall = null) =>
        FfmpegProcess.Start("/bin/sh", ["-c", body], stall ?? Stall, TimeProvider.System);

    private static async Task WriteAllAsync(FfmpegProcess child, byte[] bytes)
    {
        await child.WriteAsync(bytes, default);
        child.CloseInput();
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static List<string> SleepersBelow()
    {
        List<string> found = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(d => char.IsDigit(Path.GetFileName(d)[0])))
        {
            try
            {
                string line = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ').Trim();
                if (line is "sleep 611" or "sleep 612" or "sleep 613")
                    found.Add(line);
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return found;
    }
}
