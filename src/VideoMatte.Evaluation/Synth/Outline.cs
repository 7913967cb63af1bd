namespace VideoMatte.Evaluation.Synth;

/// <summary>A closed shape as a list of corners, reused from shape to shape; places are in pixels of the picture.</summary>
internal sealed class Outline
{
    private (double X, double Y)[] _points = new (double, double)[256];

    public int Count { get; private set; }

    public ReadOnlySpan<(double X, double Y)> Points => _points.AsSpan(0, Count);

    public Outline Clear()
    {
        Count = 0;
        return this;
    }

    public void Add(double x, double y)
    {
        if (Count == _points.Length)
            Array.Resize(ref _points, 2 * Count);
        _points[Count++] = (x, y);
    }

    /// <summary>Adds the closed Catmull-Rom curve through the knots, <paramref name="steps"/> corners from one knot to the next.</summary>
    public void AddLoop(ReadOnlySpan<(double X, double Y)> knots, int steps)
    {
        int n = knots.Length;
        for (int i = 0; i < n; i++)
        {
            (double X, double Y) a = knots[(i + n - 1) % n], b = knots[i], c = knots[(i + 1) % n], d = knots[(i + 2) % n];
            for (int step = 0; step < steps; step++)
            {
                double t = (double)step / steps;
                Add(CatmullRom(a.X, b.X, c.X, d.X, t), CatmullRom(a.Y, b.Y, c.Y, d.Y, t));
            }
        }
    }

    /// <summary>Becomes the closed curve through knots on a dancer's body.</summary>
    /// <param name="pose">The dancer's.</param>
    /// <param name="knots">In the figure's own place, see <see cref="Pose"/>.</param>
    public void SetBodyLoop(Pose pose, ReadOnlySpan<(double X, double Y)> knots)
    {
        Span<(double X, double Y)> placed = stackalloc (double, double)[knots.Length];
        for (int i = 0; i < knots.Length; i++)
            placed[i] = pose.Body(knots[i].X, knots[i].Y);
        Clear().AddLoop(placed, 6);
    }

    /// <summary>Adds a band along a line of points: <paramref name="widths"/> is its full width at each of them.</summary>
    public void AddBand(ReadOnlySpan<(double X, double Y)> line, ReadOnlySpan<double> widths)
    {
        for (int i = 0; i < line.Length; i++)
            AddBeside(line, i, widths[i] / 2);
        for (int i = line.Length - 1; i >= 0; i--)
            AddBeside(line, i, -widths[i] / 2);
    }

    private void AddBeside(ReadOnlySpan<(double X, double Y)> line, int i, double distance)
    {
        (double X, double Y) before = line[Math.Max(i - 1, 0)], after = line[Math.Min(i + 1, line.Length - 1)];
        double dx = after.X - before.X, dy = after.Y - before.Y, length = Math.Sqrt((dx * dx) + (dy * dy));
        double scale = length > 0 ? distance / length : 0;
        Add(line[i].X - (dy * scale), line[i].Y + (dx * scale));
    }

    private static double CatmullRom(double a, double b, double c, double d, double t) =>
        b + (0.5 * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
}
