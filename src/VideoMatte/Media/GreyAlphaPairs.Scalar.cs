namespace VideoMatte.Media;

internal static partial class GreyAlphaPairs
{
    internal static void JoinScalar(ReadOnlySpan<byte> grey, ReadOnlySpan<byte> alpha, Span<byte> pairs)
    {
        for (int i = 0; i < grey.Length; i++)
        {
            pairs[2 * i] = grey[i];
            pairs[(2 * i) + 1] = alpha[i];
        }
    }
}
