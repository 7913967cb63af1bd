namespace VideoMatte.Temporal;

/// <summary>Finds where a dissolve ends. While it runs, each frame is a mixture of the two shots: seen as points, the frames lie on the line
/// from the last whole frame of the one to the first whole frame of the other, and go along it. A pan, a walk or a change of light goes elsewhere or
/// ends in the same scene.</summary>
internal static class DissolveRule
{
    /// <summary>Contrast of luma both ends need: fades to and from black are no dissolves.</summary>
    private const double LeastContrast = 8;

    /// <summary>Root mean square difference of the two ends, codes of 255, and their change of shapes.</summary>
    private const double LeastDifference = 20, LeastChange = 0.3;

    /// <summary>Where the way along the line (0 to 1) counts as left, as arrived, and as right on the way.</summary>
    private const double Left = 0.08, Arrived = 0.93, Halfway = 0.2;

    /// <summary>Frames on the way, and right on the way: with fewer it is a cut with a blended frame.</summary>
    private const int LeastFrames = 3, LeastHalfway = 2;

    /// <summary>Longest step from a frame to the next along the line, and backwards: motion in both shots shakes the points.</summary>
    private const double LongestStep = 0.45, Backwards = 0.05;

    /// <summary>Distance from the line, in its length: of the frames on the way, and of those behind.</summary>
    private const double OffTheLine = 0.4, OffTheEnd = 0.3;

    /// <summary>Contrast of the frame over that of the last one looked at: behind a dissolve it does not grow any more.</summary>
    private const double Settled = 0.8;

    /// <summary>Lengths of line tried, in frames; a line may be longer than its dissolve.</summary>
    private static readonly int[] Lengths = [6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64];

    /// <param name="window">Holds the frame and what is known behind it.</param>
    /// <param name="frame">Looked at.</param>
    /// <param name="end">The last frame looked at behind it: up to there the new shot is seen alone.</param>
    /// <param name="shotStart">First frame of the present shot: a line begins no earlier.</param>
    /// <returns>True where the frame is the first whole one after a dissolve.</returns>
    public static bool Ends(ShotWindow window, long frame, long end, long shotStart)
    {
        double contrast = window.Grid(end).Contrast;
        if (contrast < LeastContrast || window.Grid(frame).Contrast is var here && (here < Settled * contrast || here * Settled > contrast))
            return false;
        foreach (int length in Lengths)
            if (frame - length < shotStart)
                return false;
            else if (IsLine(window, frame - length, frame, end))
                return true;
        return false;
    }

    private static bool IsLine(ShotWindow window, long start, long frame, long end)
    {
        if (window.Grid(start).Contrast < LeastContrast)
            return false;
        double square = Square(window, start, end);
        if (square < LeastDifference * LeastDifference * window.Samples)
            return false;
        double last = Along(window, start, end, frame - 1, square), arrived = Along(window, start, end, frame, square);
        // The first that has arrived, or one that still came nearer.
        if (arrived < Arrived || (last >= Arrived + 0.02 && last > arrived - 0.02) || window.Grid(start).ChangeTo(window.Grid(end)) < LeastChange)
            return false;
        int onTheWay = 0, halfway = 0;
        double before = 0;
        for (long i = start + 1; i <= end; i++)
        {
            double along = Along(window, start, end, i, square), off = OffLine(window, start, i, along, square);
            if (i >= frame ? along < Arrived || off > OffTheEnd : along - before > LongestStep || along - before < -Backwards)
                return false;
            before = along;
            if (i >= frame || along is <= Left or >= 1 - Left)
                continue;
            if (off > OffTheLine || window.Grid(i).IsBlank)
                return false;
            onTheWay++;
            if (along is > Halfway and < 1 - Halfway)
                halfway++;
        }

        return onTheWay >= LeastFrames && halfway >= LeastHalfway && window.Grid(start).LikenessWhenMoved(window.Grid(end)) < CutRule.NotPanned;
    }

    /// <summary>|b - a|^2.</summary>
    private static double Square(ShotWindow window, long a, long b) => window.Product(a, a) + window.Product(b, b) - (2 * window.Product(a, b));

    /// <summary>Where a frame's foot on the line lies: (m - a)(b - a) / |b - a|^2.</summary>
    private static double Along(ShotWindow window, long a, long b, long m, double square) =>
        (window.Product(m, b) - window.Product(m, a) - window.Product(a, b) + window.Product(a, a)) / square;

    /// <summary>A frame's distance from the line, in the line's length.</summary>
    private static double OffLine(ShotWindow window, long a, long m, double along, double square) =>
        Math.Sqrt(Math.Max(0, (Square(window, a, m) / square) - (along * along)));
}
