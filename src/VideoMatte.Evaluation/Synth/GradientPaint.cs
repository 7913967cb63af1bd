namespace VideoMatte.Evaluation.Synth;

/// <summary>From one opaque colour to another along a line.</summary>
internal readonly struct GradientPaint : IPaint
{
    private readonly Tint _from;
    private readonly Tint _to;
    private readonly (double X, double Y) _start;
    private readonly (double X, double Y) _step;

    public GradientPaint((double X, double Y) start, Tint from, (double X, double Y) end, Tint to)
    {
        double dx = end.X - start.X, dy = end.Y - start.Y, square = (dx * dx) + (dy * dy);
        (_from, _to, _start, _step) = (from, to, start, (dx / square, dy / square));
    }

    public void StartRow(double y)
    {
    }

    public Tint At(double x, double y, out double opacity)
    {
        opacity = 1;
        return Tint.Mix(_from, _to, Math.Clamp(((x - _start.X) * _step.X) + ((y - _start.Y) * _step.Y), 0, 1));
    }
}
