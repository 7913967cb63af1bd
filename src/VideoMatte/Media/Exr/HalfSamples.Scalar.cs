namespace VideoMatte.Media.Exr;

internal static partial class HalfSamples
{
    internal static void PackScalar(ReadOnlySpan<float> light, Span<ushort> bits, int from = 0)
    {
        for (int i = from; i < light.Length; i++)
        {
            float value = light[i] > 0 ? light[i] : 0;
            bits[i] = BitConverter.HalfToUInt16Bits((Half)(value < Largest ? value : Largest));
        }
    }
}
