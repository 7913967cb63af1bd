using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;

namespace VideoMatte.Tests.Media;

/// <summary>A clip made by ffmpeg or found, through reader and writer with a matte of the test's own.</summary>
internal sealed class SourceClip : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Path { get; private set; } = "";

    public string this[string name] => _folder[name];

    /// <summary>What the writer warned of.</summary>
    public IReadOnlyList<MatteWarning> Warnings { get; private set; } = [];

    public static async Task<SourceClip> MadeAsync(string name, params string[] arguments)
    {
        SourceClip clip = new();
        clip.Path = clip[name];
        await RealFfmpeg.RunAsync([.. arguments, clip.Path]);
        return clip;
    }

    /// <summary>What is in a folder of the clip's: names, without the source.</summary>
    public IEnumerable<string> Names() =>
        Directory.EnumerateFileSystemEntries(_folder.Path).Select(p => System.IO.Path.GetFileName(p)).Where(n => n != System.IO.Path.GetFileName(Path)).Order(StringComparer.Ordinal);

    public OutputSpec Output(string name, string? preset = null) => new(_folder[name], Presets.Resolve(preset, name)) { Audio = AudioMode.None };

    /// <summary>Writes every frame, premultiplied by the stage where the output asks for it.</summary>
    /// <param name="output">The file.</param>
    /// <param name="matte">Alpha 0..65535 of a frame at x, y; null: all covered.</param>
    /// <param name="tools">Another ffmpeg for the writer.</param>
    public async Task<string> WriteAsync(OutputSpec output, Func<long, int, int, int>? matte = null, FfmpegTools? tools = null)
    {
        FfmpegTools real = await RealFfmpeg.ToolsAsync();
        MediaInfo source = await MediaProbe.ProbeAsync(real, Path, 1 << 26, CancellationToken.None);
        using CheckingFramePool pool = new();
        await using MediaReader reader = await MediaReader.OpenAsync(real, source, new ReaderOptions(), pool, TimeProvider.System, CancellationToken.None);
        bool associates = output.Premultiplied && !output.Preset.AssociatesLight;
        FrameFormat format = associates ? PremultiplyStage.OutputFormat(reader.Format) : reader.Format;
        await using MediaWriter writer = await MediaWriter.OpenAsync(
            tools ?? real, source, format, reader.TimeBase, [output], TimeProvider.System, CancellationToken.None);
        using PremultiplyStage stage = new(pool);
        Queue<MattedFrame> ready = new();
        while (await reader.ReadAsync(CancellationToken.None) is { } frame)
        {
            AlphaMatte alpha = AlphaMatte.Rent(pool, frame.Format.Width, frame.Format.Height);
            for (int i = 0; i < alpha.Samples.Length; i++)
                alpha.Samples[i] = (ushort)(matte?.Invoke(frame.Time.Index, i % alpha.Width, i / alpha.Width) ?? AlphaMatte.Opaque);
            MattedFrame matted = new(frame, alpha);
            if (associates)
            {
                stage.Process(matted, ready);
                matted = ready.Dequeue();
            }

            await writer.WriteAsync(matted, CancellationToken.None);
        }

        Warnings = (await writer.CommitAsync(CancellationToken.None)).Single().Warnings;
        return output.Path;
    }

    public void Dispose() => _folder.Dispose();
}
