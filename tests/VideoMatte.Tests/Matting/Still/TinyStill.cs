using VideoMatte.Inference.Graphs;
using VideoMatte.Models;

namespace VideoMatte.Tests.Matting.Still;

/// <summary>A still network small enough to know its answers: its matte is the first channel it is fed, times <see cref="Gain"/>.</summary>
internal sealed record TinyStill
{
    public int Width { get; init; } = 8;

    public int Height { get; init; } = 6;

    public string Layout { get; init; } = "nchw";

    public string Order { get; init; } = "rgb";

    public double Scale { get; init; } = 1 / 255.0;

    public double[] Mean { get; init; } = [0, 0, 0];

    public double[] Std { get; init; } = [1, 1, 1];

    public int Multiple { get; init; }

    public GraphElementType Type { get; init; } = GraphElementType.Float;

    /// <summary>Of the batch axis, as declared.</summary>
    public string Batch { get; init; } = "1";

    public float Gain { get; init; } = 1;

    /// <summary>The output's channels: 1 (the matte), or 2: minus and plus half the matte, as logits.</summary>
    public int Channels { get; init; } = 1;

    public string Activation { get; init; } = "none";

    /// <summary>As the entry names it; null: not at all.</summary>
    public string? InputName { get; init; } = "picture";

    /// <summary>An input nobody gives.</summary>
    public string? Extra { get; init; }

    public ModelInput Input => new(Width, Height, Layout, Order, Scale, Mean, Std, InputName, Multiple);

    public ModelOutput Output => new(Layout, Channels - 1, Activation, "matte");

    public byte[] Build()
    {
        GraphBuilder graph = new();
        string h = Multiple == 0 ? $"{Height}" : "h", w = Multiple == 0 ? $"{Width}" : "w";
        bool last = Layout == "nhwc";
        int axis = last ? 3 : 1;
        GraphValue picture = graph.Input("picture", Type, last ? [Batch, h, w, "3"] : [Batch, "3", h, w]);
        if (Extra is not null)
            graph.Input(Extra, "1");
        GraphValue wide = Type == GraphElementType.Float ? picture : picture.Cast(GraphElementType.Float);
        GraphValue matte = wide.Part(axis, 0, 1) * Gain;
        if (Channels == 2)
            matte = (matte * -.5f).Join(axis, matte * .5f);
        string c = $"{Channels}";
        graph.Output("matte", Type, Type == GraphElementType.Float ? matte : matte.Cast(Type), last ? [Batch, h, w, c] : [Batch, c, h, w]);
        return graph.ToModel("still", "a test's network");
    }
}
