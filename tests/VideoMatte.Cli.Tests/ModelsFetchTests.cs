using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary><c>models get</c> by real processes from a server on this machine: locks, proxies, folders that cannot be written or read.</summary>
public sealed class ModelsFetchTests : IDisposable
{
    /// <summary>A name that only the proxy knows.</summary>
    private const string Elsewhere = "models.example";

    private readonly TempFolder _folder = new();
    private readonly byte[] _body = RandomNumberGenerator.GetBytes(200_000);
    private readonly X509Certificate2 _certificate = Certificate();

    public ModelsFetchTests() => File.WriteAllText(_folder["ca.pem"], _certificate.ExportCertificatePem());

    private Dictionary<string, string> Machine => new(StringComparer.Ordinal)
    {
        ["VIDEOMATTE_MODELS"] = Folder("models"),
        ["XDG_CACHE_HOME"] = Folder("cache"),
        ["SSL_CERT_FILE"] = _folder["ca.pem"],
        ["HTTPS_PROXY"] = string.Empty,
    };

    private string Cache => Path.Combine(Folder("cache"), "videomatte", "models");

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Get_ByTwoProcessesAtOnce_LeavesOneWholeFile()
    {
        using ScriptedServer server = new(
            async (_, stream) =>
            {
                await ScriptedServer.HeadAsync(stream, "200 OK", "ETag: \"a\"", $"Content-Length: {_body.Length}");
                foreach (byte[] part in _body.Chunk(Math.Max(1, _body.Length / 20)))
                {
                    await stream.WriteAsync(part);
                    await stream.FlushAsync();
                    await Task.Delay(100);
                }
            },
            _certificate);
        await LayEntryAsync("net", server.Url("net.onnx"));
        Task<CliProcess>[] both = [CliProcess.RunAsync(Machine, "models", "get", "net"), CliProcess.RunAsync(Machine, "models", "get", "net")];
        CliProcess[] ended = await Task.WhenAll(both);
        Assert.All(ended, e => Assert.True(e.Exit == 0, e.Err));
        Assert.Single(server.Requests);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Path.Combine(Cache, "net.onnx")));
        Assert.Equal(["net.onnx", "net.onnx.lock"], Directory.EnumerateFiles(Cache).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>https through the environment's proxy: a tunnel, in which the server's own certificate counts.</summary>
    [Fact]
    public async Task Get_ThroughTheEnvironmentsProxy_AsksItForATunnel()
    {
        using ScriptedServer server = new(WholeAsync, _certificate);
        using ScriptedServer proxy = new((_, stream) => TunnelAsync(stream, new Uri(server.Url("")).Port));
        await LayEntryAsync("net", $"https://{Elsewhere}/net.onnx");
        Dictionary<string, string> machine = Machine;
        machine["HTTPS_PROXY"] = proxy.Url("");
        CliProcess run = await CliProcess.RunAsync(machine, "models", "get", "net");
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal($"{Elsewhere}:443", Assert.Single(proxy.Requests).Path);
        Assert.Equal("/net.onnx", Assert.Single(server.Requests).Path);
        Assert.Equal(_body, await File.ReadAllBytesAsync(Path.Combine(Cache, "net.onnx")));
    }

    /// <summary>An alias is the best that can be fetched, whatever lies here: the request is seen by a proxy that lets nothing out.</summary>
    [SharedFact]
    public async Task Get_AnAlias_MeansTheFirstThatHasAnAddress()
    {
        using CancellationTokenSource seen = new();
        using ScriptedServer proxy = new(async (_, stream) =>
        {
            await seen.CancelAsync();
            await ScriptedServer.HeadAsync(stream, "403 Forbidden", "Content-Length: 0");
        });
        Dictionary<string, string> machine = Machine;
        machine["VIDEOMATTE_MODELS"] = Path.GetDirectoryName(SharedData.RvmModel)!;
        machine["HTTPS_PROXY"] = proxy.Url("");
        CliProcess run = await CliProcess.RunAsync(machine, ["models", "get", "rvm"], seen.Token);
        Assert.Contains("rvm means rvm-mobilenetv3 here", run.Err, StringComparison.Ordinal);
        Assert.Equal("github.com:443", proxy.Requests[0].Path);
    }

    [SharedFact]
    public async Task Get_WhatLiesInASearchedFolder_IsThereAlready()
    {
        Dictionary<string, string> machine = Machine;
        machine["VIDEOMATTE_MODELS"] = Path.GetDirectoryName(SharedData.RvmModel)!;
        CliRun there = await CliRun.OfAsync(["models", "get", "rvm", "mediapipe-selfie", "--offline"], machine);
        Assert.True(there.Exit == 0, there.Err);
        Assert.Contains("rvm means rvm-mobilenetv3-int8w here", there.Err, StringComparison.Ordinal);
        Assert.Contains("mediapipe-selfie is there already", there.Err, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.OfAsync(["models", "get", "mediapipe-selfie"], machine)).Exit);
    }

    /// <summary>A lock that cannot be opened because its disk is read-only is not one that is held: no waiting for ever.</summary>
    [UserMountTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_IntoAReadOnlyCache_TakesWhatIsThereAndElseSaysSo(bool isThere)
    {
        using ScriptedServer server = new(WholeAsync, _certificate);
        await LayEntryAsync("net", server.Url("net.onnx"));
        Directory.CreateDirectory(Cache);
        await File.WriteAllTextAsync(Path.Combine(Cache, "net.onnx.lock"), string.Empty);
        if (isThere)
        {
            await File.WriteAllBytesAsync(Path.Combine(Cache, "net.onnx"), _body);
            CliProcess there = await CliProcess.RunReadOnlyAsync(_folder.Path, Machine, "models", "get", "net", "--offline");
            Assert.True(there.Exit == 0, there.Err);
            Assert.Contains("is there already", there.Err, StringComparison.Ordinal);
            return;
        }

        CliProcess run = await CliProcess.RunReadOnlyAsync(_folder.Path, Machine, "models", "get", "net");
        Assert.Equal(4, run.Exit);
        Assert.Contains("cannot be written", run.Err, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    /// <summary>The folder is to blame, not the program, and the others are still searched.</summary>
    [Fact]
    public async Task List_AFolderThatMayNotBeRead_IsNamedAndTheOthersGoOn()
    {
        if (OperatingSystem.IsWindows())
            return;
        await LayEntryAsync("net", "https://localhost/net.onnx");
        string closed = Folder("closed");
        Open(_folder.Path);
        File.SetUnixFileMode(closed, UnixFileMode.None);
        Dictionary<string, string> machine = Machine;
        machine["VIDEOMATTE_MODELS"] = $"{closed}{Path.PathSeparator}{Folder("models")}";
        machine["HOME"] = machine["DOTNET_CLI_HOME"] = _folder.Path;
        try
        {
            CliProcess run = await CliProcess.RunAsNobodyAsync(machine, "models", "list");
            Assert.True(run.Exit == 0, run.Err);
            Assert.Contains($"The folder of models {closed} cannot be read", run.Err, StringComparison.Ordinal);
            Assert.Contains("\nnet ", run.Out, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [SharedFact]
    public async Task Add_InAFolderThatMayNotBeWritten_Exits4AndSaysSo()
    {
        if (OperatingSystem.IsWindows())
            return;
        string model = Path.Combine(Folder("models"), "own.onnx");
        File.Copy(SharedData.Models("selfie_segmentation.onnx"), model);
        Open(_folder.Path);
        File.SetUnixFileMode(Folder("models"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Dictionary<string, string> machine = Machine;
        machine["HOME"] = machine["DOTNET_CLI_HOME"] = _folder.Path;
        try
        {
            CliProcess run = await CliProcess.RunAsNobodyAsync(machine, "models", "add", model, "--like", "mediapipe-selfie");
            Assert.Equal(4, run.Exit);
            Assert.Contains("own.onnx.model.json cannot be written", run.Err, StringComparison.Ordinal);
        }
        finally
        {
            Open(Folder("models"));
        }
    }

    private static void Open(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
    }

    private static async Task TunnelAsync(Stream client, int port)
    {
        using TcpClient server = new();
        await server.ConnectAsync(IPAddress.Loopback, port);
        await client.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 Connection established\r\n\r\n"));
        await using NetworkStream inner = server.GetStream();
        await Task.WhenAny(client.CopyToAsync(inner), inner.CopyToAsync(client));
    }

    private async Task WholeAsync(ServerRequest request, Stream stream)
    {
        await ScriptedServer.HeadAsync(stream, "200 OK", "ETag: \"a\"", $"Content-Length: {_body.Length}");
        await stream.WriteAsync(_body);
    }

    private Task LayEntryAsync(string id, string url) =>
        File.WriteAllTextAsync(Path.Combine(Folder("models"), id + ".onnx.model.json"), OwnEntry.Of(id, url, _body).ToJsonString());

    private string Folder(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    private static X509Certificate2 Certificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddDnsName(Elsewhere);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
    }
}
