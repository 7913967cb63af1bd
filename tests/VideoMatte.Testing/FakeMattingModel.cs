using VideoMatte.Frames;
using VideoMatte.Matting;

namespace VideoMatte.Testing;

/// <summary>A model that knows <see cref="MovingDisc"/> and gives its exact matte.</summary>
public sealed class FakeMattingModel(IFramePool pool, int latency = 0) : FakeStageBase<VideoFrame, MattedFrame>("matting", latency), IMattingModel
{
    public MattingModelInfo Info { get; } = new("fake", new string('0', 64), "MIT", "fake", "cpu", 1);

    public IReadOnlyList<MatteWarning> Warnings { get; init; } = [];

    /// <summary>True: the matte's samples are left as rented, for benchmarks.</summary>
    public bool Undrawn { get; init; }

    protected override MattedFrame Convert(VideoFrame frame)
    {
        int width = frame.Format.Width, height = frame.Format.Height;
        AlphaMatte alpha = Undrawn ? AlphaMatte.Rent(pool, width, height) : MovingDisc.Matte(pool, width, height, frame.Time.Index);
        return new MattedFrame(frame, alpha);
    }
}
