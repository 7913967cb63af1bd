using VideoMatte.Frames;

namespace VideoMatte.Matting.Fallback;

/// <summary>Tells where a recurrent matte has collapsed over a subject that a still model sees. Two thresholds and two delays keep it from going
/// to and fro. A still model sees people in waves and lamps, too: what it takes for a subject is <see cref="StillOpinion"/>'s to say, and in a
/// shot in which the two have never agreed on anybody, where the recurrent model may be right that nobody is there, it takes more.</summary>
internal sealed class CollapseJudge
{
    /// <summary>Share of the still model's matte that the recurrent one must hold: under the first it has lost it, over the second it has
    /// found it again.</summary>
    private const double Lost = .35, Found = .65;

    /// <summary>A recurrent matte of more than this share of the still one's size has not collapsed: the two see different things.</summary>
    private const double Collapsed = .5;

    /// <summary>Frames in a row that make a loss, of a subject that both have seen in this shot and of one that only the still model
    /// sees, and frames that make a find.</summary>
    public const int FramesToLose = 2, FramesToLoseUnseen = 8, FramesToFind = 12;

    /// <summary>Nothing is asked of the still model while the recurrent matte keeps this share of its largest size lately, but now and then.</summary>
    private const double Suspicious = .6, Forgetting = .98;
    private const int LookEvery = 12;

    private readonly StillOpinion _opinion = new();
    private double _largest;
    private int _sinceLook;
    private int _run;
    private bool _agreed;
    private long _frame;

    /// <summary>True while the subject is lost.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Share of the still matte the recurrent one held when it was last compared, 0..1.</summary>
    public double Held { get; private set; } = 1;

    public void Forget()
    {
        (_largest, _sinceLook, _run, IsLost, Held, _agreed) = (0, 0, 0, false, 1, false);
        _opinion.Forget();
    }

    /// <summary>Whether this frame needs the still model's opinion. Asked of every frame, once.</summary>
    public bool WantsOpinion(ReadOnlySpan<ushort> matte)
    {
        _frame++;
        double area = Area(matte);
        _largest = Math.Max(_largest * Forgetting, area);
        bool wants = IsLost || _run > 0 || area < StillOpinion.LeastSubject || area < Suspicious * _largest || _sinceLook == 0;
        _sinceLook = (_sinceLook + 1) % LookEvery;
        return wants;
    }

    /// <summary>Compares the two.</summary>
    /// <param name="matte">The recurrent model's.</param>
    /// <param name="still">The still model's.</param>
    /// <param name="width">Of both.</param>
    /// <returns>How many frames the loss counts back from this one: 0 none, 1 this one, 2 this one and the one before.</returns>
    public int Compare(ReadOnlySpan<ushort> matte, ReadOnlySpan<ushort> still, int width)
    {
        double common = 0, own = 0, all = 0;
        for (int i = 0; i < matte.Length; i++)
        {
            common += Math.Min(matte[i], still[i]);
            own += matte[i];
            all += still[i];
        }

        Held = all > 0 ? common / all : 1;
        StillOpinion.Seen seen = _opinion.Of(still, width, _frame);
        bool isSubject = seen >= (_agreed || IsLost ? StillOpinion.Seen.Somebody : StillOpinion.Seen.Surely);
        _agreed |= seen != StillOpinion.Seen.Nobody && Held >= Found;
        if (!IsLost)
        {
            int needed = _agreed ? FramesToLose : FramesToLoseUnseen;
            _run = isSubject && Held < Lost && own <= Collapsed * all ? _run + 1 : 0;
            IsLost = _run >= needed;
            int back = IsLost ? needed : 0;
            _run = IsLost ? 0 : _run;
            return back;
        }

        _run = isSubject && Held <= Found ? 0 : _run + 1;
        IsLost = _run < FramesToFind;
        _run = IsLost ? _run : 0;
        return IsLost ? 1 : 0;
    }

    private static double Area(ReadOnlySpan<ushort> matte)
    {
        long sum = 0;
        foreach (ushort code in matte)
            sum += code;
        return (double)sum / AlphaMatte.Opaque / matte.Length;
    }
}
