using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>Fetching against a server on this machine that is slow, lies, breaks off. After each fault the cache holds the verified file or
/// nothing under its name.</summary>
public sealed class ModelDownloaderTests : ModelDownloads
{
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

    /// <summary>A date means so long after the server's own clock, however ours goes.</summary>
    [Fact]
    public async Task Fetch_AWaitUntilADate_IsKeptToAsWell()
    {
        using ScriptedServer patient = new((_, stream) => ScriptedServer.HeadAsync(
            stream, "503 Service Unavailable", "Date: Wed, 21 Oct 2015 07:28:00 GMT", "Retry-After: Wed, 21 Oct 2015 08:28:00 GMT", "Content-Length: 0"));
        MatteException error = await AssertFailsAsync(patient, "download-failed");
        Assert.Contains("3600 s", error.Message, StringComparison.Ordinal);
        Assert.Single(patient.Requests);

        using ScriptedServer soon = new((request, stream) => request.Number == 0
            ? ScriptedServer.HeadAsync(stream, "429 Too Many Requests", "Date: Wed, 21 Oct 2015 07:28:00 GMT", "Retry-After: Wed, 21 Oct 2015 07:28:01 GMT", "Content-Length: 0")
            : WholeAsync(request, stream));
        long begun = TimeProvider.System.GetTimestamp();
        await Downloader().FetchAsync(Entry(soon), null, default);
        Assert.True(TimeProvider.System.GetElapsedTime(begun) >= TimeSpan.FromSeconds(.9));

        using ScriptedServer past = new((request, stream) => request.Number == 0
            ? ScriptedServer.HeadAsync(stream, "429 Too Many Requests", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT", "Content-Length: 0")
            : WholeAsync(request, stream));
        File.Delete(Target);
        await Downloader().FetchAsync(Entry(past), null, default);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
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
    public async Task Fetch_IntoAFolderThatIsAFile_SaysSo()
    {
        await File.WriteAllTextAsync(_folder["cache"], "in the way");
        using ScriptedServer server = new(WholeAsync);
        await AssertFailsAsync(server, "cache-unwritable");
    }
}
