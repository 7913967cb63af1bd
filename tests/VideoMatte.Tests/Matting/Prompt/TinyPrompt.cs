using VideoMatte.Inference.Graphs;
using VideoMatte.Models;

namespace VideoMatte.Tests.Matting.Prompt;

/// <summary>A prompt network of two graphs, of SAM 2's contract, small enough to know its answers. The encoder passes the red channel on (<c>image_embed</c>)
/// and its negative (<c>high_res_feats_0</c>). The decoder gives two masks, the worse one first: minus everything; and a disc around the mean
/// of the points, where red is above 0.5. The disc's radius is 10 at a single point, and half of the box's width where there are two; with an
/// earlier mask it is 2 wider.</summary>
internal sealed record TinyPrompt
{
    public const int Size = 64;

    public static ModelInput Input { get; } = new(Size, Size, "nchw", "rgb", 1 / 255.0, [0, 0, 0], [1, 1, 1]);

    /// <summary>The decoder asks for earlier masks.</summary>
    public bool TakesMasks { get; init; } = true;

    /// <summary>An input nobody gives.</summary>
    public string? Extra { get; init; }

    /// <summary>Points' name, as declared.</summary>
    public string Points { get; init; } = "point_coords";

    public static byte[] Encoder()
    {
        GraphBuilder graph = new();
        GraphValue picture = graph.Input("image", "1", "3", $"{Size}", $"{Size}");
        GraphValue red = picture.Part(1, 0, 1);
        graph.Output("image_embed", red * 1f, "1", "1", $"{Size}", $"{Size}");
        graph.Output("high_res_feats_0", red * -1f, "1", "1", $"{Size}", $"{Size}");
        return graph.ToModel("encoder", "a test's network");
    }

    public byte[] Decoder()
    {
        GraphBuilder graph = new();
        GraphValue red = graph.Input("image_embed", "1", "1", $"{Size}", $"{Size}"), minus = graph.Input("high_res_feats_0", "1", "1", $"{Size}", $"{Size}");
        GraphValue points = graph.Input(Points, "1", "n", "2"), labels = graph.Input("point_labels", "1", "n");
        if (Extra is not null)
            graph.Input(Extra, "1");
        // Labels 2 and 3 are a box's corners; 1 alone is a point.
        GraphValue isBox = (labels.MaxOver(1) > 1.5f).ToFloat();
        GraphValue x = points.Part(2, 0, 1), y = points.Part(2, 1, 2);
        GraphValue radius = (isBox * ((x.MaxOver(1) - x.MinOver(1)) * .5f)) + ((1f - isBox) * 10f);
        if (TakesMasks)
        {
            GraphValue mask = graph.Input("mask_input", "1", "1", "16", "16"), has = graph.Input("has_mask_input", "1");
            // Only where the mask given holds something, so that one of zeros would show.
            radius += has * 2f * (mask.MaxOver(2, 3) > 0f).ToFloat();
        }

        GraphValue columns = graph.Constant([.. Enumerable.Range(0, Size).Select(i => i + .5f)], 1, 1, 1, Size);
        GraphValue rows = graph.Constant([.. Enumerable.Range(0, Size).Select(i => i + .5f)], 1, 1, Size, 1);
        GraphValue distance = ((columns - x.MeanOver(1)).Square() + (rows - y.MeanOver(1)).Square()).Sqrt();
        // Both embeddings have their say: (red - minus) / 2 is red.
        GraphValue disc = (radius - distance).Min((((red - minus) * .5f) - .5f) * 40f);
        graph.Output("masks", (disc * 0f - 5f).Join(1, disc), "1", "2", $"{Size}", $"{Size}");
        graph.Output("iou_predictions", graph.Constant([.1f, .9f], 1, 2) * 1f, "1", "2");
        return graph.ToModel("decoder", "a test's network");
    }
}
