namespace VideoMatte.Models;

/// <summary>Field numbers of onnx.proto (ONNX IR version 3 and later).</summary>
internal static class OnnxFields
{
    public const int IrVersionOfModel = 1;
    public const int RawDataOfTensor = 9;
    public const int ExternalDataOfTensor = 13;
    public const int DataLocationOfTensor = 14;
    public const int KeyOfPlace = 1;
    public const int ValueOfPlace = 2;

    /// <summary>The message that a length-delimited field of another holds; null where no tensor can stand in it.</summary>
    public static OnnxMessage? Child(OnnxMessage message, int field) => (message, field) switch
    {
        (OnnxMessage.Model, 7) => OnnxMessage.Graph,
        (OnnxMessage.Model, 8) => OnnxMessage.OperatorSet,
        (OnnxMessage.Model, 20) => OnnxMessage.Training,
        (OnnxMessage.Model, 25) => OnnxMessage.Function,
        (OnnxMessage.Training, 1 or 2) => OnnxMessage.Graph,
        (OnnxMessage.Function, 7) => OnnxMessage.Node,
        (OnnxMessage.Function, 11) => OnnxMessage.Attribute,
        (OnnxMessage.Graph, 1) => OnnxMessage.Node,
        (OnnxMessage.Graph, 5) => OnnxMessage.Tensor,
        (OnnxMessage.Graph, 15) => OnnxMessage.SparseTensor,
        (OnnxMessage.Node, 5) => OnnxMessage.Attribute,
        (OnnxMessage.Attribute, 5 or 10) => OnnxMessage.Tensor,
        (OnnxMessage.Attribute, 6 or 11) => OnnxMessage.Graph,
        (OnnxMessage.Attribute, 22 or 23) => OnnxMessage.SparseTensor,
        (OnnxMessage.SparseTensor, 1 or 2) => OnnxMessage.Tensor,
        (OnnxMessage.Tensor, ExternalDataOfTensor) => OnnxMessage.Place,
        _ => null,
    };
}
