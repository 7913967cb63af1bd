using VideoMatte.Frames;
using VideoMatte.Testing;
using VideoMatte.Tests.Media;

namespace VideoMatte.Tests.Matting.Refine;

/// <summary>A still with its alpha, put in motion over a photo: it shifts by some pixels a frame and grows by 0.8 %, the photo slides the other
/// way. The still is taken as its own foreground.</summary>
internal sealed class MovingPair
{
    private readonly byte[] _colour;
    private readonly byte[] _alpha;
    private readonly byte[] _back;
    private readonly int _ownWidth;
    private readonly int _ownHeight;
    private readonly int _backWidth;

    public MovingPair(string name, string background)
    {
        string image = SharedData.GroundTruth($"{name}_image.png");
        if (!File.Exists(image))
            image = Path.ChangeExtension(image, ".jpg");
        int[] size = [.. FfmpegRun.Probe("-show_entries", "stream=width,height", "-of", "default=nk=1:nw=1", image).Take(2).Select(v => int.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
        (_ownWidth, _ownHeight) = (size[0], size[1]);
        (Width, Height) = (_ownWidth / 2 * 2, _ownHeight / 2 * 2);
        _colour = Raw(image, "rgb24");
        _alpha = Raw(SharedData.GroundTruth($"{name}_alpha.png"), "gray");
        _backWidth = Width + 80;
        _back = Raw(SharedData.Backgrounds(background), "rgb24", "-vf", FormattableString.Invariant($"scale={_backWidth}:{Height + 60}:force_original_aspect_ratio=increase,crop={_backWidth}:{Height + 60}"));
    }

    public int Width { get; }

    public int Height { get; }

    public VideoFrame Frame(IFramePool pool, int index, float[] truth)
    {
        VideoFrame frame = VideoFrame.Rent(pool, new FrameFormat(Width, Height, PlaneLayout.Gbr, 8, ColourDescription.Rgb), new FrameTime(index, new Rational(index, 25), new Rational(1, 25)));
        Span<byte> g = frame.PlaneBytes(0), b = frame.PlaneBytes(1), r = frame.PlaneBytes(2);
        double zoom = 1 + (.008 * index), right = -20 + (2.3 * index), down = -10 + (1.1 * index);
        double[] sample = new double[4];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                Sample(((x - right - (_ownWidth / 2.0)) / zoom) + (_ownWidth / 2.0), ((y - down - (_ownHeight / 2.0)) / zoom) + (_ownHeight / 2.0), sample);
                int i = (y * Width) + x, at = 3 * (((y + 10 + (index / 2)) * _backWidth) + x + 10 + index);
                double left = 1 - (truth[i] = (float)sample[3]);
                r[i] = Code(sample[0] + (left * _back[at]));
                g[i] = Code(sample[1] + (left * _back[at + 1]));
                b[i] = Code(sample[2] + (left * _back[at + 2]));
            }
        }

        return frame;
    }

    private static byte Code(double value) => (byte)Math.Clamp(Math.Round(value, MidpointRounding.AwayFromZero), 0, 255);

    private static byte[] Raw(string file, string format, params string[] filter) =>
        FfmpegRun.Ffmpeg(["-i", file, .. filter, "-pix_fmt", format, "-f", "rawvideo", "-"]);

    /// <summary>Premultiplied colour and alpha between pixels, linear; the rim repeats.</summary>
    private void Sample(double x, double y, double[] result)
    {
        x = Math.Clamp(x, 0, _ownWidth - 1);
        y = Math.Clamp(y, 0, _ownHeight - 1);
        int left = Math.Min((int)x, _ownWidth - 2), top = Math.Min((int)y, _ownHeight - 2);
        Array.Clear(result);
        for (int dy = 0; dy < 2; dy++)
        {
            for (int dx = 0; dx < 2; dx++)
            {
                int at = ((top + dy) * _ownWidth) + left + dx;
                double share = (dx == 0 ? left + 1 - x : x - left) * (dy == 0 ? top + 1 - y : y - top) * _alpha[at] / 255;
                for (int c = 0; c < 3; c++)
                    result[c] += share * _colour[(3 * at) + c];
                result[3] += share;
            }
        }
    }
}
