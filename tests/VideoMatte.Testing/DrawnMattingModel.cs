using VideoMatte.Frames;
using VideoMatte.Matting;

namespace VideoMatte.Testing;

/// <summary>A model whose mattes are drawn: <paramref name="draw"/> gives a pixel's code from the frame's index, column and row.</summary>
public sealed class DrawnMattingModel(IFramePool pool, Func<long, int, int, double> draw) : FrameMattingModel(pool)
{
    /// <summary>Frames it was asked for.</summary>
    public int Asked { get; private set; }

    public override MattingModelInfo Info { get; } = new("drawn", new string('0', 64), "MIT", "fake", "cpu", 1);

    protected override void Estimate(VideoFrame frame, AlphaMatte alpha)
    {
        Asked++;
        for (int y = 0; y < alpha.Height; y++)
            for (int x = 0; x < alpha.Width; x++)
                alpha.Row(y)[x] = (ushort)draw(frame.Time.Index, x, y);
    }

    protected override void Dispose(bool disposing)
    {
    }
}
