using System.Numerics;

namespace VideoMatte.Temporal.Flow;

internal static partial class GradientKernel
{
    internal static void SobelVector(
        ReadOnlySpan<float> above, ReadOnlySpan<float> line, ReadOnlySpan<float> below, Span<float> alongX, Span<float> alongY)
    {
        Vector<float> eighth = new(.125f);
        int i = 0;
        for (; i <= alongX.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> aboveLeft = new(above[i..]), aboveRight = new(above[(i + 2)..]);
            Vector<float> belowLeft = new(below[i..]), belowRight = new(below[(i + 2)..]);
            Vector<float> middle = new Vector<float>(line[(i + 2)..]) - new Vector<float>(line[i..]);
            ((aboveRight - aboveLeft + (belowRight - belowLeft) + (middle + middle)) * eighth).CopyTo(alongX[i..]);
            Vector<float> centre = new Vector<float>(below[(i + 1)..]) - new Vector<float>(above[(i + 1)..]);
            ((belowLeft - aboveLeft + (belowRight - aboveRight) + (centre + centre)) * eighth).CopyTo(alongY[i..]);
        }

        SobelScalar(above, line, below, alongX, alongY, i);
    }
}
