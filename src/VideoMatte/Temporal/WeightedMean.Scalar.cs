namespace VideoMatte.Temporal;

internal static partial class WeightedMean
{
    internal static void MixScalar(ReadOnlySpan<ushort> now, Span<ushort> before, ushort weight)
    {
        uint rest = 65535u - weight;
        for (int i = 0; i < now.Length; i++)
            before[i] = (ushort)(((now[i] * rest) + ((uint)before[i] * weight) + 32767) / 65535);
    }
}
