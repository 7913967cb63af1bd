namespace VideoMatte.Compositing;

/// <summary>The hue of a screen by the channels that make it: one (a green screen) or two (magenta). Its tint in a colour is what the least of
/// these has over the largest of the others: max(0, G - max(R, B)) for green. Skin, hair and yellow have none of it.</summary>
internal readonly record struct SpillHue(bool Red, bool Green, bool Blue)
{
    /// <summary>Least tint, of 0..1, that makes a colour one of a hue.</summary>
    private const float LeastTint = .08f;

    /// <summary>The hue of a colour, R'G'B' in 0..1; null where it is nearly grey.</summary>
    public static SpillHue? Of(float r, float g, float b)
    {
        float most = Math.Max(r, Math.Max(g, b)), least = Math.Min(r, Math.Min(g, b)), middle = r + g + b - most - least;
        if (most - least < LeastTint)
            return null;
        // Two channels make it where the middle one is nearer to the largest.
        float line = middle - least > most - middle ? middle : most;
        SpillHue hue = new(r >= line, g >= line, b >= line);
        return hue.Tint(r, g, b) >= LeastTint ? hue : null;
    }

    /// <summary>The tint in a colour, below 0 where it leans the other way. Only differences of channels count: what is the same in all three
    /// (luma) may be left out.</summary>
    public float Tint(float r, float g, float b)
    {
        float least = float.MaxValue, most = float.MinValue;
        Count(Red, r);
        Count(Green, g);
        Count(Blue, b);
        return least - most;

        void Count(bool own, float value)
        {
            if (own)
                least = Math.Min(least, value);
            else
                most = Math.Max(most, value);
        }
    }
}
