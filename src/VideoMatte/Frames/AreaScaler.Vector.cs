using System.Numerics;

namespace VideoMatte.Frames;

public sealed partial class AreaScaler
{
    internal static void AddRowVector(ReadOnlySpan<byte> row, float weight, Span<float> sums)
    {
        int i = 0, quarter = Vector<float>.Count;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[i..]), out Vector<ushort> low, out Vector<ushort> high);
            AddHalf(low, weight, sums[i..]);
            AddHalf(high, weight, sums[(i + (2 * quarter))..]);
        }

        AddRowScalar(row[i..], weight, sums[i..]);
    }

    internal static void AddRowVector(ReadOnlySpan<ushort> row, float weight, Span<float> sums)
    {
        int i = 0;
        for (; i <= row.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
            AddHalf(new Vector<ushort>(row[i..]), weight, sums[i..]);
        AddRowScalar(row[i..], weight, sums[i..]);
    }

    internal static void AddRowVector(ReadOnlySpan<float> row, float weight, Span<float> sums)
    {
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sums[i..]) + (new Vector<float>(row[i..]) * weight)).CopyTo(sums[i..]);
        AddRowScalar(row[i..], weight, sums[i..]);
    }

    /// <summary>Multiplies and adds in two steps, each rounded, as the scalar twin does: the twins agree bit for bit.</summary>
    private static void AddHalf(Vector<ushort> samples, float weight, Span<float> sums)
    {
        Vector.Widen(samples, out Vector<uint> low, out Vector<uint> high);
        Vector<float> a = Vector.ConvertToSingle(Vector.AsVectorInt32(low)) * weight;
        Vector<float> b = Vector.ConvertToSingle(Vector.AsVectorInt32(high)) * weight;
        (new Vector<float>(sums) + a).CopyTo(sums);
        Span<float> rest = sums[Vector<float>.Count..];
        (new Vector<float>(rest) + b).CopyTo(rest);
    }
}
