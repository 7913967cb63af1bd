using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>What lies on this machine is not fetched again, whoever put it there, and needs neither lock nor rights.</summary>
public sealed class ModelInstalledTests : ModelDownloads
{
    private string Search => Directory.CreateDirectory(_folder["search"]).FullName;

    [Fact]
    public async Task Fetch_AModelOfASearchedFolder_IsThereAlready()
    {
        using ScriptedServer server = new(WholeAsync);
        string path = Path.Combine(Search, "net.onnx");
        await File.WriteAllBytesAsync(path, _body);
        FetchedModel model = await Downloader(Rules with { Offline = true }).FetchAsync(Entry(server), null, default);
        Assert.Equal((path, true, (long)_body.Length), (model.Path, model.WasThere, model.Bytes));
        // One that has no address, and one whose licence was never asked about.
        Assert.True((await Downloader().FetchAsync(Entry(server) with { Url = null, Commercial = CommercialUse.No }, null, default)).WasThere);
        Assert.Empty(server.Requests);
        Assert.False(Directory.Exists(Cache));
    }

    [Fact]
    public async Task Fetch_OverAnotherFileOfThatName_GoesToTheCache()
    {
        using ScriptedServer server = new(WholeAsync);
        await File.WriteAllBytesAsync(Path.Combine(Search, "net.onnx"), new byte[_body.Length]);
        Assert.Equal(Target, (await Downloader().FetchAsync(Entry(server), null, default)).Path);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
    }

    /// <summary>Put there by hand: its hash is kept to from then on, as if it had been fetched.</summary>
    [Fact]
    public async Task Fetch_AModelThatOnlyAnMd5VouchesFor_IsPinnedWhereItLies()
    {
        using ScriptedServer server = new(WholeAsync);
        ModelEntry entry = Entry(server) with { Sha256 = null, Md5 = Convert.ToHexStringLower(MD5.HashData(_body)), Bytes = null };
        await File.WriteAllBytesAsync(Path.Combine(Search, "net.onnx"), _body);
        Assert.Equal("model-unpinned", (await Assert.ThrowsAsync<MatteException>(() => Downloader().FetchAsync(entry, null, default))).Code);
        Assert.True((await Downloader(Rules with { AcceptUnpinned = true }).FetchAsync(entry, null, default)).WasThere);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_body)), Assert.Single(UserEntries.Read(Search).Entries).Sha256);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Fetch_WhileAnotherHoldsTheLock_SaysSoAndFindsWhatItBrought()
    {
        using ScriptedServer server = new(WholeAsync);
        Directory.CreateDirectory(Cache);
        var told = new TaskCompletionSource<DownloadProgress>();
        Task<FetchedModel> waiting;
        using (Hold())
        {
            await File.WriteAllBytesAsync(Target + ".part", _body[..1000]);
            waiting = Downloader().FetchAsync(Entry(server), new Told(told), default);
            DownloadProgress seen = await told.Task;
            Assert.Equal((true, 1000L, (long?)_body.Length), (seen.Waits, seen.Done, seen.Total));
            File.Move(Target + ".part", Target);
            await File.WriteAllBytesAsync(Target, _body);
        }

        Assert.True((await waiting).WasThere);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Fetch_WhileAnotherGetsNowhere_Ends()
    {
        using ScriptedServer server = new(WholeAsync);
        Directory.CreateDirectory(Cache);
        using FileStream held = Hold();
        MatteException error = await AssertFailsAsync(server, "download-busy", r => r with { LongestWait = TimeSpan.FromMilliseconds(300) });
        Assert.Contains("net.onnx.lock", error.Message, StringComparison.Ordinal);
        // What is whole is not waited for.
        await File.WriteAllBytesAsync(Target, _body);
        Assert.True((await Downloader().FetchAsync(Entry(server), null, default)).WasThere);
    }

    private FileStream Hold() => new(Target + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private sealed class Told(TaskCompletionSource<DownloadProgress> told) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => told.TrySetResult(value);
    }
}
