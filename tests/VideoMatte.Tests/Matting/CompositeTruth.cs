using VideoMatte.Testing;
using VideoMatte.Tests.Media;

namespace VideoMatte.Tests.Matting;

/// <summary>The true alpha of a shared composite.</summary>
internal static class CompositeTruth
{
    /// <param name="name">The composite's folder.</param>
    /// <param name="frames">Of its first frames, at most.</param>
    /// <param name="pixels">Of a frame.</param>
    /// <returns>16-bit codes, frame by frame.</returns>
    public static ushort[][] Read(string name, int frames, int pixels)
    {
        byte[] raw = FfmpegRun.Ffmpeg("-i", SharedData.Composites(Path.Combine(name, "pha.mkv")), "-fps_mode", "passthrough",
            "-frames:v", FormattableString.Invariant($"{frames}"), "-pix_fmt", "gray", "-f", "rawvideo", "-");
        return [.. raw.Chunk(pixels).Select(f => f.Select(v => (ushort)(257 * v)).ToArray())];
    }
}
