namespace VideoMatte.Temporal;

/// <summary>Tells a hard cut from motion, pans, flashes and a codec's key frames.</summary>
/// <remarks>The ground is PySceneDetect's adaptive detector: the content score of a frame over the mean score of two neighbours on each
/// side. The score alone cannot tell a cut from a fast pan, from a flash, or from colours that jump in the dark at a key frame; and it is low
/// between grey or dark pictures. So the shapes of light and dark must change too, must not be the same shapes shifted while the camera
/// moves, and the frames around must not show the scene of before again.</remarks>
internal static class CutRule
{
    /// <summary>Score over the neighbours' mean from which a frame stands out (the adaptive detector's).</summary>
    public const double Ratio = 3.0;

    /// <summary>Least score of a cut (the adaptive detector's).</summary>
    public const double Score = 15;

    /// <summary>Score of a cut by content alone (the content detector's), where motion on either side hides it from the ratio.</summary>
    public const double ContentScore = 27;

    /// <summary>Frames a flash lasts at most.</summary>
    public const int FlashFrames = 3;

    /// <summary>Frames on each side whose scores are the neighbours'.</summary>
    private const int Neighbours = 2;

    /// <summary>A score this low is a cut only where the shapes change as much as <see cref="OtherScene"/>: two grey or two dark pictures differ in V
    /// alone, a third of the score.</summary>
    private const double LeastScore = 8;

    /// <summary>Change of shapes (1 - correlation) below which it is the same picture: key frames and light stay under .02, cuts over .09.</summary>
    private const double SamePicture = 0.05;

    /// <summary>Change of shapes from which it is another scene: nine cuts of ten lie above .5.</summary>
    private const double OtherScene = 0.3;

    /// <summary>Mean score of the neighbours above which something large moves: a walk with the camera, a pan.</summary>
    private const double Moving = 6;

    /// <summary>Shifted pictures of one pan correlate by .86 and more, those of two shots by at most .81; where the neighbours' scores do not
    /// show a cut, it has to be clear of the pans.</summary>
    private const double Panned = 0.9;

    /// <inheritdoc cref="Panned"/>
    public const double NotPanned = 0.82;

    /// <summary>How far a score that stands among motion must rise above it.</summary>
    private const double MovingRatio = 1.5;

    /// <param name="window">Holds the frame and, where the clip goes on, <see cref="FlashFrames"/> behind it.</param>
    /// <param name="frame">Not the first.</param>
    /// <returns>True where the frame is the first one after a hard cut.</returns>
    public static bool IsCut(ShotWindow window, long frame)
    {
        double score = window.Score(frame);
        if (score < LeastScore)
            return false;
        double around = MeanAround(window, frame), ratio = around > 0 ? score / around : double.PositiveInfinity;
        PictureGrid now = window.Grid(frame), before = window.Grid(frame - 1);
        double change = before.ChangeTo(now);
        bool moving = around >= Moving;
        bool cut = ratio >= Ratio && change >= (score >= Score ? SamePicture : OtherScene)
            ? !moving || before.LikenessWhenMoved(now) < Panned
            : score >= ContentScore && ratio >= MovingRatio && change >= OtherScene && before.LikenessWhenMoved(now) < NotPanned;
        return cut && !ComesBack(window, frame, score, moving);
    }

    /// <summary>A flash: one of the next frames shows what was there before this one, or this one shows what was there some frames before.</summary>
    private static bool ComesBack(ShotWindow window, long frame, double score, bool moving)
    {
        for (int i = 1; i <= FlashFrames; i++)
            if (IsAgain(frame - 1, frame + i) || IsAgain(frame - 1 - i, frame))
                return true;
        return false;

        bool IsAgain(long a, long b) => window.Has(a) && window.Has(b)
            && (window.Difference(a, b) <= score / 2 || window.Grid(a).ChangeTo(window.Grid(b)) <= SamePicture
                || (moving && window.Grid(a).LikenessWhenMoved(window.Grid(b)) >= Panned));
    }

    private static double MeanAround(ShotWindow window, long frame)
    {
        double sum = 0;
        int count = 0;
        for (long i = frame - Neighbours; i <= frame + Neighbours; i++)
            // The first frame has no score.
            if (i != frame && i > 0 && window.Has(i))
                (sum, count) = (sum + window.Score(i), count + 1);
        return count == 0 ? 0 : sum / count;
    }
}
