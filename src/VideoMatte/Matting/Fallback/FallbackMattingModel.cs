using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Matting.Fallback;

/// <summary>A recurrent model with a still model behind it: where the recurrent matte loses a subject the still model sees, the still model's
/// matte stands in. It is faded in over the frames before the loss and out over those after the find, so that the matte does not jump.</summary>
public sealed class FallbackMattingModel : WrappedMattingModel
{
    /// <summary>Of the warning that names the frames.</summary>
    public const string WarningCode = "fallback";

    /// <summary>Frames of a fade.</summary>
    public const int Fade = 8;

    /// <summary>Frames in a row, from a shot's first on, after which a loss is sure of somebody the main model has never seen.</summary>
    public const int FramesToLose = CollapseJudge.FramesToLoseUnseen;

    /// <summary>Frames held back: a fade's, and those more after which a loss is sure.</summary>
    public const int Latency = Fade + FramesToLose - 1;

    private readonly IMattingModel _still;
    private readonly CollapseJudge _judge = new();
    private readonly Queue<MattedFrame> _stillReady = new();
    private readonly List<Held> _held = [];
    private readonly List<FallbackRange> _ranges = [];
    private FrameFormat? _format;
    private long? _lastLost;
    private double _leastHeld;
    private bool _goesOn;

    /// <param name="main">Moves in, and is disposed with the model. It gives no foreground: the still model has none for its frames.</param>
    /// <param name="still">Moves in likewise; holds nothing back.</param>
    public FallbackMattingModel(IMattingModel main, IMattingModel still)
        : base(main)
    {
        ArgumentNullException.ThrowIfNull(still);
        if (main.GivesForeground || still.LatencyFrames != 0)
            throw new ArgumentException("a fallback stands in for a matte alone, frame by frame");
        _still = still;
    }

    public override int LatencyFrames => base.LatencyFrames + Latency;

    /// <summary>Frames the still model had a part in, in order. Read it when the flow has ended.</summary>
    public override IReadOnlyList<FallbackRange> Fallbacks => _ranges;

    public override IReadOnlyList<MatteWarning> Warnings =>
    [
        .. base.Warnings, .. _still.Warnings,
        .. _ranges.Select(r => new MatteWarning(WarningCode, string.Create(
            CultureInfo.InvariantCulture, $"Frames {r.From} to {r.To} have the matte of {_still.Info.Id ?? "the fallback model"}: {r.Reason}."), r.From)),
    ];

    public override void Flush(Queue<MattedFrame> ready)
    {
        base.Flush(ready);
        Give(0, ready);
    }

    public override void Reset()
    {
        DropHeld();
        base.Reset();
        _still.Reset();
        _judge.Forget();
        (_lastLost, _goesOn) = (null, false);
    }

    protected override void Take(MattedFrame frame, Queue<MattedFrame> ready)
    {
        Judge(frame);
        Give(Latency, ready);
    }

    protected override void Dispose(bool disposing)
    {
        DropHeld();
        base.Dispose(disposing);
        _still.Dispose();
    }

    private void DropHeld()
    {
        foreach (Held held in _held)
            held.Dispose();
        _held.Clear();
    }

    private void Judge(MattedFrame frame)
    {
        if (frame.Picture.Format != _format)
        {
            _judge.Forget();
            (_format, _lastLost) = (frame.Picture.Format, null);
        }

        var held = new Held(frame);
        _held.Add(held);
        if (!_judge.WantsOpinion(frame.Alpha.Samples))
            return;
        int back = _judge.Compare(frame.Alpha.Samples, Still(held).Samples, frame.Alpha.Width);
        for (int i = _held.Count - 1; i >= 0 && back > 0; i--, back--)
            _held[i].IsLost = true;
        if (held.IsLost)
            _leastHeld = Math.Min(_leastHeld, _judge.Held);
    }

    /// <summary>The still model's matte of a frame, asked for once.</summary>
    private AlphaMatte Still(Held held)
    {
        if (held.Still is null)
        {
            _still.Process(held.Frame.Picture.Copy(), _stillReady);
            held.Still = _stillReady.Dequeue();
        }

        return held.Still.Alpha;
    }

    private void Give(int keep, Queue<MattedFrame> ready)
    {
        while (_held.Count > keep)
        {
            Held next = _held[0];
            double weight = Weight(next.Frame.Time.Index);
            if (weight > 0)
            {
                Blend(next.Frame.Alpha.Samples, Still(next).Samples, weight);
                Note(next.Frame.Time.Index);
            }

            _held.RemoveAt(0);
            next.Still?.Dispose();
            ready.Enqueue(next.Frame);
        }
    }

    /// <summary>1 where the subject is lost, less by the distance to the nearest frame in which it is.</summary>
    private double Weight(long index)
    {
        long? nearest = _lastLost is { } last ? index - last : null;
        foreach (Held held in _held)
        {
            if (!held.IsLost)
                continue;
            long distance = held.Frame.Time.Index - index;
            if (distance == 0)
                _lastLost = index;
            if (nearest is null || distance < nearest)
                nearest = distance;
            break;
        }

        return nearest is { } near ? Math.Max(0, 1 - (near / (Fade + 1.0))) : 0;
    }

    private void Note(long index)
    {
        if (_goesOn && _ranges[^1].To == index - 1)
        {
            _ranges[^1] = _ranges[^1] with { To = index, Reason = Reason() };
            return;
        }

        (_leastHeld, _goesOn) = (_judge.Held, true);
        _ranges.Add(new FallbackRange(index, index, Reason()));
    }

    private string Reason() => string.Create(CultureInfo.InvariantCulture, $"the model's own held as little as {100 * _leastHeld:0} % of it");

    private static void Blend(Span<ushort> own, ReadOnlySpan<ushort> still, double weight)
    {
        int share = (int)Math.Round(weight * 65536);
        for (int i = 0; i < own.Length; i++)
            own[i] = (ushort)(own[i] + ((((long)still[i] - own[i]) * share) >> 16));
    }

    private sealed class Held(MattedFrame frame) : IDisposable
    {
        public MattedFrame Frame { get; } = frame;

        public MattedFrame? Still { get; set; }

        public bool IsLost { get; set; }

        public void Dispose()
        {
            Frame.Dispose();
            Still?.Dispose();
        }
    }
}
