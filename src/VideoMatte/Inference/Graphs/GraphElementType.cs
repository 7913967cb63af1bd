namespace VideoMatte.Inference.Graphs;

/// <summary>Element types of tensors, with the numbers <c>onnx.proto</c> gives them (TensorProto.DataType).</summary>
public enum GraphElementType
{
    Float = 1,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
}
