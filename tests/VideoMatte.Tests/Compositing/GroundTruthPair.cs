using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Testing;

namespace VideoMatte.Tests.Compositing;

/// <summary>A pair of picture and true alpha with the four backgrounds at its size, all as G'B'R' of 8 bits. F is the pair's foreground, else
/// its image taken as F.</summary>
internal sealed class GroundTruthPair
{
    public static readonly string[] BackgroundNames = ["p1-mountains.jpg", "p2-forest-stream.jpg", "p3-bridge-sky.jpg", "p4-indoor-lobby.jpg"];

    private GroundTruthPair(int width, int height, byte[] foreground, byte[] alpha, byte[][] backgrounds) =>
        (Width, Height, Foreground, Alpha, Backgrounds) = (width, height, foreground, alpha, backgrounds);

    public int Width { get; }

    public int Height { get; }

    /// <summary>Planes G', B', R'.</summary>
    public byte[] Foreground { get; }

    /// <summary>One plane, 0..255.</summary>
    public byte[] Alpha { get; }

    public byte[][] Backgrounds { get; }

    public static async Task<GroundTruthPair> ReadAsync(string name)
    {
        string image = SharedData.GroundTruth(name + "_image.png"), foreground = SharedData.GroundTruth(name + "_foreground.png");
        string[] size = (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0", image)).Trim().Split(',');
        int width = int.Parse(size[0], CultureInfo.InvariantCulture), height = int.Parse(size[1], CultureInfo.InvariantCulture);
        byte[] alpha = await PlanesAsync(SharedData.GroundTruth(name + "_alpha.png"), "null", "gbrp");
        byte[][] backgrounds = await Task.WhenAll(BackgroundNames.Select(b =>
            PlanesAsync(SharedData.Backgrounds(b), $"scale={width}:{height}:force_original_aspect_ratio=increase:flags=area,crop={width}:{height}", "gbrp")));
        return new(width, height, await PlanesAsync(File.Exists(foreground) ? foreground : image, "null", "gbrp"), alpha[..(width * height)], backgrounds);
    }

    /// <summary>C = aF + (1-a)B, rounded to codes.</summary>
    public byte[] Composite(int background)
    {
        var result = new byte[Foreground.Length];
        int pixels = Width * Height;
        for (int i = 0; i < result.Length; i++)
        {
            int a = Alpha[i % pixels];
            result[i] = (byte)(((a * Foreground[i]) + ((255 - a) * Backgrounds[background][i]) + 127) / 255);
        }

        return result;
    }

    public AlphaMatte RentAlpha(IFramePool pool)
    {
        AlphaMatte alpha = AlphaMatte.Rent(pool, Width, Height);
        for (int i = 0; i < Alpha.Length; i++)
            alpha.Samples[i] = (ushort)(Alpha[i] * 257);
        return alpha;
    }

    /// <summary>Planes as a frame; of Y'CbCr they are made by ffmpeg.</summary>
    public async Task<VideoFrame> RentAsync(IFramePool pool, byte[] planes, FrameFormat format) => (await RentAsync(pool, [planes], format))[0];

    /// <summary>The same of several pictures.</summary>
    public async Task<VideoFrame[]> RentAsync(IFramePool pool, byte[][] pictures, FrameFormat format)
    {
        if (!format.IsRgb)
        {
            using TempFolder folder = new();
            await File.WriteAllBytesAsync(folder["rgb.raw"], [.. pictures.SelectMany(p => p)]);
            byte[] all = await RealFfmpeg.RunAsync(
                "-f", "rawvideo", "-pix_fmt", "gbrp", "-s", $"{Width}x{Height}", "-i", folder["rgb.raw"],
                "-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int+full_chroma_inp",
                "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1");
            pictures = [.. all.Chunk(format.ByteCount)];
        }

        return [.. pictures.Select(Frame)];

        VideoFrame Frame(byte[] planes)
        {
            VideoFrame frame = VideoFrame.Rent(pool, format, Drawn.At(0));
            planes.CopyTo(frame.Bytes);
            return frame;
        }
    }

    /// <summary>The first picture of a file as planes, by ffmpeg.</summary>
    public static Task<byte[]> PlanesAsync(string file, string filter, string format) =>
        RealFfmpeg.RunAsync("-i", file, "-vf", filter, "-pix_fmt", format, "-frames:v", "1", "-f", "rawvideo", "pipe:1");
}
