namespace VideoMatte.Frames;

public sealed partial class AreaScaler
{
    internal static void AddRowScalar(ReadOnlySpan<byte> row, float weight, Span<float> sums)
    {
        for (int i = 0; i < row.Length; i++)
            sums[i] += weight * row[i];
    }

    internal static void AddRowScalar(ReadOnlySpan<ushort> row, float weight, Span<float> sums)
    {
        for (int i = 0; i < row.Length; i++)
            sums[i] += weight * row[i];
    }

    internal static void AddRowScalar(ReadOnlySpan<float> row, float weight, Span<float> sums)
    {
        for (int i = 0; i < row.Length; i++)
            sums[i] += weight * row[i];
    }
}
