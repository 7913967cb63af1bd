using System.Numerics;

namespace VideoMatte.Temporal.Flow;

/// <summary>Rows of a flow's planes between rows of smaller ones.</summary>
internal static class FlowRows
{
    /// <summary>result = scale (near x nearWeight + far x farWeight).</summary>
    public static void Mix(
        ReadOnlySpan<float> near, ReadOnlySpan<float> far, float nearWeight, float farWeight, float scale, Span<float> result)
    {
        (nearWeight, farWeight) = (nearWeight * scale, farWeight * scale);
        int i = 0;
        if (Vector.IsHardwareAccelerated)
            for (; i <= result.Length - Vector<float>.Count; i += Vector<float>.Count)
                ((new Vector<float>(near[i..]) * nearWeight) + (new Vector<float>(far[i..]) * farWeight)).CopyTo(result[i..]);
        for (; i < result.Length; i++)
            result[i] = (near[i] * nearWeight) + (far[i] * farWeight);
    }
}
