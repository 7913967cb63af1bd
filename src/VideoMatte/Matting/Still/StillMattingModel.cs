using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Models;

namespace VideoMatte.Matting.Still;

/// <summary>The still family: each frame's matte follows from the frame alone. The picture is stretched to the network's size, the matte brought back
/// to the picture's. Gives no foreground colour.</summary>
public sealed class StillMattingModel : FrameMattingModel
{
    private readonly StillSession _session;
    private readonly StillMattingOptions _options;
    private readonly NetworkView _view = new();
    private readonly MatteFrameUp _guided = new();
    private readonly List<MatteWarning> _warnings = [];
    private float[] _rgb = [];
    private float[] _full = [];
    private float[] _small = [];
    private float[] _alpha = [];
    private LinearScaler? _down;
    private MatteUpsampler? _up;
    private FrameFormat? _format;
    private (int Width, int Height) _fed;
    private MattingModelInfo _info;
    private bool _disposed;

    /// <param name="pool">For the mattes.</param>
    /// <param name="session">Moves in, and is disposed with the model.</param>
    /// <param name="options">What it is and how it runs.</param>
    public StillMattingModel(IFramePool pool, StillSession session, StillMattingOptions options)
        : base(pool)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        _session = session;
        _options = options;
        _info = new MattingModelInfo(options.Id, options.Sha256, options.Licence, ModelFamily.Still, ProviderNames.Name(session.Provider), 1);
    }

    /// <summary>Its ratio is the network's width over the picture's, at most 1, once the first frame is seen.</summary>
    public override MattingModelInfo Info => _info;

    public override IReadOnlyList<MatteWarning> Warnings => _warnings;

    /// <summary>The matte of the last frame at the network's own output size, 0..1, row after row; empty before. For measurements.</summary>
    internal ReadOnlySpan<float> SmallAlpha => _alpha;

    protected override void Estimate(VideoFrame frame, AlphaMatte alpha)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (frame.Format != _format)
            Begin(frame.Format);
        _view.Write(frame, _rgb);
        Infer();
        Enlarge();
        AlphaConversion.ToCodes(_full, alpha.Samples);
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _session.Dispose();
    }

    private void Begin(FrameFormat format)
    {
        _fed = _options.Input.SizeFor(format.Width, format.Height);
        int pixels = format.Width * format.Height;
        (_rgb, _full, _small) = (new float[3 * pixels], new float[pixels], new float[3 * _fed.Width * _fed.Height]);
        _down = new LinearScaler(format.Width, format.Height, _fed.Width, _fed.Height);
        (_up, _alpha) = (null, []);
        _info = _info with { DownsampleRatio = Math.Min(1, (double)_fed.Width / format.Width) };
        if (_warnings.Count == 0 && NetworkView.Notice(format) is { } warning)
            _warnings.Add(warning);
        _format = format;
    }

    private void Infer()
    {
        int pixels = _rgb.Length / 3, small = _small.Length / 3;
        for (int channel = 0; channel < 3; channel++)
            _down!.Scale(_rgb.AsSpan(channel * pixels, pixels), _small.AsSpan(channel * small, small));
        StillFeed.Write(_small, _options.Input, _session.Prepare(_fed.Width, _fed.Height));
        _session.Run();
        StillPlane plane = _session.Plane;
        if (_up is null)
        {
            _alpha = new float[plane.Pixels];
            _up = new MatteUpsampler(plane.Width, plane.Height, _format!.Width, _format.Height);
        }

        StillAlpha.Read(_session.Result, plane, _options.Output, _alpha);
    }

    private void Enlarge()
    {
        if (!_options.Guided)
        {
            _up!.Spread(_alpha, _full);
            return;
        }

        _guided.Guide(_alpha, _session.Plane.Width, _session.Plane.Height, _small, _fed, _rgb, _format!, _full);
    }
}
