namespace VideoMatte.Matting;

/// <summary>Three factors, for R', G', B'.</summary>
internal readonly record struct RgbWeights(float R, float G, float B)
{
    public RgbWeights(double r, double g, double b)
        : this((float)r, (float)g, (float)b)
    {
    }

    public static RgbWeights operator *(RgbWeights w, float factor) => new(w.R * factor, w.G * factor, w.B * factor);
}
