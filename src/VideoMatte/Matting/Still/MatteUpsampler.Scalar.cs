namespace VideoMatte.Matting.Still;

internal sealed partial class MatteUpsampler
{
    internal static void ApplyScalar(
        ReadOnlySpan<float> nearSlope,
        ReadOnlySpan<float> farSlope,
        ReadOnlySpan<float> nearLevel,
        ReadOnlySpan<float> farLevel,
        float nearWeight,
        ReadOnlySpan<float> red,
        ReadOnlySpan<float> green,
        ReadOnlySpan<float> blue,
        Span<float> output,
        int from = 0)
    {
        float farWeight = 1 - nearWeight;
        for (int i = from; i < output.Length; i++)
        {
            float slope = (nearSlope[i] * nearWeight) + (farSlope[i] * farWeight);
            float level = (nearLevel[i] * nearWeight) + (farLevel[i] * farWeight);
            float value = (slope * ((red[i] + green[i] + blue[i]) * (1f / 3))) + level;
            output[i] = value > 0 ? Math.Min(value, 1) : 0;
        }
    }
}
