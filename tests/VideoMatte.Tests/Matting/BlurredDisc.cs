using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;

namespace VideoMatte.Tests.Matting;

/// <summary>The moving disc seen by a model that blurs: what a refiner has to bring back.</summary>
internal static class BlurredDisc
{
    public static FrameFormat Format { get; } = Drawn.Rgb(160, 120);

    /// <summary>Sum of absolute differences of a model's matte of one frame to the disc.</summary>
    public static double Error(IFramePool pool, IMattingModel model, long index = 2)
    {
        Queue<MattedFrame> ready = new();
        model.Process(MovingDisc.Picture(pool, Format, Drawn.At(index)), ready);
        using MattedFrame frame = ready.Dequeue();
        double error = 0;
        for (int y = 0; y < Format.Height; y++)
            for (int x = 0; x < Format.Width; x++)
                error += Math.Abs(frame.Alpha.Row(y)[x] - (double)MovingDisc.Alpha(Format.Width, Format.Height, index, x, y));
        return error / 65535;
    }

    /// <summary>The disc's matte as a small network would give it: means over 15 x 15 pixels.</summary>
    public static DrawnMattingModel Model(IFramePool pool) => new(pool, (i, x, y) =>
    {
        const int Reach = 7;
        double sum = 0;
        for (int v = y - Reach; v <= y + Reach; v++)
            for (int u = x - Reach; u <= x + Reach; u++)
                sum += MovingDisc.Alpha(160, 120, i, Math.Clamp(u, 0, 159), Math.Clamp(v, 0, 119));
        return sum / ((2 * Reach) + 1) / ((2 * Reach) + 1);
    });
}
