namespace VideoMatte.Models;

/// <summary>The messages of onnx.proto in which a tensor may stand, however deep, and the two that are looked at besides.</summary>
internal enum OnnxMessage
{
    Model,
    OperatorSet,
    Training,
    Function,
    Graph,
    Node,
    Attribute,
    SparseTensor,
    Tensor,

    /// <summary>A pair of key and value that says where a tensor's data lies.</summary>
    Place,
}
