namespace VideoMatte.Testing.Flow;

/// <summary>A motion of the plane: p becomes M p + t.</summary>
internal readonly record struct Motion(double Xx, double Xy, double Yx, double Yy, double X, double Y)
{
    public static Motion Shift(double x, double y) => new(1, 0, 0, 1, x, y);

    /// <summary>Around the middle of a picture: grown, and turned by degrees.</summary>
    public static Motion Turn(int width, int height, double growth, double degrees)
    {
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        (double c, double s, double x, double y) = (growth * cosine, growth * sine, width / 2.0, height / 2.0);
        return new Motion(c, -s, s, c, x - (c * x) + (s * y), y - (s * x) - (c * y));
    }

    public (double X, double Y) Apply(double x, double y) => ((Xx * x) + (Xy * y) + X, (Yx * x) + (Yy * y) + Y);

    /// <summary>Where a point came from.</summary>
    public (double X, double Y) Undo(double x, double y)
    {
        double dx = x - X, dy = y - Y, determinant = (Xx * Yy) - (Xy * Yx);
        return (((Yy * dx) - (Xy * dy)) / determinant, ((Xx * dy) - (Yx * dx)) / determinant);
    }
}
