using VideoMatte.Frames;
using VideoMatte.Temporal.Flow;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>Full rows of two small planes, linearly interpolated.</summary>
internal sealed class SmallRows(int smallWidth, int smallHeight, int width, int height)
{
    private readonly RowSpreader _spreader = new(smallWidth, width);

    /// <summary>Full size over small size, across.</summary>
    public float ScaleX { get; } = (float)width / smallWidth;

    /// <summary>Full size over small size, down.</summary>
    public float ScaleY { get; } = (float)height / smallHeight;

    /// <summary>The small planes have changed.</summary>
    public void Forget() => _spreader.Forget();

    /// <summary>Row y of both, times a factor each.</summary>
    public void Row(int y, ReadOnlySpan<float> plane1, float factor1, Span<float> row1, ReadOnlySpan<float> plane2, float factor2, Span<float> row2) =>
        Row(y, 0, width, plane1, factor1, row1, plane2, factor2, row2);

    /// <summary>The part of row y from a column to before another; the rest of the rows stays.</summary>
    public void Row(int y, int from, int to, ReadOnlySpan<float> plane1, float factor1, Span<float> row1, ReadOnlySpan<float> plane2, float factor2, Span<float> row2)
    {
        float at = Math.Clamp(((y + .5f) / ScaleY) - .5f, 0, smallHeight - 1);
        int near = (int)at, far = Math.Min(near + 1, smallHeight - 1);
        _spreader.Select(plane1, plane2, near, far);
        RowKernel.Mix(_spreader.Near1[from..to], _spreader.Far1[from..to], 1 - (at - near), at - near, factor1, row1[from..to]);
        RowKernel.Mix(_spreader.Near2[from..to], _spreader.Far2[from..to], 1 - (at - near), at - near, factor2, row2[from..to]);
    }
}
