namespace VideoMatte.Evaluation.Synth;

/// <summary>One opaque colour.</summary>
internal readonly struct FlatPaint(Tint tint) : IPaint
{
    public void StartRow(double y)
    {
    }

    public Tint At(double x, double y, out double opacity)
    {
        opacity = 1;
        return tint;
    }
}
