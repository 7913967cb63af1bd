namespace VideoMatte.Models;

/// <summary>What a look at a file's structure tells.</summary>
/// <param name="IsOnnx">Well-formed, with a format version, an operator set and a graph that computes something.</param>
/// <param name="ExternalData">Where a tensor's data is said to lie outside the file: that place, as written (untrusted); else null.</param>
internal readonly record struct OnnxVerdict(bool IsOnnx, string? ExternalData);
