using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

/// <summary>What is done to a matte's edges, in this order. The defaults do nothing.</summary>
public sealed record EdgeSettings
{
    /// <summary>Farthest an edge is moved, pixels.</summary>
    public const double MostGrow = 32;

    /// <summary>Widest feather, pixels to each side.</summary>
    public const double MostFeather = 64;

    /// <summary>Largest speck looked for, pixels across.</summary>
    public const double MostDespeckle = 1000;

    public static EdgeSettings None { get; } = new();

    public MatteLevels Levels { get; init; } = MatteLevels.Unchanged;

    /// <summary>Pixels by which the 50 % line moves outwards; negative: inwards. -32 to 32; 0: not at all.</summary>
    public double Grow { get; init; }

    /// <summary>Pixels to each side over which a hard edge is spread (two standard deviations), 0 to 64; 0: not at all.</summary>
    public double Feather { get; init; }

    /// <summary>Specks and pinholes smaller than this many pixels across go, 0 to 1000; up to 1 none is smaller.</summary>
    public double Despeckle { get; init; }

    /// <summary>The tools that do something, in order, as a plan prints them: <c>levels 0.1,0.9,1</c>, <c>grow -1.5</c>.</summary>
    public IEnumerable<string> Steps
    {
        get
        {
            if (!Levels.ChangesNothing)
                yield return $"levels {Levels}";
            if (Grow != 0)
                yield return string.Create(CultureInfo.InvariantCulture, $"grow {Grow}");
            if (Feather > 0)
                yield return string.Create(CultureInfo.InvariantCulture, $"feather {Feather}");
            if (Despeckle > 1)
                yield return string.Create(CultureInfo.InvariantCulture, $"despeckle {Despeckle}");
        }
    }

    /// <exception cref="MatteException">Usage: a number lies outside its range.</exception>
    public void Validate()
    {
        Within("--matte-grow", Grow, -MostGrow, MostGrow);
        Within("--matte-feather", Feather, 0, MostFeather);
        Within("--matte-despeckle", Despeckle, 0, MostDespeckle);
    }

    private static void Within(string option, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            throw new MatteException(ErrorKind.Usage, option.TrimStart('-'), string.Create(CultureInfo.InvariantCulture,
                $"{option} {value}: give a number of pixels from {least} to {most}."));
    }
}
