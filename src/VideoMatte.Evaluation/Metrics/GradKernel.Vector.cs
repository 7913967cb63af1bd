using System.Numerics;
using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Metrics;

internal static partial class GradKernel
{
    internal static void AcrossVector(ReadOnlySpan<float> padded, Span<float> smooth, Span<float> slope)
    {
        Vector<float> g0 = new(Smooth[0]), g1 = new(Smooth[1]), g2 = new(Smooth[2]), g3 = new(Smooth[3]), g4 = new(Smooth[4]);
        Vector<float> s1 = new(Slope[1]), s2 = new(Slope[2]), s3 = new(Slope[3]), s4 = new(Slope[4]);
        int i = 0;
        for (; i <= smooth.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            ReadOnlySpan<float> at = padded.Slice(i, Vector<float>.Count + (2 * Half));
            Vector<float> b4 = new(at), b3 = new(at[1..]), b2 = new(at[2..]), b1 = new(at[3..]);
            Vector<float> a1 = new(at[5..]), a2 = new(at[6..]), a3 = new(at[7..]), a4 = new(at[8..]);
            Vector<float> sum = (g0 * new Vector<float>(at[4..])) + (g1 * (b1 + a1)) + (g2 * (b2 + a2)) + (g3 * (b3 + a3)) + (g4 * (b4 + a4));
            sum.CopyTo(smooth[i..]);
            ((s1 * (b1 - a1)) + (s2 * (b2 - a2)) + (s3 * (b3 - a3)) + (s4 * (b4 - a4))).CopyTo(slope[i..]);
        }

        AcrossScalar(padded, smooth, slope, i);
    }

    internal static void DownVector(ReadOnlySpan<float> smooth, ReadOnlySpan<float> slope, ReadOnlySpan<int> rows, Span<float> lengths)
    {
        Vector<float> g0 = new(Smooth[0]), g1 = new(Smooth[1]), g2 = new(Smooth[2]), g3 = new(Smooth[3]), g4 = new(Smooth[4]);
        Vector<float> s1 = new(Slope[1]), s2 = new(Slope[2]), s3 = new(Slope[3]), s4 = new(Slope[4]);
        int i = 0;
        for (; i <= lengths.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> x = g0 * Row(slope, rows[4] + i);
            x += g1 * (Row(slope, rows[3] + i) + Row(slope, rows[5] + i));
            x += g2 * (Row(slope, rows[2] + i) + Row(slope, rows[6] + i));
            x += g3 * (Row(slope, rows[1] + i) + Row(slope, rows[7] + i));
            x += g4 * (Row(slope, rows[0] + i) + Row(slope, rows[8] + i));
            Vector<float> y = s1 * (Row(smooth, rows[3] + i) - Row(smooth, rows[5] + i));
            y += s2 * (Row(smooth, rows[2] + i) - Row(smooth, rows[6] + i));
            y += s3 * (Row(smooth, rows[1] + i) - Row(smooth, rows[7] + i));
            y += s4 * (Row(smooth, rows[0] + i) - Row(smooth, rows[8] + i));
            Vector.SquareRoot((x * x) + (y * y)).CopyTo(lengths[i..]);
        }

        DownScalar(smooth, slope, rows, lengths, i);
    }

    internal static double SquaredDifferenceVector(ReadOnlySpan<float> lengths, float scale, ReadOnlySpan<float> others, float otherScale)
    {
        Vector<float> s = new(scale), t = new(otherScale);
        Vector<double> sum = default;
        int i = 0;
        for (; i <= lengths.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> difference = (s * new Vector<float>(lengths[i..])) - (t * new Vector<float>(others[i..]));
            Vector.Widen(difference * difference, out Vector<double> low, out Vector<double> high);
            sum += low + high;
        }

        return Vector.Sum(sum) + SquaredDifferenceScalar(lengths[i..], scale, others[i..], otherScale);
    }

    internal static (float Least, float Greatest) ExtremesVector(ReadOnlySpan<float> values)
    {
        Vector<float> least = new(values[0]), greatest = least;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = new(values[i..]);
            least = Vector.Min(least, value);
            greatest = Vector.Max(greatest, value);
        }

        (float low, float high) = (least[0], greatest[0]);
        for (int lane = 1; lane < Vector<float>.Count; lane++)
            (low, high) = (Math.Min(low, least[lane]), Math.Max(high, greatest[lane]));
        return ExtremesScalar(values[i..], low, high);
    }

    internal static void ToUnitVector(ReadOnlySpan<ushort> codes, Span<float> unit)
    {
        Vector<float> full = new((float)AlphaMatte.Opaque);
        int i = 0;
        for (; i <= codes.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(codes[i..]), out Vector<uint> low, out Vector<uint> high);
            (Vector.ConvertToSingle(Vector.AsVectorInt32(low)) / full).CopyTo(unit[i..]);
            (Vector.ConvertToSingle(Vector.AsVectorInt32(high)) / full).CopyTo(unit[(i + Vector<float>.Count)..]);
        }

        ToUnitScalar(codes, unit, i);
    }

    private static Vector<float> Row(ReadOnlySpan<float> rows, int at) => new(rows[at..]);
}
