using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>A background clip or picture, read ahead of the stage that lays the cutout over it.</summary>
internal sealed class BackgroundFeed : IBackgroundSource, IInterruptible
{
    private readonly FrameReadAhead _frames;
    private readonly FrameBackground _background;

    /// <param name="reader">Moves in; opened with the frame format of the job, looped where it is a clip.</param>
    public BackgroundFeed(IFrameReader reader)
    {
        _frames = new FrameReadAhead(reader);
        _background = new FrameBackground(_frames.Take);
    }

    public VideoFrame Next(MattedFrame frame) => _background.Next(frame);

    public void Reset() => _background.Reset();

    public void Interrupt() => _frames.Interrupt();

    public void Dispose()
    {
        _background.Dispose();
        _frames.Dispose();
    }
}
