namespace VideoMatte.Evaluation.Synth;

/// <summary>A display-referred colour, 0..1 a channel, not premultiplied.</summary>
internal readonly record struct Tint(double R, double G, double B)
{
    public static Tint operator *(Tint tint, double gain) => new(tint.R * gain, tint.G * gain, tint.B * gain);

    public static Tint operator +(Tint a, Tint b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public static Tint Mix(Tint a, Tint b, double t) => new(a.R + ((b.R - a.R) * t), a.G + ((b.G - a.G) * t), a.B + ((b.B - a.B) * t));
}
