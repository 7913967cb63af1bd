namespace VideoMatte.Evaluation.Synth;

/// <summary>One shot: a scene, and dancers who cross it one after another, evenly spaced. Crossing at a constant pace is what lets every
/// pixel of the scene be seen most of the time: a pixel is covered for (width of the figure) / (pace) frames of every 25.</summary>
/// <param name="Start">Its first frame in the clip.</param>
/// <param name="Frames">How many frames.</param>
/// <param name="Scene">The background.</param>
/// <param name="Looks">The dancers, in turn.</param>
/// <param name="Pace">Pixels a frame; negative to the left.</param>
/// <param name="Spacing">Pixels from one dancer to the next.</param>
/// <param name="Offset">Column of the first dancer at the first frame.</param>
/// <param name="Floor">Row the dancers stand on.</param>
/// <param name="Scale">Pixels a unit of the figure.</param>
internal sealed record SampleShot(
    int Start, int Frames, IScene Scene, IReadOnlyList<DancerLook> Looks, double Pace, double Spacing, double Offset, double Floor,
    double Scale)
{
    /// <summary>A figure's reach from its origin, in units: beyond it nothing of it is in the picture.</summary>
    private const double Reach = 190;

    /// <summary>Frames from one foot's landing to the other's.</summary>
    private const double FramesPerStep = 12.5;

    private readonly Dancer[] _dancers = [.. Looks.Select(look => new Dancer(look))];

    /// <summary>When a foot comes down (in frames since the shot's first) and in which column the dancer then is who is nearest the middle
    /// of a picture <paramref name="width"/> wide.</summary>
    public IEnumerable<(double Time, double Column)> Steps(int width)
    {
        for (double time = FramesPerStep / 2; time < Frames; time += FramesPerStep)
        {
            double lead = Offset + (Pace * time) - (width / 2.0);
            yield return (time, (width / 2.0) + lead - (Spacing * Math.Floor((lead / Spacing) + 0.5)));
        }
    }

    /// <summary>Draws all who are in the picture at an instant.</summary>
    /// <param name="time">Frames since the shot's first, with fractions.</param>
    public void Draw(Canvas canvas, double time)
    {
        int facing = Pace > 0 ? 1 : -1;
        double lead = Offset + (Pace * time), reach = Reach * Scale;
        int from = (int)Math.Floor((-reach - lead) / Spacing), to = (int)Math.Ceiling((canvas.Width + reach - lead) / Spacing);
        for (int number = from; number <= to; number++)
        {
            double x = lead + (number * Spacing);
            if (x < -reach || x > canvas.Width + reach)
                continue;
            int who = ((number % _dancers.Length) + _dancers.Length) % _dancers.Length;
            double beat = (Math.PI * time / FramesPerStep) + (Math.PI * number), sway = (Math.PI * time / 19) + (2.3 * number);
            _dancers[who].Draw(canvas, new Pose(x, Floor, Scale, facing, beat, sway));
        }
    }
}
