namespace VideoMatte.Models;

/// <summary>What a look at a file's structure tells.</summary>
/// <param name="IsOnnx">Well-formed, with a format version, an operator set and a graph that computes something.</param>
/// <param name="External">Every tensor whose data is said to lie outside the file, in the order they are written.</param>
internal readonly record struct OnnxVerdict(bool IsOnnx, IReadOnlyList<ExternalTensor> External);
