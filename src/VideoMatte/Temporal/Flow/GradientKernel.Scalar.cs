namespace VideoMatte.Temporal.Flow;

internal static partial class GradientKernel
{
    internal static void SobelScalar(
        ReadOnlySpan<float> above, ReadOnlySpan<float> line, ReadOnlySpan<float> below, Span<float> alongX, Span<float> alongY, int from)
    {
        for (int i = from; i < alongX.Length; i++)
        {
            float middle = line[i + 2] - line[i];
            alongX[i] = (above[i + 2] - above[i] + (below[i + 2] - below[i]) + (middle + middle)) * .125f;
            float centre = below[i + 1] - above[i + 1];
            alongY[i] = (below[i] - above[i] + (below[i + 2] - above[i + 2]) + (centre + centre)) * .125f;
        }
    }
}
