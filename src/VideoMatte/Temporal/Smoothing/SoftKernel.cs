using System.Numerics;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>Rows of small planes, each sample made of its neighbours across or down; the neighbours are gathered in registers, so that a row
/// is written once.</summary>
internal static class SoftKernel
{
    /// <summary>result[x] = the greatest of padded[x .. x + 2 reach].</summary>
    /// <param name="padded">As long as the result and twice the reach.</param>
    /// <param name="result">Not the same memory.</param>
    public static void GrowAcross(ReadOnlySpan<float> padded, Span<float> result)
    {
        int more = padded.Length - result.Length, x = 0;
        for (; x <= result.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector<float> most = new(padded[x..]);
            for (int k = 1; k <= more; k++)
                most = Vector.MaxNative(most, new Vector<float>(padded[(x + k)..]));
            most.CopyTo(result[x..]);
        }

        for (; x < result.Length; x++)
        {
            float most = padded[x];
            for (int k = 1; k <= more; k++)
                most = Math.Max(most, padded[x + k]);
            result[x] = most;
        }
    }

    /// <summary>result[x] = the greatest of that column in some rows of a plane.</summary>
    /// <param name="plane">Rows as long as the result, one after the other.</param>
    /// <param name="first">The first row to look at.</param>
    /// <param name="last">The last one.</param>
    /// <param name="result">Not the plane's memory.</param>
    public static void GrowDown(ReadOnlySpan<float> plane, int first, int last, Span<float> result)
    {
        int width = result.Length, x = 0;
        for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector<float> most = new(plane[((first * width) + x)..]);
            for (int y = first + 1; y <= last; y++)
                most = Vector.MaxNative(most, new Vector<float>(plane[((y * width) + x)..]));
            most.CopyTo(result[x..]);
        }

        for (; x < width; x++)
        {
            float most = plane[(first * width) + x];
            for (int y = first + 1; y <= last; y++)
                most = Math.Max(most, plane[(y * width) + x]);
            result[x] = most;
        }
    }

    /// <summary>A symmetric kernel along a row.</summary>
    /// <param name="padded">As long as the result and twice the kernel's reach.</param>
    /// <param name="half">The kernel from its middle outwards.</param>
    /// <param name="result">Not the same memory.</param>
    public static void SoftenAcross(ReadOnlySpan<float> padded, ReadOnlySpan<float> half, Span<float> result)
    {
        int reach = half.Length - 1, x = 0;
        for (; x <= result.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector<float> sum = new Vector<float>(padded[(x + reach)..]) * half[0];
            for (int k = 1; k <= reach; k++)
                sum += (new Vector<float>(padded[(x + reach - k)..]) + new Vector<float>(padded[(x + reach + k)..])) * half[k];
            sum.CopyTo(result[x..]);
        }

        for (; x < result.Length; x++)
        {
            float sum = padded[x + reach] * half[0];
            for (int k = 1; k <= reach; k++)
                sum += (padded[x + reach - k] + padded[x + reach + k]) * half[k];
            result[x] = sum;
        }
    }

    /// <summary>A symmetric kernel down the columns of a plane; the border's rows are repeated.</summary>
    /// <param name="plane">Rows as long as the result, one after the other.</param>
    /// <param name="y">The row in hand.</param>
    /// <param name="half">The kernel from its middle outwards.</param>
    /// <param name="result">Not the plane's memory.</param>
    public static void SoftenDown(ReadOnlySpan<float> plane, int y, ReadOnlySpan<float> half, Span<float> result)
    {
        int width = result.Length, last = (plane.Length / width) - 1, x = 0;
        for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector<float> sum = new Vector<float>(plane[((y * width) + x)..]) * half[0];
            for (int k = 1; k < half.Length; k++)
                sum += (new Vector<float>(plane[((Math.Max(0, y - k) * width) + x)..]) + new Vector<float>(plane[((Math.Min(last, y + k) * width) + x)..])) * half[k];
            sum.CopyTo(result[x..]);
        }

        for (; x < width; x++)
        {
            float sum = plane[(y * width) + x] * half[0];
            for (int k = 1; k < half.Length; k++)
                sum += (plane[(Math.Max(0, y - k) * width) + x] + plane[(Math.Min(last, y + k) * width) + x]) * half[k];
            result[x] = sum;
        }
    }
}
