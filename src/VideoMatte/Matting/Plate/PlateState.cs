using VideoMatte.Inference.Graphs;

namespace VideoMatte.Matting.Plate;

/// <summary>The four recurrent states inside the graph; shapes as <see cref="PlateGraph"/> gives them.</summary>
internal sealed record PlateState(GraphValue Means, GraphValue Weights, GraphValue Variances, GraphValue Light)
{
    /// <summary>Gives states of any broadcastable shape their full one: [1, 1, 1, 1] zeros become free modes in unchanged light.</summary>
    public PlateState Expand(GraphValue small)
    {
        GraphBuilder graph = small.Graph;
        GraphValue colour = graph.Constant([PlateSettings.Modes, 3], 2).Join(0, small);
        GraphValue single = graph.Constant([PlateSettings.Modes, 1], 2).Join(0, small);
        GraphValue light = graph.Constant([1, PlateSettings.LightValues, 1, 1], 4);
        return new PlateState(Means.Expand(colour), Weights.Expand(single), Variances.Expand(single), Light.Expand(light));
    }

    /// <summary>The mode with most evidence, pixel by pixel.</summary>
    public PlateMode Plate()
    {
        GraphValue heaviest = PlateModeIndex();
        return new PlateMode(Pick(Means, heaviest), Pick(Variances, heaviest), Weights.MaxOver(0));
    }

    /// <summary>[modes, 1, h, w]: 1 at the mode with most evidence, else 0.</summary>
    public GraphValue PlateModeIndex() => OneHot(Weights.ArgMax(0));

    /// <summary>[modes, 1, h, w]: 1 where the mode's number is the index [1, 1, h, w].</summary>
    public static GraphValue OneHot(GraphValue index)
    {
        long[] numbers = [.. Enumerable.Range(0, PlateSettings.Modes).Select(i => (long)i)];
        return index.IsEqualTo(index.Graph.Constant(numbers, PlateSettings.Modes, 1, 1, 1)).ToFloat();
    }

    private static GraphValue Pick(GraphValue values, GraphValue oneHot) => (values * oneHot).SumOver(0);
}
