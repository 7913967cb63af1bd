using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>The plain running average, out = (1 - s) new + s (out before), everywhere in the matte. The known baseline: it calms flicker
/// and trails behind everything that moves (a network that is steady by itself it makes worse). Starts anew at each shot.</summary>
public sealed class AverageSmoother : MattedStage
{
    private readonly ushort _weight;
    private ushort[] _before = [];
    private int _width;
    private bool _begun;

    private AverageSmoother(double strength) =>
        _weight = (ushort)Math.Round(strength * AlphaMatte.Opaque, MidpointRounding.AwayFromZero);

    public override string Name => "smoothing";

    /// <summary>The stage for a strength s, or none where it would change nothing.</summary>
    /// <param name="strength">0 (none) to 1 (the shot's first matte stays).</param>
    /// <exception cref="MatteException">Usage: the strength is not 0 to 1.</exception>
    public static AverageSmoother? Create(double strength)
    {
        if (strength is not (>= 0 and <= 1))
            throw new MatteException(ErrorKind.Usage, "smoothing-strength", string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"--smoothing-strength {strength}: the strength is a number from 0 (no smoothing) to 1."));
        AverageSmoother stage = new(strength);
        return stage._weight == 0 ? null : stage;
    }

    /// <summary>The next matte is taken as it is.</summary>
    public override void Reset() => _begun = false;

    protected override void Apply(MattedFrame frame)
    {
        Span<ushort> alpha = frame.Alpha.Samples;
        bool sameSize = _before.Length == alpha.Length && _width == frame.Alpha.Width;
        if (!sameSize)
            (_before, _width) = (new ushort[alpha.Length], frame.Alpha.Width);
        if (_begun && sameSize && !frame.StartsShot)
        {
            WeightedMean.Mix(alpha, _before, _weight);
            _before.CopyTo(alpha);
            return;
        }

        alpha.CopyTo(_before);
        _begun = true;
    }
}
