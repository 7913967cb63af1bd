namespace VideoMatte.Temporal.Flow;

/// <summary>Where patches add their vectors: three planes, borrowed, from the pixel in hand on.</summary>
/// <param name="weight">Sums of weights.</param>
/// <param name="u">Sums of weight x displacement to the right.</param>
/// <param name="v">Sums of weight x displacement downwards.</param>
/// <param name="stride">From line to line.</param>
internal readonly ref struct SpreadSums(Span<float> weight, Span<float> u, Span<float> v, int stride)
{
    public Span<float> Weight { get; } = weight;

    public Span<float> U { get; } = u;

    public Span<float> V { get; } = v;

    public int Stride { get; } = stride;
}
