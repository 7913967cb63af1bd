using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Cli;

/// <summary>Is there an ffmpeg, and does it have what the presets need?</summary>
/// <param name="Path">Null where none was found.</param>
/// <param name="Version">As it says itself.</param>
/// <param name="MissingEncoders">Encoders the presets want and this build lacks.</param>
/// <param name="Problem">Why there is none; null where there is.</param>
internal sealed record FfmpegCheck(string? Path, string? Version, IReadOnlyList<string> MissingEncoders, string? Problem)
{
    private static readonly string[] Wanted = ["prores_ks", "libvpx-vp9", "ffv1", "png", "libx264", "libopus", "aac"];

    public bool Usable => Path is not null;

    public static async Task<FfmpegCheck> RunAsync(string? explicitPath, Terminal terminal, CancellationToken stop)
    {
        try
        {
            FfmpegTools tools = await FfmpegTools.LocateAsync(explicitPath, terminal.Environment, stop).ConfigureAwait(false);
            IReadOnlySet<string> encoders = await FfmpegEncoders.ListAsync(tools, TimeProvider.System, stop).ConfigureAwait(false);
            return new(tools.FfmpegPath, tools.Version, [.. Wanted.Where(w => !encoders.Contains(w))], null);
        }
        catch (MatteException error)
        {
            return new(null, null, [], error.Message);
        }
    }
}
