using System.Globalization;
using VideoMatte.Testing;

namespace VideoMatte.Tests.Temporal;

/// <summary>The shared clips and stills as small R, G, B pictures, cropped to one shape. Decoded once for all tests.</summary>
internal sealed class Footage
{
    public const int Width = 256, Height = 144, StillWidth = 1024, StillHeight = 576;

    private const int Pixel = 3;

    private static readonly Lazy<Task<Footage>> Loaded = new(ReadAsync);

    private Footage(IReadOnlyList<byte[][]> clips, IReadOnlyList<byte[]> stills) => (Clips, Stills) = (clips, stills);

    /// <summary>Frames of each clip.</summary>
    public IReadOnlyList<byte[][]> Clips { get; }

    /// <summary>Wide pictures of scenes without people.</summary>
    public IReadOnlyList<byte[]> Stills { get; }

    public static Task<Footage> LoadAsync() => Loaded.Value;

    private static async Task<Footage> ReadAsync()
    {
        string[] files =
        [
            .. Files(SharedData.Clips("."), "*.mp4"), .. Files(SharedData.Clips("."), "*.webm"), .. Files(SharedData.Backgrounds("."), "b*.mp4"),
        ];
        List<byte[][]> clips = [];
        foreach (string file in files)
            clips.Add(Cut(await DecodeAsync(file, Width, Height, frames: 80), Width * Height * Pixel));
        List<byte[]> stills = [];
        foreach (string file in Files(SharedData.Backgrounds("."), "p*.jpg"))
            stills.Add(await DecodeAsync(file, StillWidth, StillHeight, frames: 1));
        return new Footage(clips, stills);
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal);

    private static Task<byte[]> DecodeAsync(string file, int width, int height, int frames) => RealFfmpeg.RunAsync(
        "-i", "file:" + file, "-map", "0:v:0", "-frames:v", frames.ToString(CultureInfo.InvariantCulture), "-fps_mode", "passthrough", "-vf",
        FormattableString.Invariant($"scale={width}:{height}:force_original_aspect_ratio=increase:flags=area,crop={width}:{height}"), "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1");

    private static byte[][] Cut(byte[] all, int size) => [.. Enumerable.Range(0, all.Length / size).Select(i => all[(i * size)..((i + 1) * size)])];
}
