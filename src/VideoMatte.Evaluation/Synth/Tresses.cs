namespace VideoMatte.Evaluation.Synth;

/// <summary>Hair: a dense mass near the head, and single strands, 1 to 2 pixels wide and thinner at the tip, that stream behind.</summary>
internal sealed class Tresses
{
    private const int Strands = 110;
    private const int Joints = 15;

    private readonly Outline _outline = new();
    private readonly DancerLook _look;
    private readonly Strand[] _strands = new Strand[Strands];

    public Tresses(DancerLook look)
    {
        _look = look;
        var random = new Pcg32(look.Seed, 11);
        for (int i = 0; i < Strands; i++)
        {
            _strands[i] = new Strand(
                random.NextUnit(), random.NextBetween(0.55, 1.08), random.NextBetween(-1, 1), random.NextBetween(0, 6.28),
                random.NextBetween(1.0, 2.1), random.NextUnit());
        }
    }

    public void DrawBehind(Canvas canvas, Pose pose)
    {
        _outline.SetBodyLoop(pose, [(-4, 314), (-16, 309), (-23, 297), (-30, 284), (-44, 273 - (3 * Trigonometry.Sin(pose.Beat))),
            (-30, 266), (-16, 264),
            (-6, 276), (0, 296)]);
        canvas.Fill(_outline, Gradient(pose));
        for (int i = 0; i < Strands; i++)
            DrawStrand(canvas, pose, _strands[i]);
    }

    public void DrawFront(Canvas canvas, Pose pose)
    {
        _outline.SetBodyLoop(pose, [(15, 304), (11, 312), (0, 316), (-13, 312), (-20, 302), (-19, 287), (-11, 276), (-6, 281), (-5, 292),
            (2, 300)]);
        canvas.Fill(_outline, Gradient(pose));
        for (int petal = 0; petal < 5; petal++)
        {
            double angle = (petal * 1.2566) + (0.2 * pose.Facing), x = -8 + (5 * Trigonometry.Cos(angle)),
                y = 299 + (5 * Trigonometry.Sin(angle));
            _outline.SetBodyLoop(pose, [(x - 4, y), (x, y + 4), (x + 4, y), (x, y - 4)]);
            canvas.Fill(_outline, new FlatPaint(_look.Trim * (0.78 + (0.05 * petal))));
        }

        _outline.SetBodyLoop(pose, [(-10, 299), (-8, 301), (-6, 299), (-8, 297)]);
        canvas.Fill(_outline, new FlatPaint(new Tint(0.96, 0.8, 0.3)));
    }

    private GradientPaint Gradient(Pose pose) => new(pose.Body(-20, 286), _look.Hair, pose.Body(2, 318), _look.HairLight);

    private void DrawStrand(Canvas canvas, Pose pose, in Strand strand)
    {
        Span<(double X, double Y)> line = stackalloc (double, double)[Joints];
        Span<double> widths = stackalloc double[Joints];
        // Rooted round the back of the head, from the crown (0) to the nape (1).
        double rootX = -8 - (9 * Trigonometry.Sin(3.1 * strand.Root)), rootY = 309 - (36 * strand.Root),
            length = _look.HairLength * strand.Length;
        for (int i = 0; i < Joints; i++)
        {
            double t = (double)i / (Joints - 1), free = t * t;
            double wave = Trigonometry.Sin((5.2 * t) - (2 * pose.Beat) + (0.5 * strand.Phase));
            double x = rootX - (length * t) + (6 * free * wave);
            double y = rootY - (length * 0.24 * t) - (10 * free) + (length * free * strand.Stray
                * (0.14 + (0.2 * strand.Stray * strand.Stray)))
                + (length * (0.06 + (0.05 * t)) * t * wave) + (3 * t * Trigonometry.Sin((9 * t) + strand.Phase));
            line[i] = pose.Body(x, y);
            widths[i] = Math.Max(strand.Width * (1 - (0.6 * t)), 0.5);
        }

        _outline.Clear().AddBand(line, widths);
        canvas.Fill(_outline, new FlatPaint(Tint.Mix(_look.Hair, _look.HairLight, strand.Shine * strand.Shine)));
    }

    /// <param name="Root">Where on the head, 0 crown to 1 nape.</param>
    /// <param name="Length">Share of the look's length.</param>
    /// <param name="Stray">Away from the stream, -1 down to 1 up.</param>
    /// <param name="Phase">Of its wave, an angle.</param>
    /// <param name="Width">At the root, in pixels.</param>
    /// <param name="Shine">0 dark to 1 light.</param>
    private readonly record struct Strand(double Root, double Length, double Stray, double Phase, double Width, double Shine);
}
