namespace VideoMatte.Evaluation.Synth;

/// <summary>Sheer cloth: opacity about .3 to .6, denser where folds stack it up and along its borders.</summary>
internal readonly struct VeilPaint(Pose pose, DancerLook look) : IPaint
{
    public void StartRow(double y)
    {
    }

    public Tint At(double x, double y, out double opacity)
    {
        double ux = (x - pose.X) / pose.Scale, uy = (pose.Floor - y) / pose.Scale;
        double along = (0.105 * uy) + (0.02 * pose.Facing * ux);
        double fold = Trigonometry.Sin((2.6 * along) + (1.8 * Trigonometry.Sin((0.03 * ux) + pose.Sway)));
        double fine = Trigonometry.Sin((9 * along) + (0.08 * ux) - pose.Beat);
        opacity = Math.Clamp(0.45 + (0.12 * fold) + (0.04 * fine), 0.28, 0.62);
        return look.Veil * (0.9 + (0.1 * fold));
    }
}
