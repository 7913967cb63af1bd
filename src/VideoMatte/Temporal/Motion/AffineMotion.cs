namespace VideoMatte.Temporal.Motion;

/// <summary>A place (x, y) goes to (x + U + Ux x + Uy y, y + V + Vx x + Vy y), in pixels, counted from the middle of the picture.</summary>
internal readonly record struct AffineMotion(double U, double Ux, double Uy, double V, double Vx, double Vy)
{
    /// <summary>Where places stay.</summary>
    public static AffineMotion None => default;

    /// <summary>The farthest a corner of a picture goes, pixels.</summary>
    public double Reach(int width, int height)
    {
        double most = 0;
        for (int corner = 0; corner < 4; corner++)
        {
            (double u, double v) = At((corner & 1) == 0 ? -width / 2.0 : width / 2.0, corner < 2 ? -height / 2.0 : height / 2.0);
            most = Math.Max(most, Math.Sqrt((u * u) + (v * v)));
        }

        return most;
    }

    public (double U, double V) At(double x, double y) => (U + (Ux * x) + (Uy * y), V + (Vx * x) + (Vy * y));

    /// <summary>The way back. Turns and stretches are small: it always exists.</summary>
    public AffineMotion Inverse()
    {
        double a = 1 + Ux, b = Uy, c = Vx, d = 1 + Vy, one = 1 / ((a * d) - (b * c));
        double ia = d * one, ib = -b * one, ic = -c * one, id = a * one;
        return new(-((ia * U) + (ib * V)), ia - 1, ib, -((ic * U) + (id * V)), ic, id - 1);
    }

    /// <summary>This motion, then another from where it leads.</summary>
    public AffineMotion Then(AffineMotion next)
    {
        (double u, double v) = next.At(U, V);
        return new(
            U + u, Ux + ((1 + Ux) * next.Ux) + (Vx * next.Uy), Uy + (Uy * next.Ux) + ((1 + Vy) * next.Uy),
            V + v, Vx + ((1 + Ux) * next.Vx) + (Vx * next.Vy), Vy + (Uy * next.Vx) + ((1 + Vy) * next.Vy));
    }

    /// <summary>The same motion of a picture of another size.</summary>
    /// <param name="x">Its columns by those of this one.</param>
    /// <param name="y">Its rows by those of this one.</param>
    public AffineMotion Scaled(double x, double y) => new(U * x, Ux, Uy * x / y, V * y, Vx * y / x, Vy);

    /// <summary>The vectors of a row of a picture, from column 0 on.</summary>
    public void Row(int y, int width, int height, Span<float> u, Span<float> v)
    {
        double left = (1 - width) / 2.0, down = y - ((height - 1) / 2.0);
        (double u0, double v0) = At(left, down);
        for (int x = 0; x < width; x++)
            (u[x], v[x]) = ((float)(u0 + (Ux * x)), (float)(v0 + (Vx * x)));
    }
}
