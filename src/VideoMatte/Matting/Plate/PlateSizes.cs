using VideoMatte.Inference.Graphs;

namespace VideoMatte.Matting.Plate;

/// <summary>Sizes [rows, columns] (int64) inside the graph.</summary>
/// <param name="Full">Of the picture.</param>
/// <param name="Small">Of the states: floor(full x ratio), at least 1.</param>
/// <param name="Twice">Twice the small size: what bilinear sampling is asked for before the mean of 2 x 2, so that a strong reduction aliases less.</param>
internal sealed record PlateSizes(GraphValue Full, GraphValue Small, GraphValue Twice)
{
    public static PlateSizes Of(GraphValue source, GraphValue ratio)
    {
        GraphBuilder graph = source.Graph;
        GraphValue full = source.Shape().Part(0, 2, 4);
        GraphValue scaled = graph.Add("Floor", [full.Cast(GraphElementType.Float) * ratio]).Max(1f);
        GraphValue small = scaled.Cast(GraphElementType.Int64);
        return new PlateSizes(full, small, graph.Add("Mul", [small, graph.Constant([2], 1)]));
    }
}
