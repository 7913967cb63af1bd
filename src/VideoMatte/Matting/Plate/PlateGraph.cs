using System.Globalization;
using VideoMatte.Inference.Graphs;

namespace VideoMatte.Matting.Plate;

/// <summary>
/// The built-in model as an ONNX graph of RVM's contract: it remembers the background of a fixed camera pixel by pixel, and what differs from
/// it is the subject, whatever it is. <c>models/plate.onnx</c> holds exactly what <see cref="Build"/> gives.
/// </summary>
/// <remarks>
/// Inputs: <c>src</c> [1, 3, H, W] RGB 0..1; states <c>r1i..r4i</c> ([1, 1, 1, 1] zeros start a shot); <c>downsample_ratio</c> [1] in (0, 1].
/// Outputs: <c>fgr</c> [1, 3, H, W], <c>pha</c> [1, 1, H, W], states <c>r1o..r4o</c> for the next frame. With h = floor(H ratio), w = floor(W ratio):
/// r1 [modes, 3, h, w] mean colours, r2 [modes, 1, h, w] weights (frames of evidence, 0 = free), r3 [modes, 1, h, w] variances,
/// r4 [1, 6, 1, 1] light: gain - 1 of red, green, blue, then their offsets, so that zeros mean unchanged light.
/// To write the file anew after a change: <c>VIDEOMATTE_WRITE_PLATE=1 dotnet test tests/VideoMatte.Tests --filter PlateGraphTests</c>.
/// </remarks>
public static class PlateGraph
{
    /// <summary>The model file. Always the same bytes.</summary>
    public static byte[] Build()
    {
        GraphBuilder graph = new();
        GraphValue source = graph.Input("src", "1", "3", "height", "width");
        PlateState state = new(
            graph.Input("r1i", "r1i_0", "r1i_1", "r1i_2", "r1i_3"),
            graph.Input("r2i", "r2i_0", "r2i_1", "r2i_2", "r2i_3"),
            graph.Input("r3i", "r3i_0", "r3i_1", "r3i_2", "r3i_3"),
            graph.Input("r4i", "r4i_0", "r4i_1", "r4i_2", "r4i_3"));
        GraphValue ratio = graph.Input("downsample_ratio", "1");

        PlateSizes sizes = PlateSizes.Of(source, ratio);
        GraphValue small = source.ResizeTo(sizes.Twice).Shrink(2);
        state = state.Expand(sizes.Small);

        PlateMode before = state.Plate();
        PlateLight light = PlateLight.Follow(state, before, small);
        PlateState after = PlateUpdate.Apply(state, light, small);
        PlateMode plate = after.Plate();
        GraphValue background = light.Apply(plate.Mean);
        GraphValue mask = PlateMatte.Mask(small, background, plate.Variance);
        GraphValue alpha = PlateMatte.Estimate(small, background, mask, sizes.Small);
        GraphValue pha = PlateRefiner.Alpha(source, small, alpha, sizes.Full);
        GraphValue fgr = PlateRefiner.Foreground(source, background, pha, sizes.Full);

        graph.Output("fgr", fgr, "1", "3", "height", "width");
        graph.Output("pha", pha, "1", "1", "height", "width");
        string modes = PlateSettings.Modes.ToString(CultureInfo.InvariantCulture);
        graph.Output("r1o", after.Means, modes, "3", "small_height", "small_width");
        graph.Output("r2o", after.Weights, modes, "1", "small_height", "small_width");
        graph.Output("r3o", after.Variances, modes, "1", "small_height", "small_width");
        graph.Output("r4o", after.Light, "1", "6", "1", "1");
        return graph.ToModel("plate", "A recurrent background plate for a fixed camera; the contract of recurrent video matting.");
    }
}
