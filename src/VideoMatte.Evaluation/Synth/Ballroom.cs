namespace VideoMatte.Evaluation.Synth;

/// <summary>A hall at the end of the day: plaster, tall arched windows, curtains, panelling, a floor of planks.</summary>
internal sealed class Ballroom : IScene
{
    private const double FloorLine = 262;

    public Tint At(double x, double y) => y > FloorLine ? Floor(x, y) : y > 226 ? Panelling(x, y) : Wall(x, y);

    private static Tint Wall(double x, double y)
    {
        double plaster = (0.13 * Texture.Fractal(x / 46, y / 46, 1, 5)) + (0.09 * Texture.Fractal(x / 4.5, y / 4.5, 9, 3));
        double light = 0.8 + (0.22 * Texture.Step(0, 240, y)) - (0.0004 * Math.Abs(x - 320));
        Tint wall = new Tint(0.47, 0.56, 0.55) * (light * (1 + plaster));
        // A moulding under the ceiling.
        if (y < 22)
            wall *= 0.8 + (0.25 * Trigonometry.Sin(y * 0.75)) + (0.1 * Trigonometry.Sin(x * 0.52));
        for (int i = 0; i < 3; i++)
            wall = Window(wall, x - (112 + (208 * i)), y, i);
        return wall;
    }

    private static Tint Window(Tint wall, double x, double y, int number)
    {
        double inside = WindowDepth(x, y, 46), frame = WindowDepth(x, y, 55);
        if (frame <= 0)
            return Curtain(wall, x, y);
        if (inside <= 0)
            return new Tint(0.36, 0.25, 0.17) * (0.75 + (0.05 * Math.Min(frame, 9)) + (0.12 * Texture.Fractal(x / 2, y / 30, 4, 3)));
        double bar = Math.Min(Math.Abs(Math.Abs(x) - 15.5), Math.Abs(((y - 20) / 38) - Math.Floor((y - 20) / 38) - 0.5) * 38);
        Tint sky = Tint.Mix(new Tint(0.52, 0.66, 0.86), new Tint(1.0, 0.83, 0.58),
            Texture.Step(40, 190, y + (14 * Texture.Fractal(x / 30, y / 12, 5, 4))));
        double tree = 150 + (26 * Texture.Fractal((x + (number * 90)) / 22, 3, 6, 4)) + (16 * Texture.Fractal(x / 5, y / 5, 7, 3));
        if (y > tree)
            sky = Tint.Mix(new Tint(0.36, 0.42, 0.24), new Tint(0.2, 0.29, 0.18), Texture.Value(x / 4, y / 4, 8))
                * (0.8 + (0.5 * Texture.Value(x / 1.7, y / 1.7, 2)));
        sky *= 0.9 + (0.1 * Texture.Step(0, 8, inside));
        return Tint.Mix(new Tint(0.4, 0.29, 0.2), sky, Texture.Step(1.1, 2.1, bar));
    }

    private static Tint Curtain(Tint wall, double x, double y)
    {
        double away = Math.Abs(x), sag = 80 - (22 * Texture.Step(40, 190, y)) + (8 * Texture.Step(190, 226, y));
        if (away > sag || away < 40 || y < 30)
            return wall;
        double fold = Trigonometry.Sin((away * 1.05) + (0.02 * y)) + (0.4 * Trigonometry.Sin((away * 2.3) - (0.03 * y)));
        double weave = 0.12 * Texture.Fractal(x * 0.8, y * 0.35, 12, 3);
        return new Tint(0.66, 0.5, 0.27) * (0.62 + (0.24 * fold) + weave);
    }

    private static double WindowDepth(double x, double y, double half)
    {
        // An arch over a rectangle: depth inside the border, in pixels.
        const double Spring = 92;
        if (y > Spring)
            return Math.Min(half - Math.Abs(x), 212 + half - 46 - y);
        double dy = y - Spring;
        return half - Math.Sqrt((x * x) + (dy * dy));
    }

    private static Tint Panelling(double x, double y)
    {
        double cell = (x + 8) / 52, at = (cell - Math.Floor(cell)) * 52,
            edge = Math.Min(Math.Min(at, 52 - at) - 5, Math.Min(y - 233, 256 - y));
        double relief = edge is > 0 and < 3 ? (at < 8 || y < 237 ? -0.22 : 0.2) : edge <= 0 ? 0.06 : 0;
        double grain = 0.16 * Texture.Fractal(x / 34, y / 1.6, 20, 4);
        Tint wood = new Tint(0.43, 0.29, 0.2) * (0.82 + relief + grain);
        return y < 229 ? wood * 1.35 : wood;
    }

    private static Tint Floor(double x, double y)
    {
        double depth = 1 / (y - 190), u = (x - 320) * depth * 9.5, v = 2600 * depth;
        double plank = Math.Floor(u), within = u - plank, length = (v / 5) + (3.7 * Texture.Lattice((int)plank, 1, 31)),
            board = Math.Floor(length);
        double tone = Texture.Lattice((int)plank, (int)board, 33), grain = Texture.Fractal(u * 9, v * 0.7, 35, 4);
        Tint wood = Tint.Mix(new Tint(0.5, 0.33, 0.2), new Tint(0.68, 0.48, 0.3), tone) * (0.82 + (0.2 * grain));
        double joint = Math.Min(Math.Min(within, 1 - within) / (depth * 9.5), (length - board) * 5 / (2600 * depth * depth));
        wood *= 0.62 + (0.38 * Texture.Step(0.1, 1.3, joint));
        // The windows shine on it.
        for (int i = 0; i < 3; i++)
        {
            double away = Math.Abs(x - (112 + (208 * i))) / (44 + (0.18 * (y - FloorLine)));
            wood += new Tint(0.3, 0.24, 0.16) * (Texture.Step(1.25, 0.5, away) * Texture.Step(365, 262, y) * (0.8 + (0.3 * grain)));
        }

        return wood * (0.9 + (0.1 * Texture.Step(262, 272, y)));
    }
}
