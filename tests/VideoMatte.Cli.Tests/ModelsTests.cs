using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoMatte.Inference.Graphs;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary><c>models get, add, verify</c>, and models a job fetches by itself.</summary>
public sealed class ModelsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private Dictionary<string, string> Machine => new(StringComparer.Ordinal)
    {
        ["VIDEOMATTE_MODELS"] = Folder("models"),
        ["XDG_CACHE_HOME"] = Folder("cache"),
    };

    private string Cache => Path.Combine(Folder("cache"), "videomatte", "models");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_AGraphLikeU2netp_MattesAClipWithNoCodeChanged()
    {
        string model = Path.Combine(Folder("models"), "My_Own.onnx");
        await File.WriteAllBytesAsync(model, LikeU2netp());
        CliRun add = await CliRun.OfAsync(["models", "add", model, "--like", "u2netp"], Machine);
        Assert.True(add.Exit == 0, add.Err);
        Assert.Contains("--model my-own", add.Err, StringComparison.Ordinal);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=160x90:r=10:d=0.5,drawbox=0:0:80:90:black:fill", "-pix_fmt", "gray", "-c:v", "ffv1", _folder["in.mkv"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "my-own", "-o", _folder["x.mkv"], "--alpha-out", _folder["a.mkv"], "--json"], Machine);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(("my-own", "still", "unknown"), (Text(result, "id"), Text(result, "family"), Text(result, "licence")));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(LikeU2netp())), Text(result, "sha256"));
        byte[] matte = await RealFfmpeg.RunAsync("-i", _folder["a.mkv"], "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1");
        Assert.True(matte[(45 * 160) + 20] < 5 && matte[(45 * 160) + 140] > 250, $"{matte[(45 * 160) + 20]}, {matte[(45 * 160) + 140]}");

        // By its path it is known too; changed, it is nobody's.
        Assert.Equal("my-own", Text(JsonDocument.Parse((await CliRun.OfAsync(
            ["matte", _folder["in.mkv"], "--model", model, "-o", _folder["y.mkv"], "--json"], Machine)).Out).RootElement, "id"));
        Assert.Equal(0, (await CliRun.OfAsync(["models", "verify"], Machine)).Exit);
        await File.AppendAllTextAsync(model, "x");
        CliRun verify = await CliRun.OfAsync(["models", "verify"], Machine);
        Assert.Equal(4, verify.Exit);
        Assert.Contains("my-own: wrong", verify.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("con")]
    [InlineData("rvm-mobilenetv3/../x")]
    [InlineData("rvm-mobilenetv3\u0430")]
    [InlineData("RVM-MOBILENETV3")]
    [InlineData("")]
    public async Task Get_AHostileId_IsRefusedAndTouchesNothing(string id)
    {
        CliRun run = await CliRun.OfAsync(["models", "get", id], Machine);
        Assert.Equal(4, run.Exit);
        Assert.Contains("is no model of the catalogue", run.Sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Cache));
        Assert.Equal(4, (await CliRun.OfAsync(["models", "get", new string('x', 5000)], Machine)).Exit);
    }

    [Theory]
    [InlineData("con.onnx")]
    [InlineData("Nul.onnx")]
    [InlineData("com1.x.onnx")]
    [InlineData("../up.onnx")]
    [InlineData(".hidden.onnx")]
    public async Task AnEntryOfAHostileFile_IsNotTaken(string file)
    {
        JsonObject entry = Entry("evil", "https://localhost/x", new byte[9]);
        entry["file"] = file;
        await File.WriteAllTextAsync(Path.Combine(Folder("models"), "evil.onnx.model.json"), entry.ToJsonString());
        CliRun run = await CliRun.OfAsync(["models", "list"], Machine);
        Assert.DoesNotContain("evil ", run.Out, StringComparison.Ordinal);
        Assert.Contains("evil.onnx.model.json is no entry of a model", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AnUnfreeModel_NeedsTheUsersWord()
    {
        CliRun run = await CliRun.OfAsync(["models", "get", "rmbg-2.0"], Machine);
        Assert.Equal(4, run.Exit);
        Assert.Contains("CC-BY-NC-4.0", run.Sentence, StringComparison.Ordinal);
        Assert.Contains("--accept-licence", run.Sentence, StringComparison.Ordinal);
        CliRun matte = await CliRun.OfAsync(["matte", "nothing.mp4", "--model", "rmbg-2.0", "-o", _folder["x.mov"]], Machine);
        Assert.Equal(4, matte.Exit);
        Assert.Contains("--accept-licence", matte.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Offline_FetchesNothing()
    {
        CliRun run = await CliRun.OfAsync(["models", "get", "rvm", "--offline"], Machine);
        Assert.Equal(4, run.Exit);
        Assert.Contains("--offline", run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matte_WithNoModelAndNobodyToAsk_SaysWhatToDo()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=64x36:d=0.1", "-c:v", "ffv1", _folder["in.mkv"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "-o", _folder["x.mov"]], Machine);
        Assert.Equal(4, run.Exit);
        Assert.Contains("models get rvm", run.Sentence, StringComparison.Ordinal);
        CliRun no = await CliRun.OfAsync(["matte", _folder["in.mkv"], "-o", _folder["x.mov"]], Machine, "n\n", canAsk: true);
        Assert.Equal(4, no.Exit);
        Assert.Contains("GPL-3.0", no.Err, StringComparison.Ordinal);
        Assert.Contains("[y/N]", no.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ByTwoProcessesAtOnce_LeavesOneWholeFile()
    {
        byte[] body = LikeU2netp();
        using X509Certificate2 certificate = Localhost();
        await File.WriteAllTextAsync(_folder["ca.pem"], certificate.ExportCertificatePem());
        using ScriptedServer server = new(
            async (_, stream) =>
            {
                await ScriptedServer.HeadAsync(stream, "200 OK", "ETag: \"a\"", $"Content-Length: {body.Length}");
                foreach (byte[] part in body.Chunk(Math.Max(1, body.Length / 20)))
                {
                    await stream.WriteAsync(part);
                    await stream.FlushAsync();
                    await Task.Delay(100);
                }
            },
            certificate);
        JsonObject entry = Entry("net", server.Url("net.onnx"), body);
        await File.WriteAllTextAsync(Path.Combine(Folder("models"), "net.onnx.model.json"), entry.ToJsonString());
        Task<(int Exit, string Err)>[] both = [RunProcessAsync("models", "get", "net"), RunProcessAsync("models", "get", "net")];
        (int Exit, string Err)[] ended = await Task.WhenAll(both);
        Assert.All(ended, e => Assert.True(e.Exit == 0, e.Err));
        Assert.Single(server.Requests);
        Assert.Equal(body, await File.ReadAllBytesAsync(Path.Combine(Cache, "net.onnx")));
        Assert.Equal(["net.onnx", "net.onnx.lock"], Directory.EnumerateFiles(Cache).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private async Task<(int Exit, string Err)> RunProcessAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "videomatte.dll"), .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in Machine)
            start.Environment[name] = value;
        start.Environment["SSL_CERT_FILE"] = _folder["ca.pem"];
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    private string Folder(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    private static string? Text(JsonElement result, string field) => result.GetProperty("model").GetProperty(field).GetString();

    /// <summary>U2-Net's contract: [1, 3, 320, 320] in, [1, 1, 320, 320] in 0..1 out; here the picture's own brightness.</summary>
    private static byte[] LikeU2netp()
    {
        GraphBuilder graph = new();
        GraphValue picture = graph.Input("input.1", "1", "3", "320", "320");
        // ImageNet's normalisation brings black to about -2 and white to about 2.4.
        graph.Output("1959", (picture.MeanOver(1) * .23f + .47f).Saturate(), "1", "1", "320", "320");
        return graph.ToModel("own", "a test's network");
    }

    private static JsonObject Entry(string id, string url, byte[] body) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["family"] = "rvm",
        ["file"] = id + ".onnx",
        ["licence"] = "MIT",
        ["commercial"] = "yes",
        ["goodFor"] = "x",
        ["failsOn"] = "x",
        ["source"] = "x",
        ["url"] = url,
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(body)),
        ["bytes"] = body.Length,
    };

    private static X509Certificate2 Localhost()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
    }
}
