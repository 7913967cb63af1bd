using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>How <see cref="FlowSmoother"/> smooths.</summary>
public sealed record FlowSmoothingOptions
{
    /// <summary>Most frames of a window: the one in hand, those behind it and those ahead.</summary>
    public const int MostFrames = 24;

    /// <summary>Frames looked at on each side unless told otherwise. One brings most of the gain and three bring no more: the way along the
    /// motion is the less sure the longer it is.</summary>
    public const int DefaultSide = 2;

    /// <summary>0 (none) to 1: at s a neighbour that is sure of itself counts s / (1 - s) beside 1 for the frame in hand.</summary>
    public double Strength { get; init; } = 0.5;

    /// <summary>Frames before the one in hand that are looked at.</summary>
    public int Behind { get; init; } = DefaultSide;

    /// <summary>Frames after it; so many are held back. 0 where the picture is live.</summary>
    public int Ahead { get; init; } = DefaultSide;

    /// <summary>What a neighbour two frames away counts beside one that is next; three away the square of it, and so on.</summary>
    public double Fading { get; init; } = 0.5;

    /// <summary>A difference of alpha at which a neighbour counts 1/e of its weight, where the picture stands still.</summary>
    public double Tolerance { get; init; } = 0.5;

    /// <summary>The same where it moves: vectors go astray there, above all at edges, and a matte brought to the wrong place would trail.</summary>
    public double MovingTolerance { get; init; } = 0.44;

    /// <summary>True: motion is looked for in the cutout (sure background is grey), so that the background's motion does not drag the edge;
    /// for mattes that are good. False: in the whole picture; for mattes that lose their subject now and then.</summary>
    public bool FollowsCutout { get; init; } = true;

    /// <summary>For networks that keep a state: they are steady by themselves, and a large difference is more often a vector gone astray than
    /// flicker.</summary>
    public static FlowSmoothingOptions Recurrent { get; } = new();

    /// <summary>For networks that see each frame anew: they lose parts of their subject from frame to frame, so that neighbours are heard from
    /// farther away and however much they differ, and the whole picture's motion is followed.</summary>
    public static FlowSmoothingOptions Still { get; } = new() { Behind = 4, Ahead = 4, Fading = 0.8, Tolerance = 1, MovingTolerance = 0.6, FollowsCutout = false };

    /// <exception cref="MatteException">Usage: <c>smoothing-strength</c>, <c>smoothing-window</c>.</exception>
    internal void Validate()
    {
        if (Strength is not (>= 0 and <= 1))
            throw new MatteException(ErrorKind.Usage, "smoothing-strength", string.Create(CultureInfo.InvariantCulture,
                $"--smoothing-strength {Strength}: the strength is a number from 0 (no smoothing) to 1."));
        if (Behind < 0 || Ahead < 0 || (long)Behind + Ahead + 1 > MostFrames)
            throw new MatteException(ErrorKind.Usage, "smoothing-window", string.Create(CultureInfo.InvariantCulture,
                $"A window of {Behind} frames behind and {Ahead} ahead: both are 0 or more, and with the frame in hand at most {MostFrames}."));
        if (!(Tolerance > 0 && MovingTolerance > 0))
            throw new MatteException(ErrorKind.Usage, "smoothing-window", string.Create(CultureInfo.InvariantCulture,
                $"Tolerances of {Tolerance} and {MovingTolerance}: they are differences of alpha above 0."));
        if (Fading is not (>= 0 and <= 1))
            throw new MatteException(ErrorKind.Usage, "smoothing-window", string.Create(CultureInfo.InvariantCulture,
                $"A fading of {Fading}: it is a number from 0 (only the nearest neighbours) to 1 (all alike)."));
    }
}
