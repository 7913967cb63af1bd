namespace VideoMatte.Models;

/// <summary>A model file as it was read.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Bytes">The whole file; an ONNX graph.</param>
/// <param name="Sha256">Of the bytes, lower-case hex.</param>
/// <param name="External">The tensors whose data lies in other files; empty where the graph holds all its weights itself.</param>
internal sealed record OnnxGraph(string Path, byte[] Bytes, string Sha256, IReadOnlyList<ExternalTensor> External);
