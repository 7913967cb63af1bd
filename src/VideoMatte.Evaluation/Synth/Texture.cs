namespace VideoMatte.Evaluation.Synth;

/// <summary>Lattice noise and the small functions that scenes are made of.</summary>
internal static class Texture
{
    /// <summary>Smooth noise, 0..1, of one feature a unit; the same for the same seed and place everywhere.</summary>
    public static double Value(double x, double y, uint seed)
    {
        double floorX = Math.Floor(x), floorY = Math.Floor(y);
        int column = (int)floorX, row = (int)floorY;
        double u = Ease(x - floorX), v = Ease(y - floorY);
        double top = Mix(Lattice(column, row, seed), Lattice(column + 1, row, seed), u);
        double bottom = Mix(Lattice(column, row + 1, seed), Lattice(column + 1, row + 1, seed), u);
        return Mix(top, bottom, v);
    }

    /// <summary>Noise summed over <paramref name="octaves"/>, each of twice the frequency and half the height; -1..1 about 0.</summary>
    public static double Fractal(double x, double y, uint seed, int octaves)
    {
        double sum = 0, height = 1, total = 0;
        for (int octave = 0; octave < octaves; octave++)
        {
            sum += height * ((2 * Value(x, y, seed + (uint)octave)) - 1);
            total += height;
            height *= 0.5;
            x = (2 * x) + 17.3;
            y = (2 * y) + 5.1;
        }

        return sum / total;
    }

    /// <summary>0 below <paramref name="low"/>, 1 above <paramref name="high"/>, smooth between.</summary>
    public static double Step(double low, double high, double x) => Ease(Math.Clamp((x - low) / (high - low), 0, 1));

    public static double Mix(double a, double b, double t) => a + ((b - a) * t);

    /// <summary>Uniform in [0, 1) for a lattice point.</summary>
    public static double Lattice(int column, int row, uint seed)
    {
        unchecked
        {
            // Two rounds of multiply and fold (constants of MurmurHash3's finaliser).
            uint h = ((uint)column * 0x9E3779B1) ^ ((uint)row * 0x85EBCA77) ^ (seed * 0xC2B2AE3D);
            h = (h ^ (h >> 16)) * 0x85EBCA6B;
            h = (h ^ (h >> 13)) * 0xC2B2AE35;
            return (h ^ (h >> 16)) * (1.0 / 4294967296.0);
        }
    }

    private static double Ease(double t) => t * t * (3 - (2 * t));
}
