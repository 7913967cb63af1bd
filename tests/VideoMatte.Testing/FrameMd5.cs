using System.Globalization;
using System.Text;
using VideoMatte.Frames;

namespace VideoMatte.Testing;

/// <summary>What ffmpeg itself says of each frame (<c>-f framemd5</c>): exact time and the MD5 of all planes. The yardstick of readers.</summary>
/// <param name="Time">Seconds, exact.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Md5">Lower-case hex.</param>
public sealed record FrameMd5(Rational Time, int Size, string Md5)
{
    /// <param name="path">A plain path.</param>
    /// <param name="pixelFormat">ffmpeg's name; null: as decoded.</param>
    /// <param name="arguments">More output arguments.</param>
    public static async Task<IReadOnlyList<FrameMd5>> OfAsync(string path, string? pixelFormat, params string[] arguments)
    {
        string text = Encoding.UTF8.GetString(await RealFfmpeg.RunAsync(
            ["-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-enc_time_base", "-1", "-copyts", "-c:v", "rawvideo",
                .. pixelFormat is null ? Array.Empty<string>() : ["-pix_fmt", pixelFormat], .. arguments, "-f", "framemd5", "pipe:1"]));
        Rational timeBase = Rational.Zero;
        List<FrameMd5> frames = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("#tb 0: ", StringComparison.Ordinal))
                Rational.TryParse(line[7..], out timeBase);
            if (line[0] == '#')
                continue;
            string[] cells = line.Split(',', StringSplitOptions.TrimEntries);
            frames.Add(new FrameMd5(
                Rational.FromTicks(long.Parse(cells[2], CultureInfo.InvariantCulture), timeBase),
                int.Parse(cells[4], CultureInfo.InvariantCulture),
                cells[5]));
        }

        return frames;
    }
}
