using System.Numerics;

namespace VideoMatte.Matting.Still;

internal sealed partial class MatteUpsampler
{
    /// <summary>Multiplies and adds apart, as the scalar twin does: the twins agree bit for bit.</summary>
    internal static void ApplyVector(
        ReadOnlySpan<float> nearSlope,
        ReadOnlySpan<float> farSlope,
        ReadOnlySpan<float> nearLevel,
        ReadOnlySpan<float> farLevel,
        float nearWeight,
        ReadOnlySpan<float> red,
        ReadOnlySpan<float> green,
        ReadOnlySpan<float> blue,
        Span<float> output)
    {
        int i = 0;
        Vector<float> near = new(nearWeight), far = new(1 - nearWeight), third = new(1f / 3), zero = Vector<float>.Zero, one = Vector<float>.One;
        for (; i <= output.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> slope = (new Vector<float>(nearSlope[i..]) * near) + (new Vector<float>(farSlope[i..]) * far);
            Vector<float> level = (new Vector<float>(nearLevel[i..]) * near) + (new Vector<float>(farLevel[i..]) * far);
            Vector<float> grey = (new Vector<float>(red[i..]) + new Vector<float>(green[i..]) + new Vector<float>(blue[i..])) * third;
            Vector<float> value = (slope * grey) + level;
            value = Vector.ConditionalSelect(Vector.GreaterThan(value, zero), value, zero);
            Vector.Min(value, one).CopyTo(output[i..]);
        }

        ApplyScalar(nearSlope, farSlope, nearLevel, farLevel, nearWeight, red, green, blue, output, i);
    }
}
