using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>What the parts of a preview have cost so far, and with it how long a look may be. Written by the side that mattes and by the
/// side that reads.</summary>
/// <param name="begun">When the preview began, a timestamp of <paramref name="time"/>.</param>
/// <param name="end">When the last look is to be over.</param>
internal sealed class PreviewClock(long begun, TimeSpan end, TimeProvider time)
{
    private const int FirstLook = 3;

    private readonly Lock _gate = new();
    private readonly List<double> _model = [];
    private readonly List<double> _after = [];
    private bool _warm;

    /// <summary>Seconds that decoding one frame takes, as the scan for shots saw it.</summary>
    public double PerDecodedFrame { get; set; } = 0.01;

    /// <summary>Seconds from the start of a decoder to its first frame, the latest.</summary>
    public double Opening { get; set; } = 0.3;

    /// <summary>Median seconds of a frame in the model; the first frame, which warms the network up, is left out.</summary>
    public double? PerFrame => MedianOf(_model);

    /// <summary>Median seconds of a frame in the model and behind it.</summary>
    public double? PerFrameInAll => PerFrame + (MedianOf(_after) ?? 0);

    public void NoteModel(TimeSpan took)
    {
        lock (_gate)
        {
            if (_warm)
                _model.Add(took.TotalSeconds);
            _warm = true;
        }
    }

    public void NoteAfter(TimeSpan took)
    {
        lock (_gate)
            _after.Add(took.TotalSeconds);
    }

    /// <summary>Frames a look may have, the one it is at among them, when <paramref name="looksLeft"/> looks share what time is left: at
    /// least that one and one before it. A short look begins later; it always ends at its moment.</summary>
    public int FramesOfALook(int looksLeft, int wanted)
    {
        if (PerFrame is not { } each)
            return Math.Min(wanted, FirstLook);
        double share = (end - time.GetElapsedTime(begun)).TotalSeconds / looksLeft;
        return Math.Clamp((int)(share / each), Math.Min(2, wanted), wanted);
    }

    /// <summary>Whether reading on to <paramref name="to"/> is quicker than another decoder that begins there.</summary>
    public bool ReadingOnIsQuicker(Rational from, Rational to, Rational rate) =>
        !(to < from) && ((to - from) * rate).ToDouble() * PerDecodedFrame < Opening;

    private double? MedianOf(List<double> values)
    {
        lock (_gate)
            return values.Count == 0 ? null : values.Order().ElementAt(values.Count / 2);
    }
}
