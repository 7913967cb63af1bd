namespace VideoMatte.Inference.Graphs;

/// <summary>One operator of the graph. An empty input name leaves an optional input out.</summary>
internal sealed record GraphNode(string Operator, string[] Inputs, string[] Outputs, GraphAttribute[] Attributes);
