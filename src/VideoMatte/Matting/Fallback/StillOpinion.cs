using VideoMatte.Frames;

namespace VideoMatte.Matting.Fallback;

/// <summary>Whether a still model's matte looks like somebody's: large enough, sure of most of what it covers, much the same from frame to
/// frame. The bars were set by what four still models make of 36 frames each of six clips without people and of sixteen with.</summary>
internal sealed class StillOpinion
{
    /// <summary>What a matte shows.</summary>
    public enum Seen
    {
        Nobody,

        /// <summary>A subject, where another model has seen it, too.</summary>
        Somebody,

        /// <summary>A subject though no other model has seen it.</summary>
        Surely,
    }

    /// <summary>A matte smaller than this share of the picture is no subject; one that nobody else has seen must be larger.</summary>
    public const double LeastSubject = .01;
    private const double LeastOnItsOwn = .02;

    /// <summary>Alpha of what a model is sure of, and of what it hesitates about.</summary>
    private const int Sure = AlphaMatte.Opaque * 85 / 100, Unsure = AlphaMatte.Opaque * 15 / 100;

    /// <summary>Least share of a matte's area that it is sure of. People: .58 to .96 in the median of a clip where the model is up to them.
    /// Nobody: .0 to .5, but for large plain things (a wave: .70 to .82).</summary>
    private const double LeastSure = .5, LeastSureOnItsOwn = .75;

    /// <summary>Least overlap of the mattes of two frames: what both cover over what either covers. People: .7 to 1; nobody: often less.</summary>
    private const double LeastSteady = .6, LeastSteadyOnItsOwn = .8;

    /// <summary>Water, tables and walls go from one side of the picture to the other, people seldom: share of the left and of the right edge
    /// that may be covered both. People: up to .14; nobody: a wave .25 to .5, a room .21.</summary>
    private const double MostOfBothSides = .2;

    /// <summary>Every so manieth pixel is looked at.</summary>
    private const int Step = 4;

    private ushort[] _before = [];
    private long? _frameBefore;

    public void Forget() => _frameBefore = null;

    /// <param name="still">16-bit codes.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="frame">Counts the frames; without the one before, steadiness is not judged.</param>
    public Seen Of(ReadOnlySpan<ushort> still, int width, long frame)
    {
        int samples = (still.Length + Step - 1) / Step, sure = 0, unsure = 0;
        bool follows = _frameBefore == frame - 1 && _before.Length == samples;
        if (_before.Length != samples)
            _before = new ushort[samples];
        double all = 0, both = 0, either = 0;
        for (int i = 0; i < samples; i++)
        {
            int code = still[i * Step], before = _before[i];
            all += code;
            sure += code > Sure ? 1 : 0;
            unsure += code is >= Unsure and <= Sure ? 1 : 0;
            both += Math.Min(code, before);
            either += Math.Max(code, before);
            _before[i] = (ushort)code;
        }

        _frameBefore = frame;
        double size = all / AlphaMatte.Opaque / samples, sureness = (double)sure / Math.Max(1, sure + unsure), steadiness = follows && either > 0 ? both / either : 1;
        if (size < LeastSubject || sureness < LeastSure || steadiness < LeastSteady)
            return Seen.Nobody;
        bool convinces = size >= LeastOnItsOwn && sureness >= LeastSureOnItsOwn && steadiness >= LeastSteadyOnItsOwn && !SpansThePicture(still, width);
        return convinces ? Seen.Surely : Seen.Somebody;
    }

    private static bool SpansThePicture(ReadOnlySpan<ushort> still, int width)
    {
        int left = 0, right = 0;
        for (int row = 0; row < still.Length; row += width)
        {
            left += still[row] > AlphaMatte.Opaque / 2 ? 1 : 0;
            right += still[row + width - 1] > AlphaMatte.Opaque / 2 ? 1 : 0;
        }

        return Math.Min(left, right) > MostOfBothSides * (still.Length / width);
    }
}
