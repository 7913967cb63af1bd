using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>Going on where a fetch was cut off: only with the server's word that the rest is of the same file.</summary>
public sealed class ModelResumeTests : ModelDownloads
{
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

    /// <summary>Where no length is known, a file that was whole when the fetch was stopped is told by the server alone.</summary>
    [Fact]
    public async Task Fetch_APartThatIsWholeAlready_IsTakenAsItIs()
    {
        using ScriptedServer server = new((request, stream) => request.From == _body.Length
            ? ScriptedServer.HeadAsync(stream, "416 Range Not Satisfiable", $"Content-Range: bytes */{_body.Length}", "Content-Length: 0")
            : WholeAsync(request, stream));
        ModelEntry entry = Entry(server) with { Bytes = null };
        LayPart(entry, _body);
        await Downloader(Rules with { Attempts = 1 }).FetchAsync(entry, null, default);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
        Assert.Equal(_body.Length, Assert.Single(server.Requests).From);
        AssertNothingElse();
    }

    [Fact]
    public async Task Fetch_APartOfTheRightLengthAndWrongBytes_IsThrownAway()
    {
        using ScriptedServer server = new((request, stream) => request.From == _body.Length
            ? ScriptedServer.HeadAsync(stream, "416 Range Not Satisfiable", $"Content-Range: bytes */{_body.Length}", "Content-Length: 0")
            : WholeAsync(request, stream));
        ModelEntry entry = Entry(server) with { Bytes = null };
        LayPart(entry, new byte[_body.Length]);
        Assert.Equal("model-hash", (await Assert.ThrowsAsync<MatteException>(() => Downloader().FetchAsync(entry, null, default))).Code);
        AssertNothingElse();
        await Downloader().FetchAsync(entry, null, default);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
    }

    /// <summary>A part that the server has no rest for would fail every later try as well.</summary>
    [Theory]
    [InlineData("416 Range Not Satisfiable", "bytes */300000")]
    [InlineData("416 Range Not Satisfiable", null)]
    [InlineData("206 Partial Content", "bytes 7-299999/300000")]
    [InlineData("206 Partial Content", null)]
    public async Task Fetch_APartWithNoRest_StartsAnewAtOnce(string status, string? range)
    {
        using ScriptedServer server = new((request, stream) => request.From > 0
            ? ScriptedServer.HeadAsync(stream, status, [.. range is null ? [] : (string[])[$"Content-Range: {range}"], "Content-Length: 0"])
            : WholeAsync(request, stream));
        ModelEntry entry = Entry(server) with { Bytes = null };
        LayPart(entry, new byte[_body.Length + 9]);
        await Downloader(Rules with { Attempts = 1 }).FetchAsync(entry, null, default);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Target));
        Assert.Equal([_body.Length + 9, 0], server.Requests.Select(r => r.From));
        AssertNothingElse();
    }

    private void LayPart(ModelEntry entry, byte[] bytes)
    {
        Directory.CreateDirectory(Cache);
        File.WriteAllBytes(Target + ".part", bytes);
        File.WriteAllText(Target + ".part.from", $"{entry.Url}\n\"one\"\n");
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
