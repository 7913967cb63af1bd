using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>What is not fetched without the user's word.</summary>
public sealed class ModelGateTests : ModelDownloads
{
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
}
