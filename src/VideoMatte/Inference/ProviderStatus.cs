namespace VideoMatte.Inference;

/// <summary>What one provider is on this machine.</summary>
/// <param name="Name"><c>cpu</c>, <c>cuda</c>, ...</param>
/// <param name="CompiledIn">It is in this build of ONNX Runtime.</param>
/// <param name="Loads">A session opens on it; its libraries and device are there.</param>
/// <param name="CanaryPasses">It gives the CPU's mattes.</param>
/// <param name="Problem">One sentence where something of this is false.</param>
public sealed record ProviderStatus(string Name, bool CompiledIn, bool Loads, bool CanaryPasses, string? Problem);
