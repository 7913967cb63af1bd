namespace VideoMatte.Evaluation.Synth;

/// <summary>A sheer scarf: a long end streams back from the raised hand, a short one falls from the reaching hand.</summary>
internal sealed class Veil(DancerLook look)
{
    private const int Joints = 24;

    private readonly Outline _outline = new();

    public void DrawBehind(Canvas canvas, Pose pose, (double X, double Y) hand) =>
        Draw(canvas, pose, hand, look.VeilLength, 62, -1, -0.28, 0);

    public void DrawFront(Canvas canvas, Pose pose, (double X, double Y) hand) => Draw(canvas, pose, hand, 96, 44, -0.28, -0.96, 1.3);

    private void Draw(
        Canvas canvas, Pose pose, (double X, double Y) hand, double length, double width, double dx, double dy, double phase)
    {
        Span<(double X, double Y)> line = stackalloc (double, double)[Joints];
        Span<double> widths = stackalloc double[Joints];
        for (int i = 0; i < Joints; i++)
        {
            double t = (double)i / (Joints - 1), wave = 13 * t * Trigonometry.Sin((6.5 * t) - pose.Sway - pose.Beat + phase);
            double along = length * t, x = (dx * along) - (dy * wave), y = (dy * along) + (dx * wave) - (16 * t * t);
            line[i] = (hand.X + (pose.Facing * pose.Scale * x), hand.Y - (pose.Scale * y));
            double gather = 1 - ((1 - t) * (1 - t) * (1 - t));
            widths[i] = pose.Scale * (4 + (width * gather * (1 + (0.16 * Trigonometry.Sin((8 * t) + pose.Sway + phase)))));
        }

        _outline.Clear().AddBand(line, widths);
        canvas.Fill(_outline, new VeilPaint(pose, look));
    }
}
