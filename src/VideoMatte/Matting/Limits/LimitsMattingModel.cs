using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Matting.Limits;

/// <summary>Any model, watched: where what it gives does not look like what it is good for, a warning names what was seen. Mattes pass through
/// untouched.</summary>
public sealed class LimitsMattingModel : WrappedMattingModel
{
    /// <summary>Shots shorter than this tell nothing.</summary>
    private const int LeastFrames = 5;

    /// <summary>Softness under this is a mask's: the softest hard edge, one half-covered pixel in every four of an outline.</summary>
    private const double HardEdge = .25;

    /// <summary>A subject of fewer pixels in the network's own small picture has no limbs left for it.</summary>
    private const double LeastSmallHeight = 24;

    /// <summary>Share of a shot's frames that must show a veil.</summary>
    private const double MostlyVeiled = .5;

    private readonly List<MatteWarning> _warnings = [];
    private MatteWitness _witness = new();
    private int _height;

    /// <param name="model">Moves in, and is disposed with this.</param>
    public LimitsMattingModel(IMattingModel model)
        : base(model)
    {
    }

    /// <summary>Of a shot when it has ended; of the last when asked.</summary>
    public override IReadOnlyList<MatteWarning> Warnings => [.. base.Warnings, .. _warnings, .. Say()];

    public override void Reset()
    {
        _warnings.AddRange(Say());
        _witness = new MatteWitness();
        base.Reset();
    }

    protected override void Change(MattedFrame frame)
    {
        _witness.Look(frame.Time.Index, frame.Alpha);
        _height = frame.Alpha.Height;
    }

    private IEnumerable<MatteWarning> Say()
    {
        MatteWitness seen = _witness;
        if (seen.Frames < LeastFrames)
            yield break;
        string model = Info.Id ?? "the model", shot = string.Create(CultureInfo.InvariantCulture, $"the shot from frame {seen.First} on");
        if (seen.IsEmpty)
        {
            yield return new MatteWarning("matte-empty", string.Create(CultureInfo.InvariantCulture, $"{model} found nobody in {shot} ({seen.Frames} frames): models show says what it is for; another model or --fallback may see the subject."), seen.First);
            yield break;
        }

        double small = seen.Height * _height * Info.DownsampleRatio;
        if (seen.Height > 0 && small < LeastSmallHeight)
            yield return new MatteWarning("subject-small", string.Create(CultureInfo.InvariantCulture, $"In {shot} the subject is {small:0} pixels high in what {model} looks at, too few for its outline: try a larger --downsample-ratio, or crop."), seen.First);
        if (seen.Softness < HardEdge)
            yield return new MatteWarning("matte-hard", string.Create(CultureInfo.InvariantCulture, $"The matte of {shot} is nearly a mask ({seen.Softness:0.00} soft pixels for each of its outline): hair and motion blur will look cut out; --trimap auto may soften stills."), seen.First);
        if (seen.Veiled > MostlyVeiled)
            yield return new MatteWarning("translucent", string.Create(CultureInfo.InvariantCulture, $"In {100 * seen.Veiled:0} % of {shot} a wide part of the matte stays half covered: glass, sheer cloth, or a guess; look at it over the new background."), seen.First);
    }
}
