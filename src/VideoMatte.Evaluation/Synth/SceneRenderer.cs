namespace VideoMatte.Evaluation.Synth;

/// <summary>Paints a scene once, as the mean of 3 x 3 places a pixel.</summary>
internal static class SceneRenderer
{
    private const int Places = 3;

    /// <returns>R, G, B of each pixel, 0..1, row after row.</returns>
    public static float[] Render(IScene scene, int width, int height)
    {
        var pixels = new float[3 * width * height];
        double scale = 640.0 / width;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Tint sum = default;
                for (int i = 0; i < Places * Places; i++)
                {
                    Tint at = scene.At((x + (((i % Places) + 0.5) / Places)) * scale, (y + (((i / Places) + 0.5) / Places)) * scale);
                    sum += new Tint(Math.Clamp(at.R, 0, 1), Math.Clamp(at.G, 0, 1), Math.Clamp(at.B, 0, 1));
                }

                int pixel = 3 * ((y * width) + x);
                pixels[pixel] = (float)(sum.R / (Places * Places));
                pixels[pixel + 1] = (float)(sum.G / (Places * Places));
                pixels[pixel + 2] = (float)(sum.B / (Places * Places));
            }
        }

        return pixels;
    }
}
