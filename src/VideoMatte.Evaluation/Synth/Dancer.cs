namespace VideoMatte.Evaluation.Synth;

/// <summary>Draws a dancer at one instant: from the far arm over the gown to the near arm. Hair and veil are <see cref="Tresses"/>'s
/// and <see cref="Veil"/>'s.</summary>
internal sealed class Dancer
{
    private const double Waist = 190;
    private const int HemSteps = 72;

    private readonly Outline _outline = new();
    private readonly Tresses _tresses;
    private readonly Veil _veil;
    private readonly DancerLook _look;

    public Dancer(DancerLook look)
    {
        _look = look;
        _tresses = new Tresses(look);
        _veil = new Veil(look);
    }

    public void Draw(Canvas canvas, Pose pose)
    {
        (double X, double Y) raised = RaisedHand(pose), reaching = ReachingHand(pose);
        _veil.DrawBehind(canvas, pose, raised);
        DrawSkirt(canvas, pose, 1.1, 1, 0.5);
        DrawShoes(canvas, pose);
        DrawArm(canvas, pose, pose.Body(-15, 246), pose.Body(-52, 284 + (5 * Trigonometry.Sin(pose.Sway))), raised, 0.86);
        DrawSkirt(canvas, pose, 0.94, 12, 1);
        DrawBodice(canvas, pose);
        _tresses.DrawBehind(canvas, pose);
        DrawHead(canvas, pose);
        _tresses.DrawFront(canvas, pose);
        DrawArm(canvas, pose, pose.Body(15, 244), pose.Body(40, 226 + (6 * Trigonometry.Sin(pose.Sway + 1))), reaching, 1);
        _veil.DrawFront(canvas, pose, reaching);
    }

    private static (double X, double Y) RaisedHand(Pose pose) =>
        pose.Body(-33 + (6 * Trigonometry.Sin(pose.Sway + 0.7)), 321 + (5 * Trigonometry.Sin(pose.Sway + 0.5)));

    private static (double X, double Y) ReachingHand(Pose pose) =>
        pose.Body(70 + (5 * Trigonometry.Sin(pose.Sway + 0.4)), 246 + (9 * Trigonometry.Sin(pose.Sway + 1.6)));

    /// <param name="hem">Height of the hem's mean above the floor, in units.</param>
    /// <param name="wide">Of the flare, 1 is as the look says.</param>
    private void DrawSkirt(Canvas canvas, Pose pose, double wide, double hem, double opacity)
    {
        double top = Waist + pose.Lift;
        _outline.Clear();
        for (int i = 0; i <= 16; i++)
            AddSide(pose, i / 16.0, top, hem, wide, 1);
        for (int i = 1; i < HemSteps; i++)
        {
            double across = 1 - (2.0 * i / HemSteps);
            double reach = across * wide * (across > 0 ? _look.HemFront : _look.HemBack);
            double ripple = (4.2 * Trigonometry.Sin((13 * across) + pose.Beat)) + (2.4 * Trigonometry.Sin((29 * across) - pose.Sway));
            double rise = 9 * across * across;
            (double x, double y) = pose.Place(reach + GownPaint.Swing(pose, 1), hem + rise + (ripple * (1 - (0.6 * across * across))));
            _outline.Add(x, y);
        }

        for (int i = 16; i >= 0; i--)
            AddSide(pose, i / 16.0, top, hem, wide, -1);
        canvas.Fill(_outline, new GownPaint(pose, _look, top, hem, opacity));
    }

    private void AddSide(Pose pose, double down, double top, double hem, double wide, int side)
    {
        double spread = GownPaint.Flare(down), full = side > 0 ? _look.HemFront : _look.HemBack;
        double half = GownPaint.WaistHalf + (((full * wide) - GownPaint.WaistHalf) * spread);
        double flutter = 2.5 * down * Trigonometry.Sin((9 * down) - (2 * pose.Beat) + side);
        double centre = (pose.Lean * 0.25 * (1 - down)) + GownPaint.Swing(pose, down);
        (double x, double y) = pose.Place(centre + (side * half) + flutter, top + ((hem + (9 * down * down) - top) * down));
        _outline.Add(x, y);
    }

    private void DrawShoes(Canvas canvas, Pose pose)
    {
        for (int foot = -1; foot <= 1; foot += 2)
        {
            double stride = 24 * foot * Trigonometry.Sin(pose.Beat), up = Math.Max(0, 7 * foot * Trigonometry.Cos(pose.Beat));
            Knots(pose, stride, up, [(-13, 14), (-9, 1), (2, 2), (20, 0), (21, 4), (8, 12), (0, 20)]);
            canvas.Fill(_outline, new FlatPaint(_look.Trim * 0.5));
        }
    }

