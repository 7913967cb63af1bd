using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

public sealed class RawEncoderTests
{
    private const int Timeout = 60_000;

    private static readonly FrameFormat Grey =
        new(17, 9, PlaneLayout.Gray, 16, new ColourDescription(ColourMatrix.Unspecified, ColourRange.Full));

    [Fact(Timeout = Timeout)]
    public async Task EncodeAsync_GreyFrames_ReplacesTheFileAndLeavesNothingElse()
    {
        using var folder = new TempFolder();
        string path = folder["a 100%d: take.mkv"];
        await File.WriteAllTextAsync(path, "older");
        WrittenFile written = await (await EncoderAsync()).EncodeAsync(
            path, RawEncoding.Ffv1, Grey, new Rational(30000, 1001), Frames(7), null, CancellationToken.None);
        Assert.Equal((path, 7L, new FileInfo(path).Length), (written.Path, written.Frames, written.Bytes));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact(Timeout = Timeout)]
    public async Task EncodeAsync_FolderMissing_IsAnEncoderError()
    {
        using var folder = new TempFolder();
        MatteException error = await Assert.ThrowsAsync<MatteException>(async () => await (await EncoderAsync()).EncodeAsync(
            folder["none/a.mkv"], RawEncoding.Ffv1, Grey, new Rational(25), Frames(3), null, CancellationToken.None));
        Assert.Equal((ErrorKind.Output, "encoder-failed"), (error.Kind, error.Code));
        Assert.Contains("No such file", error.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task EncodeAsync_SourceThrowsMidway_LeavesTheOlderFileAlone()
    {
        using var folder = new TempFolder();
        string path = folder["a.mkv"];
        await File.WriteAllTextAsync(path, "older");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await (await EncoderAsync()).EncodeAsync(
            path, RawEncoding.Ffv1, Grey, new Rational(25), Frames(3, thenThrow: true), null, CancellationToken.None));
        Assert.Equal("older", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    private static async Task<RawEncoder> EncoderAsync() =>
        new(await FfmpegTools.LocateAsync(null, Environment.GetEnvironmentVariable, CancellationToken.None), TimeProvider.System);

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Frames(int count, bool thenThrow = false)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return new byte[Grey.ByteCount];
        }

        if (thenThrow)
            throw new InvalidOperationException("the source broke");
    }
}
