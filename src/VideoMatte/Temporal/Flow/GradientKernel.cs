using System.Numerics;

namespace VideoMatte.Temporal.Flow;

/// <summary>Gradients by Sobel's operator: central differences, smoothed by 1 2 1 across them, in codes a pixel.</summary>
internal static partial class GradientKernel
{
    /// <summary>One line of gradients.</summary>
    /// <param name="above">The line above, from one sample before the first result on: two samples more than the result.</param>
    /// <param name="line">The line itself, likewise.</param>
    /// <param name="below">The line below, likewise.</param>
    /// <param name="alongX">Gradient to the right.</param>
    /// <param name="alongY">Gradient downwards; as many.</param>
    public static void Sobel(
        ReadOnlySpan<float> above, ReadOnlySpan<float> line, ReadOnlySpan<float> below, Span<float> alongX, Span<float> alongY)
    {
        int reach = alongX.Length + 2;
        if (above.Length < reach || line.Length < reach || below.Length < reach || alongY.Length != alongX.Length)
            throw new ArgumentException("gradient: a line is too short");
        if (Vector.IsHardwareAccelerated)
            SobelVector(above, line, below, alongX, alongY);
        else
            SobelScalar(above, line, below, alongX, alongY, 0);
    }
}
