using VideoMatte.Frames;

namespace VideoMatte.Matting.Fallback;

/// <summary>Tells where a recurrent matte has lost a subject that a still model sees. Two thresholds and two delays keep it from going to and
/// fro.</summary>
internal sealed class CollapseJudge
{
    /// <summary>Share of the still model's matte that the recurrent one must hold: under the first it has lost it, over the second it has
    /// found it again.</summary>
    private const double Lost = .35, Found = .65;

    /// <summary>Frames in a row that make a loss, and a find.</summary>
    public const int FramesToLose = 2, FramesToFind = 12;

    /// <summary>A still matte smaller than this share of the picture is no subject.</summary>
    private const double LeastSubject = .01;

    /// <summary>Nothing is asked of the still model while the recurrent matte keeps this share of its largest size lately, but now and then.</summary>
    private const double Suspicious = .6, Forgetting = .98;
    private const int LookEvery = 12;

    private double _largest;
    private int _sinceLook;
    private int _run;

    /// <summary>True while the subject is lost.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Share of the still matte the recurrent one held when it was last compared, 0..1.</summary>
    public double Held { get; private set; } = 1;

    public void Forget() => (_largest, _sinceLook, _run, IsLost, Held) = (0, 0, 0, false, 1);

    /// <summary>Whether this frame needs the still model's opinion.</summary>
    public bool WantsOpinion(ReadOnlySpan<ushort> matte)
    {
        double area = Area(matte);
        _largest = Math.Max(_largest * Forgetting, area);
        bool wants = IsLost || _run > 0 || area < LeastSubject || area < Suspicious * _largest || _sinceLook == 0;
        _sinceLook = (_sinceLook + 1) % LookEvery;
        return wants;
    }

    /// <summary>Compares the two.</summary>
    /// <returns>How many frames the loss counts back from this one: 0 none, 1 this one, 2 this one and the one before.</returns>
    public int Compare(ReadOnlySpan<ushort> matte, ReadOnlySpan<ushort> still)
    {
        double common = 0, all = 0;
        for (int i = 0; i < matte.Length; i++)
        {
            common += Math.Min(matte[i], still[i]);
            all += still[i];
        }

        bool isSubject = all >= LeastSubject * AlphaMatte.Opaque * still.Length;
        Held = all > 0 ? common / all : 1;
        if (!IsLost)
        {
            _run = isSubject && Held < Lost ? _run + 1 : 0;
            IsLost = _run >= FramesToLose;
            int back = IsLost ? FramesToLose : 0;
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
