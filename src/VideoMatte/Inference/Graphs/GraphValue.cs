namespace VideoMatte.Inference.Graphs;

/// <summary>A tensor that flows through a graph under construction. Operators on it add nodes; shapes broadcast as ONNX defines.</summary>
public sealed class GraphValue
{
    internal GraphValue(GraphBuilder graph, string name)
    {
        Graph = graph;
        Name = name;
    }

    public GraphBuilder Graph { get; }

    public string Name { get; }

    public static GraphValue operator +(GraphValue a, GraphValue b) => Of(a, "Add", a, b);

    public static GraphValue operator +(GraphValue a, float b) => a + Of(a, b);

    public static GraphValue operator -(GraphValue a, GraphValue b) => Of(a, "Sub", a, b);

    public static GraphValue operator -(GraphValue a, float b) => a - Of(a, b);

    public static GraphValue operator -(float a, GraphValue b) => Of(b, a) - b;

    public static GraphValue operator *(GraphValue a, GraphValue b) => Of(a, "Mul", a, b);

    public static GraphValue operator *(GraphValue a, float b) => a * Of(a, b);

    public static GraphValue operator /(GraphValue a, GraphValue b) => Of(a, "Div", a, b);

    public static GraphValue operator /(float a, GraphValue b) => Of(b, a) / b;

    public static GraphValue operator >(GraphValue a, GraphValue b) => Of(a, "Greater", a, b);

    public static GraphValue operator >(GraphValue a, float b) => a > Of(a, b);

    public static GraphValue operator <(GraphValue a, GraphValue b) => Of(a, "Less", a, b);

    public static GraphValue operator <(GraphValue a, float b) => a < Of(a, b);

    private static GraphValue Of(GraphValue at, float value) => at.Graph.Constant(value);

    private static GraphValue Of(GraphValue at, string op, params GraphValue[] inputs) => at.Graph.Add(op, inputs);
}
