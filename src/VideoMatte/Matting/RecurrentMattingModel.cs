using VideoMatte.Frames;
using VideoMatte.Inference;

namespace VideoMatte.Matting;

/// <summary>The recurrent family: each frame's matte follows from the frame and from the state the frames before left, until
/// <see cref="Reset"/>. A change of size or depth starts again by itself.</summary>
public sealed class RecurrentMattingModel : IRecurrentModel
{
    /// <summary>Longer side of the small frame that the automatic ratio aims at, pixels (the advice of RVM's authors).</summary>
    public const int SmallFrame = 512;

    private readonly IFramePool _pool;
    private readonly RecurrentSession _session;
    private readonly RecurrentMattingOptions _options;
    private readonly SteadyView _view;
    private readonly ForegroundPlanes _planes = new();
    private readonly List<MatteWarning> _warnings = [];
    private FrameFormat? _format;
    private float _ratio;
    private bool _disposed;

    /// <param name="pool">For the mattes and foregrounds.</param>
    /// <param name="session">Moves in, and is disposed with the model.</param>
    /// <param name="options">What it is and how it runs.</param>
    /// <exception cref="MatteException"><c>ratio-out-of-range</c>.</exception>
    public RecurrentMattingModel(IFramePool pool, RecurrentSession session, RecurrentMattingOptions options)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        if (options.DownsampleRatio is double ratio && !(ratio > 0 && (float)ratio is > 0 and <= 1))
            throw new MatteException(
                ErrorKind.Usage, "ratio-out-of-range", FormattableString.Invariant($"The downsample ratio {ratio} is not above 0 and up to 1: name one that is, or auto."));
        _pool = pool;
        _session = session;
        _options = options;
        _view = new SteadyView(options.Camera);
        Info = new MattingModelInfo(
            options.Id, options.Sha256, options.Licence, options.Family, ProviderNames.Name(session.Provider), options.DownsampleRatio ?? 1);
    }

    public string Name => "matting";

    public int LatencyFrames => 0;

    /// <summary>Its ratio is 1 until the first frame's size settles an automatic one.</summary>
    public MattingModelInfo Info { get; private set; }

    public bool GivesForeground => _options.ProduceForeground;

    public IReadOnlyList<MatteWarning> Warnings => [.. _warnings, .. _view.Warnings];

    /// <summary>min(1, 512 / longer side).</summary>
    public static double AutomaticRatio(int width, int height) => Math.Min(1, (double)SmallFrame / Math.Max(width, height));

    public void Process(VideoFrame frame, Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        AlphaMatte? alpha = null;
        VideoFrame? foreground = null;
        try
        {
            ArgumentNullException.ThrowIfNull(ready);
            ObjectDisposedException.ThrowIf(_disposed, this);
            Infer(frame);
            FrameFormat format = frame.Format;
            alpha = AlphaMatte.Rent(_pool, format.Width, format.Height);
            int pixels = format.Width * format.Height;
            AlphaConversion.ToCodes(_view.Back(_session.Alpha, pixels), alpha.Samples);
            if (_options.ProduceForeground)
            {
                foreground = VideoFrame.Rent(_pool, format, frame.Time);
                foreground.StartsShot = frame.StartsShot;
                _planes.Write(frame, alpha, _view.Back(_session.Foreground, pixels), foreground);
            }

            MattedFrame matted = new(frame, alpha);
            matted.ReplaceForeground(foreground);
            ready.Enqueue(matted);
        }
        catch (Exception error)
        {
            (error as MatteException)?.Locate(Name, frame.Time.Index);
            frame.Dispose();
            alpha?.Dispose();
            foreground?.Dispose();
            throw;
        }
    }

    public void Observe(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            Infer(frame);
        }
        catch (MatteException error)
        {
            error.Locate(Name, frame.Time.Index);
            throw;
        }
    }

    /// <summary>Nothing is held back.</summary>
    public void Flush(Queue<MattedFrame> ready) => ArgumentNullException.ThrowIfNull(ready);

    public void Reset()
    {
        if (!_disposed)
            _session.Reset();
    }

    public void Dispose()
    {
        _disposed = true;
        _session.Dispose();
    }

    private void Infer(VideoFrame frame)
    {
        FrameFormat format = frame.Format;
        if (format != _format)
            Begin(format);
        _view.Write(frame, _session.Prepare(format.Width, format.Height));
        _session.Run(_ratio);
    }

    /// <summary>The first frame of this format: its ratio, and the start state that goes with both.</summary>
    private void Begin(FrameFormat format)
    {
        _ratio = (float)(_options.DownsampleRatio ?? AutomaticRatio(format.Width, format.Height));
        _session.Prepare(format.Width, format.Height);
        _session.Seed(_options.StartState?.Invoke(format, _ratio));
        Info = Info with { DownsampleRatio = _options.DownsampleRatio ?? AutomaticRatio(format.Width, format.Height) };
        if (_warnings.Count == 0 && NetworkView.Notice(format) is { } warning)
            _warnings.Add(warning);
        _format = format;
    }
}
