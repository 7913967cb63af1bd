using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Matting.Fallback;

namespace VideoMatte.Matting.Limits;

/// <summary>Any model, watched: where what it gives does not look like what it is good for, a warning names what was seen. Mattes pass through
/// untouched.</summary>
public sealed class LimitsMattingModel : WrappedMattingModel
{
    /// <summary>Softness under this is a mask's: the softest hard edge, one half-covered pixel in every four of an outline.</summary>
    private const double HardEdge = .25;

    /// <summary>Share of a shot's frames that must show a veil.</summary>
    private const double MostlyVeiled = .5;

    private readonly ModelSight? _sight;
    private readonly Func<string, string>? _sayEmpty;
    private readonly List<MatteWarning> _warnings = [];
    private MatteWitness _witness = new();

    /// <param name="model">Moves in, and is disposed with this. Where another stands in for it (<see cref="WrappedMattingModel.Fallbacks"/>),
    /// its own frames are judged apart.</param>
    /// <param name="sight">What the network looks at; null: there is none (the plate model), and only an empty matte is spoken of.</param>
    /// <param name="sayEmpty">The sentence of an empty matte, for what stands behind "in" (this frame, this shot of N frames); null: that the model
    /// found nothing.</param>
    public LimitsMattingModel(IMattingModel model, ModelSight? sight, Func<string, string>? sayEmpty = null)
        : base(model) => (_sight, _sayEmpty) = (sight, sayEmpty);

    /// <summary>Of a shot when it has ended; of the last when asked.</summary>
    public override IReadOnlyList<MatteWarning> Warnings => [.. base.Warnings, .. _warnings, .. Say()];

    public override void Reset()
    {
        _warnings.AddRange(Say());
        _witness = new MatteWitness();
        base.Reset();
    }

    protected override void Change(MattedFrame frame) => _witness.Look(frame, isOwn: !IsStoodIn(frame.Time.Index));

    private bool IsStoodIn(long index)
    {
        IReadOnlyList<FallbackRange> ranges = Fallbacks;
        for (int i = ranges.Count - 1; i >= 0 && ranges[i].To >= index; i--)
        {
            if (ranges[i].From <= index)
                return true;
        }

        return false;
    }

    private IEnumerable<MatteWarning> Say()
    {
        MatteWitness seen = _witness;
        if (seen.Frames == 0)
            yield break;
        CultureInfo culture = CultureInfo.InvariantCulture;
        string model = Info.Id ?? "the model", shot = seen.Frames == 1 ? "this frame" : string.Create(culture, $"this shot of {seen.Frames} frames");
        if (seen.IsEmpty)
        {
            string advice = _sight is null
                ? "it finds what moves before a fixed camera, and what stands still only with a --clean-plate"
                : "models show says what it is for; another model or --fallback may see the subject";
            yield return new MatteWarning("matte-empty", _sayEmpty?.Invoke(shot) ?? $"{model} found nothing to cut out in {shot}: {advice}.", seen.First, NotAsAsked: true);
            yield break;
        }

        if (seen.IsOwnEmpty && 2 * seen.OwnFrames > seen.Frames)
            yield return new MatteWarning("matte-empty", string.Create(culture, $"{model} found nothing to cut out in {shot}, and in {seen.OwnFrames} of them no other model stood in: there the matte is empty."), seen.First);
        if (_sight is null)
            yield break;
        double small = seen.Height * _sight.Height;
        if (seen.Height > 0 && small < _sight.LeastSubject)
            yield return new MatteWarning("subject-small", string.Create(culture, $"In {shot} the subject is {small:0} rows high in the {_sight.Height:0} that {model} looks at, and under {_sight.LeastSubject:0} its outline is lost: crop, or try a larger --downsample-ratio where the model has one."), seen.First);
        if (seen.Softness < HardEdge)
            yield return new MatteWarning("matte-hard", string.Create(culture, $"The matte of {shot} is nearly a mask ({seen.Softness:0.00} soft pixels for each of its outline): hair and motion blur will look cut out; --refine band or, for stills, --trimap auto may soften it."), seen.First);
        if (seen.Veiled > MostlyVeiled)
            yield return new MatteWarning("translucent", string.Create(culture, $"In {100 * seen.Veiled:0} % of {shot} a wide part of the matte stays half covered, and the picture has texture there: glass, sheer cloth, or a guess; look at it over the new background."), seen.First);
    }
}
