using VideoMatte.Inference.Graphs;

namespace VideoMatte.Tests.Inference;

/// <summary>A network of the recurrent contract small enough to know its answers: r1 follows the grey of the picture by halves and is the
/// matte, r2 counts frames, r3 adds up ratios, r4 stays; the foreground is the picture.</summary>
internal sealed record TinyRecurrent
{
    public GraphElementType Type { get; init; } = GraphElementType.Float;

    /// <summary>A tensor that is left out (an output) or given another name (an input).</summary>
    public string? Without { get; init; }

    /// <summary>An input nobody gives.</summary>
    public string? Extra { get; init; }

    public string[] SourceShape { get; init; } = ["1", "3", "H", "W"];

    /// <summary>Of r1i; another rank breaches the contract.</summary>
    public string[] StateShape { get; init; } = ["a", "b", "c", "d"];

    public GraphElementType RatioType { get; init; } = GraphElementType.Float;

    /// <summary>True: pha is declared with three channels and is the picture.</summary>
    public bool WideAlpha { get; init; }

    /// <summary>True: pha comes one row short, though its declared shape does not say so.</summary>
    public bool ShortAlpha { get; init; }

    /// <summary>True: answers are turned round (1 - matte), as a broken device's might be.</summary>
    public bool Inverted { get; init; }

    public byte[] Build()
    {
        GraphBuilder graph = new();
        GraphValue source = Input(graph, "src", Type, SourceShape);
        GraphValue[] states = [.. new[] { "r1i", "r2i", "r3i", "r4i" }.Select(name =>
            Input(graph, name, Type, name == "r1i" ? StateShape : ["a" + name, "b" + name, "c" + name, "d" + name]))];
        GraphValue ratio = Input(graph, "downsample_ratio", RatioType, "1");
        if (Extra is not null)
            graph.Input(Extra, "1");
        GraphValue grey = source.MeanOver(1);
        GraphValue followed = (grey + states[0]) * .5f;
        GraphValue alpha = WideAlpha ? source * 1f : ShortAlpha ? followed.Part(2, 0, -1) : Inverted ? 1f - followed : followed;
        Output(graph, "fgr", source * 1f, "1", "3", "H", "W");
        Output(graph, "pha", alpha.Saturate(), ShortAlpha ? ["1", "1", "h", "W"] : ["1", WideAlpha ? "3" : "1", "H", "W"]);
        Output(graph, "r1o", followed, "1", "1", "H", "W");
        Output(graph, "r2o", states[1] + 1f, "e2", "f2", "g2", "h2");
        Output(graph, "r3o", states[2] + ratio, "e3", "f3", "g3", "h3");
        Output(graph, "r4o", states[3] * 1f, "e4", "f4", "g4", "h4");
        return graph.ToModel("tiny", "a test's network");
    }

    private GraphValue Input(GraphBuilder graph, string name, GraphElementType type, params string[] shape)
    {
        GraphValue value = graph.Input(name == Without ? name + "_else" : name, type, shape);
        return type == GraphElementType.Float ? value : value.Cast(GraphElementType.Float);
    }

    private void Output(GraphBuilder graph, string name, GraphValue value, params string[] shape)
    {
        if (name != Without)
            graph.Output(name, Type, Type == GraphElementType.Float ? value : value.Cast(Type), shape);
    }
}
