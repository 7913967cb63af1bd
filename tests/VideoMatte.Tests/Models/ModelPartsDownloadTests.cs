using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>Fetching a model of several files: the model file comes last, so that where it lies the rest does.</summary>
public sealed class ModelPartsDownloadTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PartedGraph _network = new();

    private string Cache => Path.Combine(_folder.Path, "cache", "models");

    private string Target => Path.Combine(Cache, "net.onnx");

    private string First => Path.Combine(Cache, PartedGraph.First);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fetch_AnHonestServer_LeavesAllFilesWhole()
    {
        using ScriptedServer server = new(WholeAsync);
        List<DownloadProgress> seen = [];
        FetchedModel model = await Downloader().FetchAsync(Entry(server), new Seen(seen), default);
        long all = _network.Outside.Length + _network.Parts.Sum(p => (long)p.Value.Length);
        Assert.Equal((Target, false, all), (model.Path, model.WasThere, model.Bytes));
        Assert.Equal(["/a/" + PartedGraph.First, "/a/" + PartedGraph.Second, "/a/net.onnx"], server.Requests.Select(r => r.Path));
        Assert.Equal((all, all), (seen[^1].Done, seen[^1].Total));
        Assert.Equal(seen.Select(s => s.Done).Order(), seen.Select(s => s.Done));
        AssertFiles(PartedGraph.First, PartedGraph.Second, "net.onnx");
        Assert.Empty(OnnxInspection.Inspect(Store(server).Resolve("net", false).Bytes.Span).External);
        Assert.True((await Downloader().FetchAsync(Entry(server), null, default)).WasThere);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_APartOfWrongBytes_LeavesNoModel()
    {
        using ScriptedServer server = new((request, stream) => SendAsync(request, stream, request.Path.EndsWith(PartedGraph.Second, StringComparison.Ordinal) ? b => [.. b[..^1], 9] : null));
        MatteException error = await FailsAsync(server, "model-hash");
        Assert.Contains(PartedGraph.Second, error.Message, StringComparison.Ordinal);
        AssertFiles(PartedGraph.First);
        Assert.Null(Store(server).Find(Entry(server)));
    }

    [Fact]
    public async Task Fetch_APartThatIsNotThere_LeavesNoModel()
    {
        using ScriptedServer server = new((request, stream) => request.Path.EndsWith(PartedGraph.Second, StringComparison.Ordinal)
            ? ScriptedServer.HeadAsync(stream, "404 Not Found", "Content-Length: 0")
            : WholeAsync(request, stream));
        await FailsAsync(server, "download-failed");
        AssertFiles(PartedGraph.First);
    }

    [Fact]
    public async Task Fetch_CutOffInAPart_GoesOnThere()
    {
        using ScriptedServer server = new(async (request, stream) =>
        {
            byte[] body = Body(request.Path);
            await HeadAsync(request, stream, body);
            await stream.WriteAsync(request.Number == 0 ? body.AsMemory(0, 30) : body.AsMemory(request.From));
        });
        await Downloader().FetchAsync(Entry(server), null, default);
        Assert.Equal(30, server.Requests[1].From);
        AssertFiles(PartedGraph.First, PartedGraph.Second, "net.onnx");
    }

    [Fact]
    public async Task Fetch_TwoAtOnce_AskForEachFileOnce()
    {
        using ScriptedServer server = new(async (request, stream) =>
        {
            await Task.Delay(100);
            await WholeAsync(request, stream);
        });
        await Task.WhenAll(Downloader().FetchAsync(Entry(server), null, default), Downloader().FetchAsync(Entry(server), null, default));
        Assert.Equal(3, server.Requests.Count);
        AssertFiles(PartedGraph.First, PartedGraph.Second, "net.onnx");
    }

    [Fact]
    public async Task Fetch_OverADamagedPart_ReplacesItAlone()
    {
        using ScriptedServer server = new(WholeAsync);
        await Downloader().FetchAsync(Entry(server), null, default);
        await File.WriteAllTextAsync(First, "no weights");
        FetchedModel again = await Downloader().FetchAsync(Entry(server), null, default);
        Assert.False(again.WasThere);
        Assert.Equal("/a/" + PartedGraph.First, server.Requests[^1].Path);
        Assert.Equal(4, server.Requests.Count);
        AssertFiles(PartedGraph.First, PartedGraph.Second, "net.onnx");
    }

    [Fact]
    public async Task Fetch_APartOntoALink_IsRefused()
    {
        Directory.CreateDirectory(Cache);
        await File.WriteAllTextAsync(_folder["victim"], "mine");
        File.CreateSymbolicLink(First, _folder["victim"]);
        using ScriptedServer server = new(WholeAsync);
        await FailsAsync(server, "cache-symlink");
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["victim"]));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Fetch_WhileOffline_NamesTheFileThatIsMissing()
    {
        using ScriptedServer server = new(WholeAsync);
        await Downloader().FetchAsync(Entry(server), null, default);
        File.Delete(First);
        MatteException error = await FailsAsync(server, "offline", new DownloadRules { Offline = true });
        Assert.Contains(PartedGraph.First, error.Message, StringComparison.Ordinal);
    }

    private static DownloadRules Rules => new() { AllowLoopbackHttp = true, Pause = TimeSpan.FromMilliseconds(10) };

    private ModelDownloader Downloader(DownloadRules? rules = null) => new(new ModelStore(ShippedCatalogue.Load(), new ModelFolders([], Cache, _folder["built-in"])), TimeProvider.System, rules ?? Rules);

    private ModelEntry Entry(ScriptedServer server) => new(
        "net", "Net", ModelFamily.Rvm, "net.onnx", "MIT", CommercialUse.Yes, "x", "x", "x", server.Url("a/net.onnx"), Hash(_network.Outside), Bytes: _network.Outside.Length,
        ExternalData: [.. _network.Parts.Select(p => new ModelPart(p.Key, Hash(p.Value), p.Value.Length))]);

    /// <summary>A store that knows the entry, of the user's own here, in the cache.</summary>
    private ModelStore Store(ScriptedServer server)
    {
        UserEntries.Pin(Entry(server) with { Url = null }, Target);
        var store = new ModelStore(ShippedCatalogue.Load(), new ModelFolders([], Cache, _folder["built-in"]));
        File.Delete(Target + UserEntries.Suffix);
        return store;
    }

    private byte[] Body(string path) => path == "/a/net.onnx" ? _network.Outside : _network.Parts[path["/a/".Length..]];

    private Task WholeAsync(ServerRequest request, Stream stream) => SendAsync(request, stream, null);

    private async Task SendAsync(ServerRequest request, Stream stream, Func<byte[], byte[]>? change)
    {
        byte[] body = Body(request.Path);
        await HeadAsync(request, stream, body);
        await stream.WriteAsync((change?.Invoke(body) ?? body).AsMemory(request.From));
    }

    private static Task HeadAsync(ServerRequest request, Stream stream, byte[] body) => request.From == 0
        ? ScriptedServer.HeadAsync(stream, "200 OK", "ETag: \"one\"", $"Content-Length: {body.Length}")
        : ScriptedServer.HeadAsync(stream, "206 Partial Content", "ETag: \"one\"", $"Content-Range: bytes {request.From}-{body.Length - 1}/{body.Length}", $"Content-Length: {body.Length - request.From}");

    private async Task<MatteException> FailsAsync(ScriptedServer server, string code, DownloadRules? rules = null)
    {
        MatteException error = await Assert.ThrowsAsync<MatteException>(() => Downloader(rules).FetchAsync(Entry(server), null, default));
        Assert.Equal((ErrorKind.Model, code), (error.Kind, error.Code));
        return error;
    }

    /// <summary>Just these lie there, whole, and locks, which are empty.</summary>
    private void AssertFiles(params string[] names)
    {
        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Cache).Where(f => !(f.EndsWith(".lock", StringComparison.Ordinal) && new FileInfo(f).Length == 0)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(Body("/a/" + name), File.ReadAllBytes(Path.Combine(Cache, name))));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Seen(List<DownloadProgress> seen) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => seen.Add(value);
    }
}
