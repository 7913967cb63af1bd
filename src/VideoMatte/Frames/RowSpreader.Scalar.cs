namespace VideoMatte.Frames;

internal sealed partial class RowSpreader
{
    internal static void SpreadScalar(ReadOnlySpan<float> small, ReadOnlySpan<int> first, ReadOnlySpan<float> share, Span<float> full, int from)
    {
        int next = small.Length > 1 ? 1 : 0;
        for (int x = from; x < full.Length; x++)
        {
            float near = small[first[x]];
            full[x] = near + (share[x] * (small[first[x] + next] - near));
        }
    }
}
