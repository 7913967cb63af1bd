namespace VideoMatte.Models;

/// <summary>A further file of a model, in the same folder: the decoder of a prompt network, or weights that a graph keeps outside itself.</summary>
/// <param name="File">A plain file name; a decoder's ends in <c>.onnx</c>.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Bytes">Length.</param>
public sealed record ModelPart(string File, string Sha256, long Bytes);
