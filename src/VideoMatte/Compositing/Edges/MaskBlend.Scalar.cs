namespace VideoMatte.Compositing.Edges;

internal static partial class MaskBlend
{
    internal static void IncludeScalar(Span<ushort> alpha, ReadOnlySpan<ushort> mask)
    {
        for (int i = 0; i < alpha.Length; i++)
            alpha[i] = Math.Max(alpha[i], mask[i]);
    }

    internal static void ExcludeScalar(Span<ushort> alpha, ReadOnlySpan<ushort> mask)
    {
        for (int i = 0; i < alpha.Length; i++)
            alpha[i] = Math.Min(alpha[i], (ushort)(ushort.MaxValue - mask[i]));
    }

    internal static void MultiplyScalar(Span<ushort> alpha, ReadOnlySpan<ushort> mask)
    {
        for (int i = 0; i < alpha.Length; i++)
            alpha[i] = (ushort)(((alpha[i] * (ulong)mask[i]) + 32767) / 65535);
    }
}
