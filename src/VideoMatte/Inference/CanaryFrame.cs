using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Inference;

/// <summary>A small picture by which a provider is tried against the CPU before frame 0: graphics processors fail in silence, with an empty
/// or frozen matte. Two frames are run, so that the second depends on the states of the first.</summary>
public static class CanaryFrame
{
    /// <summary>Most mean difference of pha and of fgr, in 0..1. Reduced precision on a device (TF32, half) costs a few thousandths; a
    /// provider that is wrong costs tenths.</summary>
    public const float MeanTolerance = 0.01f;

    private const int DefaultWidth = 256;
    private const int DefaultHeight = 192;
    private const float Ratio = 0.5f;
    private const int Steps = 2;

    /// <summary>Runs both; leaves both reset.</summary>
    /// <param name="candidate">The session on the provider in question.</param>
    /// <param name="reference">A session of the same model on the CPU.</param>
    /// <returns>Null where they agree, else what was seen.</returns>
    public static string? Compare(RecurrentSession candidate, RecurrentSession reference)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(reference);
        int width = reference.FixedWidth ?? DefaultWidth, height = reference.FixedHeight ?? DefaultHeight;
        string? fault = null;
        for (int step = 0; step < Steps && fault is null; step++)
        {
            foreach (RecurrentSession session in new[] { candidate, reference })
            {
                Draw(session.Prepare(width, height), width, height, step);
                session.Run(Ratio);
            }

            fault = Differs("pha", candidate.Alpha, reference.Alpha, step) ?? Differs("fgr", candidate.Foreground, reference.Foreground, step);
        }

        candidate.Reset();
        reference.Reset();
        return fault;
    }

    /// <summary>Head and shoulders, roughly, before a striped wall, a little further right at each step.</summary>
    internal static void Draw(Span<float> rgb, int width, int height, int step)
    {
        int pixels = width * height;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float u = ((x + .5f) / width) - .5f - (.02f * step), v = (y + .5f) / height;
                bool head = (u * u / .012f) + ((v - .38f) * (v - .38f) / .03f) < 1;
                bool body = v > .6f && u * u < .09f * (v - .45f);
                float wall = .55f + (.15f * MathF.Sin((x * .21f) + (y * .05f)));
                (float r, float g, float b) = head ? (.80f, .60f, .50f) : body ? (.15f, .20f, .45f) : (wall, wall * .95f, wall * .85f);
                int at = (y * width) + x;
                (rgb[at], rgb[pixels + at], rgb[(2 * pixels) + at]) = (r, g, b);
            }
        }
    }

    internal static string? Differs(string tensor, ReadOnlySpan<float> found, ReadOnlySpan<float> expected, int step)
    {
        double sum = 0;
        for (int i = 0; i < expected.Length; i++)
            sum += Math.Abs(found[i] - expected[i]);
        double mean = sum / expected.Length;
        // A comparison written so that no number at all fails too.
        return mean <= MeanTolerance
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{tensor} of frame {step} differs from the CPU's by {mean:F3} in the mean");
    }
}
