namespace VideoMatte.Inference.Graphs;

/// <summary>An input or output of the whole graph.</summary>
/// <param name="Name">As callers bind it.</param>
/// <param name="Type">Of its elements.</param>
/// <param name="Dimensions">A number where fixed, else a symbolic name. One name always stands for one size.</param>
internal sealed record GraphPort(string Name, GraphElementType Type, string[] Dimensions);
