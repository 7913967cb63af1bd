namespace VideoMatte.Inference;

internal static partial class HalfConversion
{
    internal static void FromUnitScalar(ReadOnlySpan<float> single, Span<Half> half, int from = 0)
    {
        for (int i = from; i < half.Length; i++)
        {
            float value = single[i] > 0 ? single[i] : 0;
            half[i] = (Half)(value < 1 ? value : 1);
        }
    }

    internal static void ToSingleScalar(ReadOnlySpan<Half> half, Span<float> single, int from = 0)
    {
        for (int i = from; i < single.Length; i++)
            single[i] = (float)half[i];
    }
}
