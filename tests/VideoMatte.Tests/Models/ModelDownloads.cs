using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>A cache and a file to fetch into it from a server on this machine.</summary>
public abstract class ModelDownloads : IDisposable
{
    private protected const string Etag = "ETag: \"one\"";

    private protected readonly TempFolder _folder = new();
    private protected readonly byte[] _body = RandomNumberGenerator.GetBytes(300_000);

    private protected string Cache => Path.Combine(_folder.Path, "cache", "models");

    private protected string Target => Path.Combine(Cache, "net.onnx");

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static DownloadRules Rules => new() { AllowLoopbackHttp = true, Pause = TimeSpan.FromMilliseconds(10), Silence = TimeSpan.FromSeconds(20) };

    private protected ModelDownloader Downloader(DownloadRules? rules = null) =>
        new(Store(), TimeProvider.System, rules ?? Rules);

    private protected ModelStore Store() => new(ShippedCatalogue.Load(), new ModelFolders([_folder["search"]], Cache, _folder["built-in"]));

    private protected ModelEntry Entry(ScriptedServer server) => new(
        "net", "Net", ModelFamily.Rvm, "net.onnx", "MIT", CommercialUse.Yes, "x", "x", "x", server.Url("net.onnx"),
        Convert.ToHexStringLower(SHA256.HashData(_body)), Bytes: _body.Length);

    private protected async Task WholeAsync(ServerRequest request, Stream stream)
    {
        await PartHeadAsync(request, stream);
        await stream.WriteAsync(_body.AsMemory(request.From));
    }

    private protected Task PartHeadAsync(ServerRequest request, Stream stream) => request.From == 0
        ? ScriptedServer.HeadAsync(stream, "200 OK", Etag, $"Content-Length: {_body.Length}")
        : ScriptedServer.HeadAsync(
            stream, "206 Partial Content", Etag, $"Content-Range: bytes {request.From}-{_body.Length - 1}/{_body.Length}", $"Content-Length: {_body.Length - request.From}");

    private protected async Task<MatteException> AssertFailsAsync(
        ScriptedServer server, string code, Func<DownloadRules, DownloadRules>? rules = null, bool keepsName = false)
    {
        MatteException error = await Assert.ThrowsAsync<MatteException>(() => Downloader((rules ?? (r => r))(Rules)).FetchAsync(Entry(server), null, default));
        Assert.Equal((ErrorKind.Model, code), (error.Kind, error.Code));
        Assert.Equal(keepsName, File.Exists(Target));
        return error;
    }

    /// <summary>Besides the model itself only the lock may lie there, which is empty.</summary>
    private protected void AssertNothingElse()
    {
        if (Directory.Exists(Cache))
            Assert.All(Directory.EnumerateFiles(Cache), f => Assert.True(f == Target || (f == Target + ".lock" && new FileInfo(f).Length == 0), f));
    }

    private protected sealed class Seen(List<DownloadProgress> seen) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => seen.Add(value);
    }
}
