namespace VideoMatte.Temporal.Flow;

/// <summary>Five lines of a bordered plane, one below the other, from the border's first sample on; borrowed.</summary>
internal readonly ref struct FiveLines(ReadOnlySpan<float> plane, int stride)
{
    public ReadOnlySpan<float> A { get; } = plane[..stride];

    public ReadOnlySpan<float> B { get; } = plane.Slice(stride, stride);

    /// <summary>The line in the middle.</summary>
    public ReadOnlySpan<float> C { get; } = plane.Slice(2 * stride, stride);

    public ReadOnlySpan<float> D { get; } = plane.Slice(3 * stride, stride);

    public ReadOnlySpan<float> E { get; } = plane.Slice(4 * stride, stride);

    public bool Hold(int count) => C.Length >= count;
}
