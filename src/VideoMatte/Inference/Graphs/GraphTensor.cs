namespace VideoMatte.Inference.Graphs;

/// <summary>A constant that travels in the file (an initializer).</summary>
/// <param name="Name">Unique in its graph.</param>
/// <param name="Type">Of its elements.</param>
/// <param name="Dimensions">Empty for a scalar.</param>
/// <param name="Data">Little-endian elements in row-major order.</param>
internal sealed record GraphTensor(string Name, GraphElementType Type, long[] Dimensions, byte[] Data);
