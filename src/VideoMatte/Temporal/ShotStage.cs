using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>Marks the first frame of each shot as <see cref="ShotDetector"/> sees them. A frame that comes marked already, and one of another format,
/// starts a shot too.</summary>
public sealed class ShotStage : IShotStage
{
    private readonly Queue<VideoFrame> _held = new();
    private readonly List<Shot> _shots = [];
    private FrameFormat? _format;
    private ShotDetector? _detector;
    private RgbThumbnail? _thumbnail;
    private byte[] _rgb = [];
    private bool _first = true;

    public string Name => "shots";

    public int LatencyFrames => ShotDetector.LookAhead;

    public IReadOnlyList<Shot> Shots => _shots;

    public void Process(VideoFrame frame, Queue<VideoFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        try
        {
            ArgumentNullException.ThrowIfNull(ready);
            Look(frame, ready);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        _held.Enqueue(frame);
        Decide(ended: false, ready);
    }

    /// <summary>Decides on what is held by what was seen, and gives it out. The next frame begins a shot.</summary>
    public void Flush(Queue<VideoFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        Decide(ended: true, ready);
        _detector?.Reset();
    }

    /// <summary>The next frame is a first one. Shots found so far stay listed.</summary>
    public void Reset()
    {
        Dispose();
        _detector?.Reset();
        _first = true;
    }

    public void Dispose()
    {
        while (_held.TryDequeue(out VideoFrame? frame))
            frame.Dispose();
    }

    private void Look(VideoFrame frame, Queue<VideoFrame> ready)
    {
        if (frame.StartsShot || frame.Format != _format)
            Flush(ready);
        if (frame.Format != _format)
        {
            (int width, int height) = ShotDetector.ThumbnailSize(frame.Format);
            _thumbnail = new RgbThumbnail(frame.Format, width, height);
            _detector = new ShotDetector(width, height);
            _rgb = new byte[3 * width * height];
            _format = frame.Format;
        }

        _thumbnail!.Render(frame, _rgb);
        _detector!.Add(_rgb);
    }

    private void Decide(bool ended, Queue<VideoFrame> ready)
    {
        while (_detector?.TryDecide(ended, out ShotKind? kind) == true)
        {
            VideoFrame frame = _held.Dequeue();
            if (kind is { } found)
            {
                frame.StartsShot = true;
                // What is first for the detector may stand in the middle of a clip: marked from outside, or of another format.
                _shots.Add(new Shot(frame.Time, found == ShotKind.Start && !_first ? ShotKind.Cut : found));
                _first = false;
            }

            ready.Enqueue(frame);
        }
    }
}
