namespace VideoMatte.Evaluation.Synth;

/// <summary>A terrace over a lake in the evening: sky with flakes of cloud, a low moon, ranges of hills, water, a balustrade, tiles.</summary>
internal sealed class Terrace : IScene
{
    private const double Shore = 196;
    private const double FloorLine = 286;

    public Tint At(double x, double y)
    {
        if (y > FloorLine)
            return Tiles(x, y);
        Tint far = y > Shore ? Water(x, y) : Land(x, y);
        return Balustrade(far, x, y);
    }

    private static Tint Land(double x, double y)
    {
        Tint tint = Sky(x, y);
        for (int range = 0; range < 4; range++)
        {
            double nearness = range / 3.0, along = (x / (150 - (26 * range))) + (7 * range);
            double ridge = 118 + (24 * range) - ((44 - (8 * range)) * Texture.Fractal(along, 0.5, 40 + (uint)(10 * range), 5));
            if (y < ridge)
                continue;
            Tint haze = Tint.Mix(new Tint(0.56, 0.5, 0.62), new Tint(0.16, 0.24, 0.27), nearness);
            double trees = Texture.Fractal(x / (7 - range), y / (6 - range), 44, 4);
            tint = haze * (1 + ((0.1 + (0.4 * nearness)) * trees) + (0.12 * Texture.Step(ridge + 12, ridge, y)));
        }

        return tint;
    }

    private static Tint Sky(double x, double y)
    {
        Tint sky = Tint.Mix(new Tint(0.3, 0.36, 0.6), new Tint(0.98, 0.7, 0.5), Texture.Step(-20, 150, y));
        double cloud = Texture.Fractal(x / 90, y / 17, 50, 5), lit = Texture.Step(0.02, 0.4, cloud);
        sky = Tint.Mix(sky, Tint.Mix(new Tint(0.72, 0.56, 0.66), new Tint(1.0, 0.8, 0.66), Texture.Step(20, 130, y)), 0.75 * lit);
        // Flakes in rows: a plain sky tells nothing of how much of it shows through a veil.
        double rows = Texture.Fractal((x + (2 * y)) / 14, y / 6, 52, 3);
        double field = Texture.Step(-0.1, 0.25, Texture.Fractal(x / 160, y / 60, 57, 2) + 0.3);
        Tint flakes = Tint.Mix(new Tint(0.86, 0.66, 0.72), new Tint(1.0, 0.86, 0.72), Texture.Step(20, 130, y));
        sky = Tint.Mix(sky, flakes, 0.8 * field * Texture.Step(-0.05, 0.2, rows));
        double dx = x - 470, dy = y - 58, moon = Math.Sqrt((dx * dx) + (dy * dy));
        sky += new Tint(0.2, 0.18, 0.14) * (0.7 * Texture.Step(80, 14, moon));
        return Tint.Mix(sky, new Tint(1.0, 0.95, 0.84) * (0.93 + (0.1 * Texture.Fractal(x / 9, y / 9, 55, 3))),
            Texture.Step(19.5, 18.3, moon));
    }

    private static Tint Water(double x, double y)
    {
        double depth = (y - Shore) / 90, wave = Texture.Fractal(x / (14 + (30 * depth)), (y - Shore) / (1.1 + (3 * depth)), 60, 4);
        Tint mirrored = Land(x + (14 * wave), Math.Max(Shore - 4 - ((y - Shore) * 1.9) + (10 * wave), 0));
        return Tint.Mix(mirrored, new Tint(0.2, 0.3, 0.4), 0.3 + (0.2 * depth)) * (0.92 + (0.22 * wave));
    }

    private static Tint Balustrade(Tint far, double x, double y)
    {
        double grit = 1 + (0.16 * Texture.Fractal(x / 9, y / 9, 70, 4)) + (0.12 * Texture.Fractal(x / 1.8, y / 1.8, 74, 2));
        var stone = new Tint(0.66, 0.6, 0.55);
        if (y is > 222 and < 235)
            return stone * (grit * (1.12 - (0.04 * (y - 222))));
        if (y > 272)
            return stone * (grit * (0.86 - (0.012 * (y - 272))));
        if (y < 222)
            return far;
        double post = Math.Abs(((x + 40) / 160) - Math.Floor((x + 40) / 160) - 0.5) * 160;
        if (post < 15)
            return stone * (grit * (0.95 - (0.02 * post)));
        double at = ((x / 20) - Math.Floor(x / 20) - 0.5) * 20;
        double half = 2.7 + (4.2 * Texture.Step(16, 0, Math.Abs(y - 259))) + (1.8 * Texture.Step(4, 0, y - 235));
        return Math.Abs(at) < half ? stone * (grit * (0.86 - (0.2 * at / half))) : far;
    }

    private static Tint Tiles(double x, double y)
    {
        double depth = 1 / (y - 214), u = (x - 300) * depth * 4.2, v = 1500 * depth * 0.7;
        double column = Math.Floor(u + (0.5 * Math.Floor(v))), row = Math.Floor(v), inU = u + (0.5 * row) - column, inV = v - row;
        double tone = Texture.Lattice((int)column, (int)row, 80), grain = Texture.Fractal(u * 4, v * 4, 82, 5);
        Tint tile = Tint.Mix(new Tint(0.6, 0.48, 0.4), new Tint(0.47, 0.42, 0.42), tone) * (0.95 + (0.24 * grain));
        double joint = Math.Min(Math.Min(inU, 1 - inU) / (depth * 4.2), Math.Min(inV, 1 - inV) / (1050 * depth * depth));
        return tile * ((0.6 + (0.4 * Texture.Step(0.2, 1.6, joint))) * (0.86 + (0.22 * Texture.Step(290, 360, y))));
    }
}
