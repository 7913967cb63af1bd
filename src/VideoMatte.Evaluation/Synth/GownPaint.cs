namespace VideoMatte.Evaluation.Synth;

/// <summary>A flared skirt: folds that run down from the waist and travel round it, tiers, dots that lie in the cloth.</summary>
internal struct GownPaint(Pose pose, DancerLook look, double waist, double hem, double opacity) : IPaint
{
    /// <summary>Half the skirt's width at the waist, in units.</summary>
    public const double WaistHalf = 17;

    private readonly double _perPixel = 1 / (pose.Facing * pose.Scale);
    private double _down;
    private double _spread;
    private double _centre;
    private double _perFront;
    private double _perBack;
    private double _travel;
    private double _tier;
    private double _sheer;

    /// <summary>How wide the skirt is at a share of its length, 0..1.</summary>
    public static double Flare(double down) => (1.46 * down) - (0.46 * down * down);

    /// <summary>How far the skirt swings, in units.</summary>
    public static double Swing(Pose pose, double down) => 7 * down * Trigonometry.Sin(pose.Beat - (1.4 * down));

    public void StartRow(double y)
    {
        _down = Math.Clamp((waist - ((pose.Floor - y) / pose.Scale)) / (waist - hem), 0, 1.1);
        _spread = Flare(_down);
        _centre = (pose.Lean * 0.25 * (1 - _down)) + Swing(pose, _down);
        _perFront = 1 / (WaistHalf + ((look.HemFront - WaistHalf) * _spread));
        _perBack = 1 / (WaistHalf + ((look.HemBack - WaistHalf) * _spread));
        _travel = (2.2 * _down) + (1.5 * Trigonometry.Sin(pose.Beat + (3 * _down)));
        double tiers = _down * 4.2, within = tiers - Math.Floor(tiers);
        _tier = 1 - (0.35 * Texture.Step(0.86, 1.0, within)) + (0.12 * Texture.Step(0.18, 0.0, within));
        _sheer = opacity * Texture.Step(0.1, 0.45, _down);
    }

    public readonly Tint At(double x, double y, out double alpha)
    {
        double ux = ((x - pose.X) * _perPixel) - _centre, across = ux * (ux > 0 ? _perFront : _perBack);
        double fold = (0.62 * Trigonometry.Sin((9 * across) + _travel))
            + (0.38 * Trigonometry.Sin((23 * across) - (3 * _down) + pose.Sway));
        fold *= 0.35 + (0.65 * _down);
        double round = 1 - (0.42 * across * across);
        double light = (0.5 + (0.6 * fold) + (0.16 * across * pose.Facing)) * round * _tier;
        alpha = opacity < 1 ? _sheer * (1 + (0.45 * fold)) : 1;
        Tint tint = Tint.Mix(look.GownShadow, look.Gown, Math.Clamp(0.25 + (0.95 * light), 0, 1.25));
        if (_down > 0.945)
            return Tint.Mix(tint, look.Trim * (0.55 + (0.55 * light)), Texture.Step(0.945, 0.96, _down));
        return look.Dots ? Tint.Mix(tint, look.Trim * (0.55 + (0.5 * light)), Dot(across * (1.1 + (1.7 * _spread)), _down * 6.4)) : tint;
    }

    private static double Dot(double u, double v)
    {
        double row = Math.Floor(v), shifted = (u * 1.6) + (((long)row & 1) == 0 ? 0.25 : 0.75);
        double dx = shifted - Math.Floor(shifted) - 0.5, dy = v - row - 0.5;
        return Texture.Step(0.3, 0.2, Math.Sqrt((dx * dx * 1.3) + (dy * dy)));
    }
}