    private void DrawBodice(Canvas canvas, Pose pose)
    {
        // Skin of neck and shoulders first, the bodice over it.
        Tint skin = _look.Skin, shadow = _look.SkinShadow;
        (double, double) front = pose.Body(30, 250), back = pose.Body(-24, 236);
        _outline.SetBodyLoop(pose, [(-6, 276), (7, 276), (9, 262), (24, 254), (26, 240), (0, 226), (-24, 240), (-22, 253), (-7, 262)]);
        canvas.Fill(_outline, new GradientPaint(back, shadow, front, skin));
        _outline.SetBodyLoop(pose, [(-23, 246), (-14, 240), (0, 234), (14, 239), (23, 246), (25, 232), (21, 214), (17, 196), (19, 184),
            (0, 178), (-19, 184), (-17, 196), (-19, 214), (-24, 232)]);
        canvas.Fill(_outline, new GradientPaint(pose.Body(-24, 210), _look.GownShadow, pose.Body(26, 230), _look.Gown * 1.08));
        _outline.SetBodyLoop(pose, [(-18, 199), (0, 195), (18, 199), (19, 189), (0, 184), (-19, 189)]);
        canvas.Fill(_outline, new GradientPaint(pose.Body(-20, 190), _look.Trim * 0.5, pose.Body(20, 190), _look.Trim));
    }

    private void DrawHead(Canvas canvas, Pose pose)
    {
        (double X, double Y)[] face =
        [
            (-2, 312), (10, 310), (16, 302), (17, 295), (21.5, 289), (18, 286), (18.5, 282), (15.5, 278), (12, 272), (4, 271), (-5, 276),
            (-14, 285), (-16, 298),
        ];
        _outline.SetBodyLoop(pose, face);
        canvas.Fill(_outline, new GradientPaint(pose.Body(-10, 280), _look.SkinShadow, pose.Body(19, 296), _look.Skin));
        _outline.SetBodyLoop(pose, [(8, 295.6), (11, 294.4), (15, 295.4), (11.5, 293)]);
        canvas.Fill(_outline, new FlatPaint(_look.Hair * 0.8));
        _outline.SetBodyLoop(pose, [(8, 299.5), (12, 301.4), (16, 300), (12, 300)]);
        canvas.Fill(_outline, new FlatPaint(_look.Hair * 0.9));
        _outline.SetBodyLoop(pose, [(12.5, 281.5), (15.5, 283.6), (18.4, 282), (16, 279.8)]);
        canvas.Fill(_outline, new FlatPaint(new Tint(0.72, 0.16, 0.17)));
    }

    private void DrawArm(Canvas canvas, Pose pose, (double X, double Y) shoulder, (double X, double Y) elbow, (double X, double Y) hand,
        double light)
    {
        const int Steps = 14;
        Span<(double X, double Y)> line = stackalloc (double, double)[Steps + 1];
        Span<double> widths = stackalloc double[Steps + 1];
        for (int i = 0; i <= Steps; i++)
        {
            // A quadratic curve through the elbow at half way: arms of dancers have no corners.
            double t = (double)i / Steps, a = (1 - t) * (1 - (2 * t)), b = 4 * t * (1 - t), c = t * ((2 * t) - 1);
            line[i] = ((a * shoulder.X) + (b * elbow.X) + (c * hand.X), (a * shoulder.Y) + (b * elbow.Y) + (c * hand.Y));
            double muscle = 12.5 - (7 * t) + (1.5 * Trigonometry.Sin(6.2 * t));
            double palm = 3.4 * Texture.Step(0.84, 0.93, t) * Texture.Step(1.04, 0.95, t);
            widths[i] = pose.Scale * Math.Max((muscle + palm) * (i == Steps ? 0.5 : 1), 1);
        }

        _outline.Clear().AddBand(line, widths);
        double x = pose.Facing * pose.Scale * 5, y = pose.Scale * 9;
        (double, double) lit = (shoulder.X + x, shoulder.Y - y), dark = (shoulder.X - x, shoulder.Y + y);
        canvas.Fill(_outline, new GradientPaint(dark, _look.SkinShadow * light, lit, _look.Skin * light));
    }

    private void Knots(Pose pose, double x, double y, ReadOnlySpan<(double X, double Y)> knots)
    {
        Span<(double X, double Y)> placed = stackalloc (double, double)[knots.Length];
        for (int i = 0; i < knots.Length; i++)
            placed[i] = pose.Place(x + knots[i].X, y + knots[i].Y);
        _outline.Clear().AddLoop(placed, 6);
    }
}
