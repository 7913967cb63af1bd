namespace VideoMatte.Models;

/// <summary>A second file of a model: the decoder of a prompt network, beside the encoder. It lies in the same folder.</summary>
/// <param name="File">A plain file name that ends in <c>.onnx</c>.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Bytes">Length.</param>
public sealed record ModelPart(string File, string Sha256, long Bytes);
