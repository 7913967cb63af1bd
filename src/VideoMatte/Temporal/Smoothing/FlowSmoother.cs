using System.Runtime.InteropServices;
using VideoMatte.Frames;
using VideoMatte.Temporal.Flow;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>Smooths mattes along the motion (<c>--smoothing flow</c>): in the unknown band and its surround, alpha becomes the mean of what the
/// frames around say of the same point, each brought along the optical flow and weighed by how far its vector may be trusted and how near it
/// comes to the frame in hand. A window of few frames; shots are smoothed apart. Pictures with a side too small for flow pass as they
/// are.</summary>
public sealed class FlowSmoother : IFrameStage<MattedFrame, MattedFrame>
{
    private readonly FlowSmoothingOptions _options;
    private readonly List<SmoothingView> _views = [];
    private readonly Stack<SmoothingView> _spare = new();
    private readonly List<SmoothingNeighbour> _neighbours = [];
    private MotionLink[] _chains = [];
    private FrameFormat? _format;
    private MotionFinder? _finder;
    private SmoothingWindow? _window;

    /// <summary>Views in <see cref="_views"/> whose frame was given out already.</summary>
    private int _given;

    private FlowSmoother(FlowSmoothingOptions options) => _options = options;

    public string Name => "smoothing";

    public int LatencyFrames => _options.Ahead;

    /// <summary>Whether motion can be found in pictures of that size; others pass as they are.</summary>
    public static bool Sees(int width, int height) => MotionSize.For(width, height) is not null;

    /// <summary>The stage, or none where it would change nothing.</summary>
    /// <exception cref="MatteException">Usage: an option is outside its range.</exception>
    public static FlowSmoother? Create(FlowSmoothingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return options.Strength == 0 || options.Behind + options.Ahead == 0 ? null : new FlowSmoother(options);
    }

    /// <summary>Memory beside the frames it holds back: a matte of each frame of the window, and small planes: 13 numbers a pixel of each view
    /// (matte, grey, pyramid, two links), 4 of each link that is put together, 60 of the search.</summary>
    public static long BytesFor(int width, int height, FlowSmoothingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (MotionSize.For(width, height) is not (int smallWidth, int smallHeight))
            return 0;
        long views = options.Behind + options.Ahead + 1L, small = (long)smallWidth * smallHeight * sizeof(float);
        return (views * ((2L * width * height) + (13 * small))) + (views * 4 * small) + (60 * small);
    }

    public void Process(MattedFrame frame, Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        try
        {
            ArgumentNullException.ThrowIfNull(ready);
            if (frame.Picture.Format != _format)
            {
                Flush(ready);
                Begin(frame.Picture.Format);
            }

            if (frame.StartsShot)
            {
                Flush(ready);
                Reset();
            }
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        if (_finder is null)
        {
            ready.Enqueue(frame);
            return;
        }

        if (!_spare.TryPop(out SmoothingView? view))
            view = _finder.NewView(_format!);
        _views.Add(view);
        view.Frame = frame;
        _finder.Look(frame, view);
        if (_views.Count > 1)
            _finder.Link(_views[^2], view);
        while (_views.Count - _given > _options.Ahead)
            Give(ready);
    }

    public void Flush(Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        while (_views.Count > _given)
            Give(ready);
    }

    public void Reset()
    {
        foreach (SmoothingView view in _views)
        {
            view.Dispose();
            _spare.Push(view);
        }

        _views.Clear();
        _given = 0;
    }

    public void Dispose() => Reset();

    private void Begin(FrameFormat format)
    {
        Reset();
        _spare.Clear();
        (_format, _finder, _window) = (format, null, null);
        if (MotionSize.For(format.Width, format.Height) is not (int width, int height))
            return;
        _finder = new MotionFinder(format, width, height, _options.FollowsCutout);
        _window = new SmoothingWindow(format.Width, format.Height, width, height, _finder.Mask, _options);
        int chains = Math.Max(0, _options.Behind - 1) + Math.Max(0, _options.Ahead - 1);
        _chains = [.. Enumerable.Range(0, chains).Select(_ => new MotionLink(width, height))];
    }

    private void Give(Queue<MattedFrame> ready)
    {
        SmoothingView view = _views[_given];
        int chains = 0;
        _neighbours.Clear();
        // The nearest of either side come first.
        if (_options.Behind > 0 && _given > 0)
            Join(_views[_given - 1], view.ToBefore, 1);
        if (_options.Ahead > 0 && _given + 1 < _views.Count)
            Join(_views[_given + 1], view.ToNext, 1);
        (int firstRow, int endRow) = _window!.Find(view, CollectionsMarshal.AsSpan(_neighbours));
        MotionLink link = view.ToBefore;
        for (int k = 2; k <= Math.Min(_options.Behind, _given); k++)
            link = Chain(link, _views[_given - k + 1].ToBefore, _views[_given - k], k);
        link = view.ToNext;
        for (int k = 2; k <= Math.Min(_options.Ahead, _views.Count - 1 - _given); k++)
            link = Chain(link, _views[_given + k - 1].ToNext, _views[_given + k], k);

        MattedFrame frame = view.Frame!;
        if (_neighbours.Count > 0)
            _window.Smooth(view, CollectionsMarshal.AsSpan(_neighbours), frame.Alpha.Samples);
        view.Frame = null;
        ready.Enqueue(frame);
        _given++;
        Drop();

        void Join(SmoothingView other, MotionLink way, int distance) => _neighbours.Add(new SmoothingNeighbour(other, way, Gain(distance)));

        MotionLink Chain(MotionLink first, MotionLink then, SmoothingView other, int distance)
        {
            MotionLink way = _chains[chains++];
            way.Chain(first, then, firstRow, endRow);
            Join(other, way, distance);
            return way;
        }
    }

    /// <summary>Views that no later frame will look at.</summary>
    private void Drop()
    {
        while (_given > _options.Behind)
        {
            _spare.Push(_views[0]);
            _views.RemoveAt(0);
            _given--;
        }
    }

    /// <summary>At full strength a neighbour outweighs the frame in hand by a hundred.</summary>
    private float Gain(int distance) =>
        (float)(Math.Min(100, _options.Strength / (1 - _options.Strength)) * Math.Pow(_options.Fading, distance - 1));
}
