using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Testing.Flow;

/// <summary>Neighbouring frames of real clips, as grey pictures about 640 wide: the decoder's luma, area-averaged (smaller clips as they
/// are).</summary>
public static class RealFlow
{
    private const int Width = 640;

    private static readonly int[] Frames = [10, 40];

    /// <summary>CLIP@FRAME: every clip of people, and three backgrounds with motion of their own.</summary>
    public static IReadOnlyList<string> Names { get; } = !SharedData.Present
        ? []
        : [.. Files().SelectMany(file => Frames.Select(frame => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)}@{frame}")))];

    /// <summary>Decodes a pair.</summary>
    public static async Task<FlowPair> LoadAsync(string name)
    {
        string[] parts = name.Split('@');
        string file = Files().Single(f => Path.GetFileNameWithoutExtension(f) == parts[0]);
        int first = int.Parse(parts[1], CultureInfo.InvariantCulture);
        string[] size = (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0", file)).Trim().Split(',');
        int ownWidth = int.Parse(size[0], CultureInfo.InvariantCulture), ownHeight = int.Parse(size[1], CultureInfo.InvariantCulture);
        // No conversion: of 8-bit planar video the first plane is the luma as decoded.
        byte[] raw = await RealFfmpeg.RunAsync(
            "-i", file, "-map", "0:v:0", "-vf", string.Create(CultureInfo.InvariantCulture, $"select=between(n\\,{first}\\,{first + 1})"),
            "-fps_mode", "passthrough", "-frames:v", "2", "-f", "rawvideo", "-");
        int width = Math.Min(Width, ownWidth), height = (int)Math.Round((double)ownHeight * width / ownWidth, MidpointRounding.AwayFromZero);
        return new FlowPair(
            name, width, height, Scale(raw, 0, ownWidth, ownHeight, width, height), Scale(raw, raw.Length / 2, ownWidth, ownHeight, width, height));
    }

    private static byte[] Scale(byte[] raw, int at, int ownWidth, int ownHeight, int width, int height)
    {
        float[] means = new float[width * height];
        new AreaScaler(ownWidth, ownHeight, width, height).Scale(new PlaneView<byte>(raw.AsSpan(at, ownWidth * ownHeight), ownWidth, ownHeight), means);
        return [.. means.Select(m => (byte)Math.Clamp(Math.Round(m), 0, 255))];
    }

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(SharedData.Clips(".")).Where(f => Path.GetExtension(f) is ".mp4" or ".webm")
            .Concat(Directory.GetFiles(SharedData.Backgrounds(".")).Where(f => Path.GetFileName(f)[..2] is "b2" or "b3" or "b5"))
            .Order(StringComparer.Ordinal);
}
