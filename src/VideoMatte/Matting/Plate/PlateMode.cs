using VideoMatte.Inference.Graphs;

namespace VideoMatte.Matting.Plate;

/// <summary>One remembered colour of each pixel.</summary>
/// <param name="Mean">[1, 3, h, w], in the plate's own light.</param>
/// <param name="Variance">[1, 1, h, w], a channel.</param>
/// <param name="Weight">[1, 1, h, w], frames of evidence.</param>
internal sealed record PlateMode(GraphValue Mean, GraphValue Variance, GraphValue Weight);
