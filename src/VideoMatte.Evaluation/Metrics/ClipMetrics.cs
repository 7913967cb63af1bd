using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Metrics;

/// <summary>Scores a clip's mattes frame by frame; keeps the frame before of each side, and four numbers a frame, so that a clip may have any
/// length. Used by one caller at a time.</summary>
public sealed class ClipMetrics
{
    private readonly int _width;
    private readonly int _height;
    private readonly GradVariant _variant;
    private readonly GradMetric _grad;
    private readonly ushort[] _predictionBefore;
    private readonly ushort[] _truthBefore;
    private readonly List<MatteFigures> _frames = [];

    /// <param name="width">Pixels a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="grad">The form of Grad.</param>
    public ClipMetrics(int width, int height, GradVariant grad = GradVariant.Hr)
    {
        _grad = new GradMetric(width, height);
        (_width, _height, _variant) = (width, height, grad);
        _predictionBefore = new ushort[width * height];
        _truthBefore = new ushort[width * height];
    }

    /// <summary>Of every frame so far, in order.</summary>
    public IReadOnlyList<MatteFigures> Frames => _frames;

    /// <summary>The clip's figures: the mean over its frames, the first one's dtSSD of 0 counted.</summary>
    /// <exception cref="ArgumentException">No frame was added.</exception>
    public MatteFigures Mean => MatteFigures.Mean(_frames);

    /// <summary>Scores the next frame.</summary>
    /// <param name="prediction">Width x height codes 0..65535; borrowed.</param>
    /// <param name="truth">As many; borrowed.</param>
    /// <exception cref="ArgumentException">Another count than width x height.</exception>
    public MatteFigures Add(ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> truth)
    {
        if (prediction.Length != _truthBefore.Length || truth.Length != _truthBefore.Length)
            throw new ArgumentException(FormattableString.Invariant($"mattes of {prediction.Length} and {truth.Length} pixels were given, not of {_width}x{_height}"), nameof(prediction));
        MatteFigures figures = new(
            MatteMetrics.Mad(prediction, truth),
            MatteMetrics.Mse(prediction, truth),
            _grad.Of(prediction, truth, _variant),
            _frames.Count == 0 ? 0 : MatteMetrics.DtSsd(prediction, _predictionBefore, truth, _truthBefore));
        prediction.CopyTo(_predictionBefore);
        truth.CopyTo(_truthBefore);
        _frames.Add(figures);
        return figures;
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{ushort}, ReadOnlySpan{ushort})"/>
    /// <param name="prediction">Of the size; borrowed.</param>
    /// <param name="truth">Of the size; borrowed.</param>
    public MatteFigures Add(AlphaMatte prediction, AlphaMatte truth)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(truth);
        if ((prediction.Width, prediction.Height, truth.Width, truth.Height) != (_width, _height, _width, _height))
            throw new ArgumentException(
                FormattableString.Invariant($"mattes of {prediction.Width}x{prediction.Height} and {truth.Width}x{truth.Height} were given, not of {_width}x{_height}"), nameof(prediction));
        return Add(prediction.Samples, truth.Samples);
    }
}
