using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Nothing a file is named or holds makes the program open something else.</summary>
public sealed class DoorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hls.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{canary}\n#EXT-X-ENDLIST\n")]
    [InlineData("concat.mp4", "ffconcat version 1.0\nfile '{canary}'\n")]
    [InlineData("dash.mp4", "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" mediaPresentationDuration=\"PT1S\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>{canary}</BaseURL></Representation></AdaptationSet></Period></MPD>")]
    [InlineData("session.mp4", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n")]
    public async Task Matte_PlaylistUnderAVideoName_Exits3AndOpensNothingElse(string name, string content)
    {
        string canary = await CanaryAsync();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        string port = $"{((IPEndPoint)server.LocalEndpoint).Port}";
        await File.WriteAllTextAsync(_folder[name], content.Replace("{canary}", canary, StringComparison.Ordinal).Replace("{port}", port, StringComparison.Ordinal));
        await AssertRefusedAsync(_folder[name]);
        Assert.False(server.Pending());
    }

    [Fact]
    public async Task Matte_ProtocolAsInput_Exits3AndConnectsNowhere()
    {
        string canary = await CanaryAsync();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        string address = $"127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}";
        foreach (string input in (string[])[$"concat:{canary}|{canary}", $"subfile,,start,0,end,1000,,:{canary}", $"http://{address}/x.mp4", $"tcp://{address}", $"file:{canary}", "lavfi:testsrc"])
            await AssertRefusedAsync(input);
        Assert.False(server.Pending());
    }

    [Fact]
    public async Task Matte_OddNames_WorkInAndOut()
    {
        string canary = await CanaryAsync();
        foreach (string name in (string[])["Interview: take 2", "-dash", "100%d", "take[1]", "it's \"quoted\"", "sp ace\tтест"])
        {
            string input = _folder[name + ".mp4"], output = _folder[name + ".mov"];
            File.Copy(canary, input);
            CliRun run = await CliRun.OfAsync(["matte", "--model", "plate", "-o", output, "--json", "--", input]);
            Assert.True(run.Exit == 0, $"{name}: {run.Err}");
            Assert.True(File.Exists(output), name);
            Assert.Equal(output, JsonDocument.Parse(run.Out).RootElement.GetProperty("outputs")[0].GetProperty("path").GetString());
        }
    }

    /// <summary>As typed in the file's own folder, with and without <c>--</c>.</summary>
    [Theory]
    [InlineData("-dash.mp4", "-dash.mov")]
    [InlineData("-dash.mp4", "-out.mov", "--")]
    [InlineData("100%d.mp4", "100%d.mov")]
    public async Task Matte_OddNamesInTheCurrentFolder_Work(string input, string output, params string[] before)
    {
        File.Copy(await CanaryAsync(), _folder[input]);
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "videomatte.dll"), "matte", "--model", "plate", "-o", output, .. before, input])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardError = true,
        };
        using Process program = Process.Start(start)!;
        string error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.True(program.ExitCode == 0, error);
        Assert.True(File.Exists(_folder[output]));
    }

    /// <summary>The program itself under strace: besides the file that was named, and what programs load to run, nothing is opened and
    /// nothing connected to.</summary>
    [StraceTheory]
    [InlineData("hls.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{canary}\n#EXT-X-ENDLIST\n")]
    [InlineData("concat.mp4", "ffconcat version 1.0\nfile '{canary}'\n")]
    [InlineData("session.mp4", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 40404 RTP/AVP 96\na=rtpmap:96 H264/90000\n")]
    [InlineData(null, "concat:{canary}|{canary}")]
    [InlineData(null, "subfile,,start,0,end,1000,,:{canary}")]
    [InlineData(null, "http://127.0.0.1:40404/x.mp4")]
    public async Task Matte_HostileInput_OpensNoOtherFileAndNoAddress(string? name, string content)
    {
        string canary = await CanaryAsync();
        content = content.Replace("{canary}", canary, StringComparison.Ordinal);
        if (name is not null)
            await File.WriteAllTextAsync(_folder[name], content);
        string input = name is null ? content : _folder[name], log = _folder["strace.log"];
        using Process program = Process.Start(new ProcessStartInfo(
            StraceTheoryAttribute.Path,
            ["-f", "-qq", "-e", "trace=open,openat,connect,bind,sendto", "-s", "4096", "-o", log, "dotnet",
                Path.Combine(AppContext.BaseDirectory, "videomatte.dll"), "matte", input, "--model", "plate", "-o", _folder["x.mov"]])
        {
            RedirectStandardError = true,
        })!;
        string error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.True(program.ExitCode == 3, error);
        string[] calls = await File.ReadAllLinesAsync(log);
        Assert.Contains(calls, c => c.Contains("openat(", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, c => c.Contains($"\"{canary}\"", StringComparison.Ordinal) && !c.Contains("ENOENT", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, c => c.Contains("AF_INET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probe_TitleWithTerminalEscapes_IsShownHarmless()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x64:d=0.2", "-metadata", "title=\u001b]0;owned\u0007\u202eevil", _folder["t.mkv"]);
        CliRun run = await CliRun.OfAsync(["probe", _folder["t.mkv"]]);
        Assert.Equal(0, run.Exit);
        Assert.Contains("\\x1b]0;owned\\x07\\u202eevil", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', run.Out);
        Assert.DoesNotContain('\u202e', run.Out);
    }

    private async Task<string> CanaryAsync()
    {
        string canary = _folder["canary.mp4"];
        if (!File.Exists(canary))
            await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=0.4", "-pix_fmt", "yuv420p", canary);
        return canary;
    }

    private async Task AssertRefusedAsync(string input)
    {
        CliRun run = await CliRun.OfAsync(["matte", input, "--model", "plate", "-o", _folder["x.mov"]]);
        Assert.True(run.Exit == 3, $"{input}: exit {run.Exit} {run.Err}");
        Assert.NotEmpty(run.Sentence);
        Assert.False(File.Exists(_folder["x.mov"]));
    }
}
