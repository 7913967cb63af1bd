using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>Fetching against a server on this machine that is slow, lies, breaks off. After each fault the cache holds the verified file or
/// nothing under its name.</summary>
public sealed class ModelDownloaderTests : IDisposable
{
    private const string Etag = "ETag: \"one\"";

    private readonly TempFolder _folder = new();
    private readonly byte[] _body = RandomNumberGenerator.GetBytes(300_000);

    private string Cache => Path.Combine(_folder.Path, "cache", "models");

    private string Target => Path.Combine(Cache, "net.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fetch_AnHonestServer_LeavesTheVerifiedFileAlone()
    {
        using ScriptedServer server = new((request, stream) => WholeAsync(request, stream));
        List<DownloadProgress> seen = [];
        FetchedModel model = await Downloader().FetchAsync(Entry(server), new Seen(seen), default);
        Assert.Equal((Target, false, (long)_body.Length), (model.Path, model.WasThere, model.Bytes));
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
        AssertNothingElse();
        Assert.Equal(_body.Length, seen[^1].Done);
        Assert.Equal(_body.Length, seen[^1].Total);
        Assert.True((await Downloader().FetchAsync(Entry(server), null, default)).WasThere);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Fetch_CutOff_GoesOnWhereItStopped()
    {
        using ScriptedServer server = new(async (request, stream) =>
        {
            int from = request.From;
            await PartHeadAsync(request, stream);
            await stream.WriteAsync(_body.AsMemory(from, Math.Min(100_000, _body.Length - from)));
        });
        await Downloader().FetchAsync(Entry(server), null, default);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
        Assert.True(server.Requests.Count is 3 or 4, $"{server.Requests.Count} requests");
        Assert.All(server.Requests.Skip(1), r => Assert.Equal("\"one\"", r.Headers["If-Range"]));
        Assert.True(server.Requests[1].From > 0);
        AssertNothingElse();
    }

    [Fact]
    public async Task Fetch_StoppedAndCalledAgain_GoesOn()
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource held = new();
        using ScriptedServer server = new(async (request, stream) =>
        {
            await PartHeadAsync(request, stream);
            if (request.Number > 0)
            {
                await stream.WriteAsync(_body.AsMemory(request.From), CancellationToken.None);
                return;
            }

            await stream.WriteAsync(_body.AsMemory(0, 120_000), CancellationToken.None);
            await stream.FlushAsync(CancellationToken.None);
            await held.Task;
        });
        Progressed progressed = new(120_000, stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Downloader().FetchAsync(Entry(server), progressed, stop.Token));
        held.SetResult();
        Assert.False(File.Exists(Target));
        await Downloader().FetchAsync(Entry(server), null, CancellationToken.None);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target, CancellationToken.None));
        Assert.Equal(120_000, server.Requests[1].From);
    }

    [Fact]
    public async Task Fetch_TheFileChangesBetweenTwoParts_StartsAnew()
    {
        using ScriptedServer server = new(async (request, stream) =>
        {
            if (request.Number == 0)
            {
                await ScriptedServer.HeadAsync(stream, "200 OK", "ETag: \"old\"", $"Content-Length: {_body.Length}");
                await stream.WriteAsync(new byte[50_000]);
                return;
            }

            // The validator is another one: a server then sends the whole.
            await ScriptedServer.HeadAsync(stream, "200 OK", "ETag: \"new\"", $"Content-Length: {_body.Length}");
            await stream.WriteAsync(_body);
        });
        await Downloader().FetchAsync(Entry(server), null, default);
        Assert.Equal("\"old\"", server.Requests[1].Headers["If-Range"]);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Fetch_AServerThatJoinsTwoFiles_IsFoundOutByTheHash()
    {
        using ScriptedServer server = new(async (request, stream) =>
        {
            await PartHeadAsync(request, stream);
            await stream.WriteAsync(request.Number == 0 ? new byte[50_000] : _body.AsMemory(request.From));
        });
        await AssertFailsAsync(server, "model-hash");
        AssertNothingElse();
    }

    [Fact]
    public async Task Fetch_WithoutAValidator_StartsAnew()
    {
        using ScriptedServer server = new(async (request, stream) =>
        {
            await ScriptedServer.HeadAsync(stream, "200 OK", "ETag: W/\"weak\"", $"Content-Length: {_body.Length}");
            await stream.WriteAsync(_body.AsMemory(0, request.Number == 0 ? 50_000 : _body.Length));
        });
        await Downloader().FetchAsync(Entry(server), null, default);
        Assert.DoesNotContain("Range", server.Requests[1].Headers.Keys);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Fetch_WrongBytes_AreThrownAway()
    {
        using ScriptedServer server = new(async (request, stream) =>
        {
            await ScriptedServer.HeadAsync(stream, "200 OK", Etag, $"Content-Length: {_body.Length}");
            await stream.WriteAsync(new byte[_body.Length]);
        });
        MatteException error = await AssertFailsAsync(server, "model-hash");
        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
        AssertNothingElse();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Fetch_AnAnnouncedWrongLength_IsRefusedAtOnce(int more)
    {
        using ScriptedServer server = new((_, stream) => ScriptedServer.HeadAsync(stream, "200 OK", $"Content-Length: {_body.Length + more}"));
        await AssertFailsAsync(server, "model-hash");
        Assert.Single(server.Requests);
        AssertNothingElse();
    }

    [Fact]
    public async Task Fetch_MoreThanTheEntrySays_IsStopped()
    {
        // No length announced: the body goes on until somebody hangs up.
        using ScriptedServer server = new(async (_, stream) =>
        {
            await ScriptedServer.HeadAsync(stream, "200 OK");
            while (true)
                await stream.WriteAsync(new byte[65_536]);
        });
        await AssertFailsAsync(server, "model-hash");
        AssertNothingElse();
    }

    [Fact]
    public async Task Fetch_ASilentServer_IsGivenUp()
    {
        using CancellationTokenSource over = new();
        using ScriptedServer server = new(async (_, stream) =>
        {
            await ScriptedServer.HeadAsync(stream, "200 OK", Etag, $"Content-Length: {_body.Length}");
            await stream.WriteAsync(_body.AsMemory(0, 10), over.Token);
            await stream.FlushAsync(over.Token);
            await Task.Delay(Timeout.Infinite, over.Token);
        });
        MatteException error = await AssertFailsAsync(server, "download-failed", r => r with { Silence = TimeSpan.FromMilliseconds(300), Attempts = 2 });
        await over.CancelAsync();
        Assert.Contains("sent nothing", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("404 Not Found", 1)]
    [InlineData("403 Forbidden", 1)]
    [InlineData("500 Internal Server Error", 3)]
    [InlineData("503 Service Unavailable", 3)]
    public async Task Fetch_AnErrorStatus_IsTriedAgainWhereThatMayHelp(string status, int requests)
    {
        using ScriptedServer server = new((_, stream) => ScriptedServer.HeadAsync(stream, status, "Content-Length: 0"));
        MatteException error = await AssertFailsAsync(server, "download-failed", r => r with { Attempts = 3 });
        Assert.Contains(status[..3], error.Message, StringComparison.Ordinal);
        Assert.Equal(requests, server.Requests.Count);
        AssertNothingElse();
    }

    [Fact]
    public async Task Fetch_TooManyRequests_WaitsAsAskedAndGoesOn()
    {
        using ScriptedServer server = new((request, stream) => request.Number == 0
            ? ScriptedServer.HeadAsync(stream, "429 Too Many Requests", "Retry-After: 1", "Content-Length: 0")
            : WholeAsync(request, stream));
        long begun = TimeProvider.System.GetTimestamp();
        await Downloader().FetchAsync(Entry(server), null, default);
        Assert.True(TimeProvider.System.GetElapsedTime(begun) >= TimeSpan.FromSeconds(.9));
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Fetch_AWaitOfHours_IsNotSatOut()
    {
        using ScriptedServer server = new((_, stream) => ScriptedServer.HeadAsync(stream, "429 Too Many Requests", "Retry-After: 7200", "Content-Length: 0"));
        MatteException error = await AssertFailsAsync(server, "download-failed");
        Assert.Contains("7200 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ARedirect_IsFollowed()
    {
        using ScriptedServer server = new((request, stream) => request.Path == "/net.onnx"
            ? ScriptedServer.HeadAsync(stream, "302 Found", "Location: /elsewhere", "Content-Length: 0")
            : WholeAsync(request, stream));
        await Downloader().FetchAsync(Entry(server), null, default);
        Assert.Equal(["/net.onnx", "/elsewhere"], server.Requests.Select(r => r.Path));
    }

    [Theory]
    [InlineData("http://models.example/net.onnx")]
    [InlineData("ftp://models.example/net.onnx")]
    [InlineData("file:///etc/passwd")]
    public async Task Fetch_ARedirectOffHttps_IsRefused(string to)
    {
        using ScriptedServer server = new((_, stream) => ScriptedServer.HeadAsync(stream, "301 Moved Permanently", $"Location: {to}", "Content-Length: 0"));
        await AssertFailsAsync(server, "download-insecure");
        AssertNothingElse();
    }

    [Fact]
    public async Task Fetch_PlainHttp_IsRefused()
    {
        using ScriptedServer server = new(WholeAsync);
        await AssertFailsAsync(server, "download-insecure", r => r with { AllowLoopbackHttp = false });
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Fetch_ACircleOfRedirects_Ends()
    {
        using ScriptedServer server = new((_, stream) => ScriptedServer.HeadAsync(stream, "302 Found", "Location: /net.onnx", "Content-Length: 0"));
        await AssertFailsAsync(server, "download-failed");
    }

    [Fact]
    public async Task Fetch_TwoAtOnce_LeaveOneWholeFile()
    {
        using ScriptedServer server = new(async (request, stream) =>
        {
            await PartHeadAsync(request, stream);
            for (int at = request.From; at < _body.Length; at += 10_000)
            {
                await stream.WriteAsync(_body.AsMemory(at, Math.Min(10_000, _body.Length - at)));
                await stream.FlushAsync();
                await Task.Delay(5);
            }
        });
        FetchedModel[] both = await Task.WhenAll(Downloader().FetchAsync(Entry(server), null, default), Downloader().FetchAsync(Entry(server), null, default));
        Assert.Single(both, m => m.WasThere);
        Assert.Single(server.Requests);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
        AssertNothingElse();
    }

    [Fact]
    public async Task Fetch_OverADamagedFile_ReplacesIt()
    {
        Directory.CreateDirectory(Cache);
        await File.WriteAllBytesAsync(Target, new byte[_body.Length]);
        using ScriptedServer server = new(WholeAsync);
        await Downloader().FetchAsync(Entry(server), null, default);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Fetch_OntoALink_IsRefused()
    {
        Directory.CreateDirectory(Cache);
        string victim = _folder["victim"];
        await File.WriteAllTextAsync(victim, "mine");
        File.CreateSymbolicLink(Target, victim);
        using ScriptedServer server = new(WholeAsync);
        await AssertFailsAsync(server, "cache-symlink", keepsName: true);
        Assert.Equal("mine", await File.ReadAllTextAsync(victim));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Fetch_WhileOffline_AsksNobody()
    {
        using ScriptedServer server = new(WholeAsync);
        await AssertFailsAsync(server, "offline", r => r with { Offline = true });
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Fetch_AnUnfreeLicence_NeedsTheUsersWord()
    {
        using ScriptedServer server = new(WholeAsync);
        foreach (CommercialUse use in (CommercialUse[])[CommercialUse.No, CommercialUse.Unknown])
        {
            ModelEntry entry = Entry(server) with { Commercial = use };
            Assert.Equal("licence-not-accepted", (await Assert.ThrowsAsync<MatteException>(() => Downloader().FetchAsync(entry, null, default))).Code);
        }

        Assert.Empty(server.Requests);
        await Downloader(Rules with { AcceptLicence = true }).FetchAsync(Entry(server) with { Commercial = CommercialUse.No }, null, default);
        Assert.True(File.Exists(Target));
    }

    [Fact]
    public async Task Fetch_OnlyAnMd5_NeedsTheUsersWordAndIsPinnedThen()
    {
        using ScriptedServer server = new(WholeAsync);
        ModelEntry entry = Entry(server) with { Sha256 = null, Md5 = Convert.ToHexStringLower(MD5.HashData(_body)), Bytes = null };
        Assert.Equal("model-unpinned", (await Assert.ThrowsAsync<MatteException>(() => Downloader().FetchAsync(entry, null, default))).Code);
        Assert.Empty(server.Requests);
        await Downloader(Rules with { AcceptUnpinned = true }).FetchAsync(entry, null, default);
        ModelEntry pinned = Assert.Single(UserEntries.Read(Cache).Entries);
        Assert.Equal((entry.Id, Convert.ToHexStringLower(SHA256.HashData(_body)), (long?)_body.Length), (pinned.Id, pinned.Sha256, pinned.Bytes));

        using ScriptedServer liar = new(async (_, stream) =>
        {
            await ScriptedServer.HeadAsync(stream, "200 OK", $"Content-Length: {_body.Length}");
            await stream.WriteAsync(new byte[_body.Length]);
        });
        File.Delete(Target);
        ModelEntry lied = entry with { Url = liar.Url("net.onnx") };
        Assert.Equal("model-hash", (await Assert.ThrowsAsync<MatteException>(() => Downloader(Rules with { AcceptUnpinned = true }).FetchAsync(lied, null, default))).Code);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Fetch_IntoAFolderThatIsAFile_SaysSo()
    {
        await File.WriteAllTextAsync(_folder["cache"], "in the way");
        using ScriptedServer server = new(WholeAsync);
        await AssertFailsAsync(server, "cache-unwritable");
    }

    private static DownloadRules Rules => new() { AllowLoopbackHttp = true, Pause = TimeSpan.FromMilliseconds(10), Silence = TimeSpan.FromSeconds(20) };

    private ModelDownloader Downloader(DownloadRules? rules = null) =>
        new(new ModelFolders([], Cache, _folder["built-in"]), TimeProvider.System, rules ?? Rules);

    private ModelEntry Entry(ScriptedServer server) => new(
        "net", "Net", ModelFamily.Rvm, "net.onnx", "MIT", CommercialUse.Yes, "x", "x", "x", server.Url("net.onnx"),
        Convert.ToHexStringLower(SHA256.HashData(_body)), Bytes: _body.Length);

    private async Task WholeAsync(ServerRequest request, Stream stream)
    {
        await PartHeadAsync(request, stream);
        await stream.WriteAsync(_body.AsMemory(request.From));
    }

    private Task PartHeadAsync(ServerRequest request, Stream stream) => request.From == 0
        ? ScriptedServer.HeadAsync(stream, "200 OK", Etag, $"Content-Length: {_body.Length}")
        : ScriptedServer.HeadAsync(
            stream, "206 Partial Content", Etag, $"Content-Range: bytes {request.From}-{_body.Length - 1}/{_body.Length}", $"Content-Length: {_body.Length - request.From}");

    private async Task<MatteException> AssertFailsAsync(
        ScriptedServer server, string code, Func<DownloadRules, DownloadRules>? rules = null, bool keepsName = false)
    {
        MatteException error = await Assert.ThrowsAsync<MatteException>(() => Downloader((rules ?? (r => r))(Rules)).FetchAsync(Entry(server), null, default));
        Assert.Equal((ErrorKind.Model, code), (error.Kind, error.Code));
        Assert.Equal(keepsName, File.Exists(Target));
        return error;
    }

    /// <summary>Besides the model itself only the lock may lie there, which is empty.</summary>
    private void AssertNothingElse()
    {
        if (Directory.Exists(Cache))
            Assert.All(Directory.EnumerateFiles(Cache), f => Assert.True(f == Target || (f == Target + ".lock" && new FileInfo(f).Length == 0), f));
    }

    private sealed class Seen(List<DownloadProgress> seen) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => seen.Add(value);
    }

    private sealed class Progressed(long until, CancellationTokenSource stop) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            if (value.Done >= until)
                stop.Cancel();
        }
    }
}
