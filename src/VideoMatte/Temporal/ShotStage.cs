using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>Marks the first frame of each shot (<see cref="VideoFrame.StartsShot"/>): the first frame of all, and hard cuts as
/// <see cref="ShotDetector"/> sees them. A frame that comes marked already starts a shot too. Frames pass through untouched.</summary>
public sealed class ShotStage : IFrameStage<VideoFrame, VideoFrame>
{
    private readonly ShotDetector _detector = new();
    private readonly List<Shot> _shots = [];
    private FrameFormat? _format;
    private RgbThumbnail? _thumbnail;
    private byte[] _rgb = [];
    private bool _first = true;

    public string Name => "shots";

    public int LatencyFrames => 0;

    /// <summary>Shots so far, in order. Read it when the flow has ended, or from the thread that calls <see cref="Process"/>.</summary>
    public IReadOnlyList<Shot> Shots => _shots;

    public void Process(VideoFrame frame, Queue<VideoFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        try
        {
            ArgumentNullException.ThrowIfNull(ready);
            Look(frame);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        ready.Enqueue(frame);
    }

    /// <summary>Nothing is held back.</summary>
    public void Flush(Queue<VideoFrame> ready)
    {
    }

    /// <summary>The next frame is a first one. Shots found so far stay listed.</summary>
    public void Reset()
    {
        _detector.Reset();
        _first = true;
    }

    /// <summary>Holds no frame: nothing to do.</summary>
    public void Dispose()
    {
    }

    private void Look(VideoFrame frame)
    {
        if (frame.StartsShot || frame.Format != _format)
            _detector.Reset();
        if (frame.Format != _format)
        {
            (int width, int height) = ShotDetector.ThumbnailSize(frame.Format);
            _thumbnail = new RgbThumbnail(frame.Format, width, height);
            _rgb = new byte[3 * width * height];
            _format = frame.Format;
        }

        _thumbnail!.Render(frame, _rgb);
        if (!_detector.Next(_rgb))
            return;
        frame.StartsShot = true;
        _shots.Add(new Shot(frame.Time, _first ? ShotKind.Start : ShotKind.Cut));
        _first = false;
    }
}
