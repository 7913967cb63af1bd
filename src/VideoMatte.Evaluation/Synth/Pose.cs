namespace VideoMatte.Evaluation.Synth;

/// <summary>Where and how a dancer is at one instant: from the figure's own place (x forward, y up, the hips above the origin on the
/// floor, 320 high) to the picture's.</summary>
/// <param name="X">Column of the figure's origin.</param>
/// <param name="Floor">Row of the floor.</param>
/// <param name="Scale">Pixels a unit.</param>
/// <param name="Facing">1 to the right, -1 to the left.</param>
/// <param name="Beat">Angle of the step: two steps are one turn.</param>
/// <param name="Sway">Angle of the slow sway of arms and cloth.</param>
internal readonly record struct Pose(double X, double Floor, double Scale, int Facing, double Beat, double Sway)
{
    /// <summary>Up and down at each step, in units.</summary>
    public double Lift => 4 + (4 * Trigonometry.Sin((2 * Beat) + 0.6));

    /// <summary>How far the upper body leans forward, in units at the shoulders.</summary>
    public double Lean => 9 + (5 * Trigonometry.Sin(Sway));

    /// <summary>A place of the body: leaning, and lifted with the step.</summary>
    public (double X, double Y) Body(double x, double y)
    {
        double high = Math.Max(y - 150, 0) / 110;
        return Place(x + (Lean * high * Math.Min(high, 1.3)), y + Lift);
    }

    /// <summary>A place on or near the floor.</summary>
    public (double X, double Y) Place(double x, double y) => (X + (Facing * Scale * x), Floor - (Scale * y));
}
