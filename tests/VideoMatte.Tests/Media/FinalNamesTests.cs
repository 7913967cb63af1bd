using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>All names or none.</summary>
public sealed class FinalNamesTests : IDisposable
{
    private const int TimeoutMs = 60_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Give_AllFine_NamesAndReplaces()
    {
        Write("a.partial", "new a");
        Write("b.partial", "new b");
        Write("b", "old b");
        FinalNames.Give([(_folder["a.partial"], _folder["a"], false), (_folder["b.partial"], _folder["b"], true)]);
        AssertFiles(("a", "new a"), ("b", "new b"));
    }

    [Fact]
    public void Give_ALaterFolderHasVanished_TakesTheEarlierOnesBack()
    {
        Write("a.partial", "new a");
        Write("a", "old a");
        Write("b.partial", "new b");
        Assert.ThrowsAny<IOException>(() => FinalNames.Give(
            [(_folder["a.partial"], _folder["a"], true), (_folder["b.partial"], Path.Combine(_folder["gone"], "b"), false)]));
        AssertFiles(("a", "old a"), ("a.partial", "new a"), ("b.partial", "new b"));
    }

    [Fact]
    public void Give_ALaterNameIsTakenMeanwhile_TakesTheEarlierOnesBack()
    {
        Write("a.partial", "new a");
        Write("b.partial", "new b");
        Write("b", "somebody's");
        Assert.ThrowsAny<IOException>(() => FinalNames.Give([(_folder["a.partial"], _folder["a"], false), (_folder["b.partial"], _folder["b"], false)]));
        AssertFiles(("a.partial", "new a"), ("b", "somebody's"), ("b.partial", "new b"));
    }

    /// <summary>A clip and its matte in two folders; the second folder vanishes when all frames are written.</summary>
    [Fact(Timeout = TimeoutMs)]
    public async Task Commit_ACompanionsFolderHasVanished_GivesNoNameAtAll()
    {
        using WriterBench bench = new();
        Directory.CreateDirectory(bench.PathOf("one"));
        Directory.CreateDirectory(bench.PathOf("two"));
        using CheckingFramePool pool = new();
        FrameFormat format = new(96, 54, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);
        await File.WriteAllTextAsync(bench.PathOf("one/cut.mkv"), "the older cut");
        await using MediaWriter writer = await bench.OpenAsync(
            format, new Rational(1, 25), bench.Output("one/cut.mkv") with { Overwrite = true }, bench.Output("two/matte.mkv") with { MatteOnly = true });
        for (int i = 0; i < 3; i++)
        {
            FrameTime time = new(i, new Rational(i, 25), new Rational(1, 25));
            await writer.WriteAsync(new MattedFrame(MovingDisc.Picture(pool, format, time), MovingDisc.Matte(pool, 96, 54, i)), CancellationToken.None);
        }

        Directory.Delete(bench.PathOf("two"), recursive: true);
        MatteException error = await Assert.ThrowsAsync<MatteException>(async () => await writer.CommitAsync(CancellationToken.None));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Equal(["cut.mkv"], Directory.EnumerateFileSystemEntries(bench.PathOf("one")).Select(Path.GetFileName));
        Assert.Equal("the older cut", await File.ReadAllTextAsync(bench.PathOf("one/cut.mkv")));
    }

    private void Write(string name, string text) => File.WriteAllText(_folder[name], text);

    private void AssertFiles(params (string Name, string Text)[] expected) => Assert.Equal(
        expected, Directory.EnumerateFileSystemEntries(_folder.Path).Order(StringComparer.Ordinal).Select(p => (Path.GetFileName(p), File.ReadAllText(p))));
}
