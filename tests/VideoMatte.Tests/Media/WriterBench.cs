using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;

namespace VideoMatte.Tests.Media;

/// <summary>A folder with a silent source and writers into it.</summary>
internal sealed class WriterBench : IDisposable
{
    private const string SourceName = "source.mkv";

    private readonly TempFolder _folder = new();

    public string PathOf(string name) => _folder[name];

    public OutputSpec Output(string name) => new(_folder[name], Presets.Resolve(null, name));

    /// <summary>Everything in the folder but the source and what is named.</summary>
    public IEnumerable<string> Leftovers(params string[] expected) =>
        Directory.EnumerateFileSystemEntries(_folder.Path).Select(p => Path.GetFileName(p)).Except([SourceName, .. expected], StringComparer.Ordinal);

    /// <summary>A small clip; made on first use.</summary>
    public async Task<MediaInfo> SourceAsync()
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        if (!File.Exists(_folder[SourceName]))
            await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=96x54:r=25:d=0.2", "-pix_fmt", "yuv420p", "-c:v", "ffv1", _folder[SourceName]);
        return await MediaProbe.ProbeAsync(tools, _folder[SourceName], 1 << 26, CancellationToken.None);
    }

    public async Task<MediaWriter> OpenAsync(FrameFormat format, Rational timeBase, params OutputSpec[] outputs) =>
        await MediaWriter.OpenAsync(
            await RealFfmpeg.ToolsAsync(), await SourceAsync(), format, timeBase, outputs, TimeProvider.System, CancellationToken.None);

    public void Dispose() => _folder.Dispose();
}
