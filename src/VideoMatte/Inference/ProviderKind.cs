namespace VideoMatte.Inference;

/// <summary>What does the arithmetic: an execution provider of ONNX Runtime.</summary>
public enum ProviderKind
{
    Cpu,
    Cuda,
    TensorRt,
    DirectMl,
    CoreMl,
}
