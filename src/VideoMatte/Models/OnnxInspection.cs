using System.Text;

namespace VideoMatte.Models;

/// <summary>Walks the protobuf of a model without building it: is it an ONNX graph, and does any tensor, however deep, keep its data in another
/// file? Field numbers are those of onnx.proto (ONNX IR version 3 and later).</summary>
internal static class OnnxInspection
{
    /// <summary>Graphs in attributes of nodes in graphs ...: deeper than any exporter goes, far from the end of the stack.</summary>
    private const int DeepestNesting = 64;

    /// <summary>Bytes of a path that are shown to the user.</summary>
    private const int LongestPlace = 200;

    private const int IrVersionField = 1;
    private const int DataLocationField = 14;
    private const int DataIsExternal = 1;
    private const int PlaceValueField = 2;

    private enum Message
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
        Place,
    }

    /// <summary>Looks at a whole file. Never throws on what the bytes hold.</summary>
    public static OnnxVerdict Inspect(ReadOnlySpan<byte> file)
    {
        var findings = new Findings();
        bool whole = Walk(file, Message.Model, 0, findings);
        return new OnnxVerdict(whole && findings.IrVersion > 0 && findings.HasOperatorSet && findings.HasNode, findings.ExternalData);
    }

    /// <summary>False where the bytes are no such message.</summary>
    private static bool Walk(ReadOnlySpan<byte> bytes, Message message, int depth, Findings findings)
    {
        if (depth > DeepestNesting)
            return false;
        var field = new WireReader(bytes);
        while (field.Next())
        {
            switch (message, field.Field)
            {
                case (Message.Model, IrVersionField):
                    findings.IrVersion = field.Number;
                    break;
                case (Message.Tensor, DataLocationField) when field.Number == DataIsExternal:
                    findings.ExternalData ??= string.Empty;
                    break;
                case (Message.Place, PlaceValueField):
                    findings.Place(field.Payload);
                    break;
                default:
                    if (!field.HasPayload || Child(message, field.Field) is not { } child)
                        break;
                    findings.HasOperatorSet |= child == Message.OperatorSet;
                    findings.HasNode |= child == Message.Node && depth == 1;
                    if (!Walk(field.Payload, child, depth + 1, findings))
                        return false;
                    break;
            }
        }

        return !field.Broken;
    }

    private static Message? Child(Message message, int field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 8) => Message.OperatorSet,
        (Message.Model, 20) => Message.Training,
        (Message.Model, 25) => Message.Function,
        (Message.Training, 1 or 2) => Message.Graph,
        (Message.Function, 7) => Message.Node,
        (Message.Function, 11) => Message.Attribute,
        (Message.Graph, 1) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 15) => Message.SparseTensor,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 5 or 10) => Message.Tensor,
        (Message.Attribute, 6 or 11) => Message.Graph,
        (Message.Attribute, 22 or 23) => Message.SparseTensor,
        (Message.SparseTensor, 1 or 2) => Message.Tensor,
        (Message.Tensor, 13) => Message.Place,
        _ => null,
    };

    private sealed class Findings
    {
        public ulong IrVersion { get; set; }

        public bool HasOperatorSet { get; set; }

        public bool HasNode { get; set; }

        public string? ExternalData { get; set; }

        /// <summary>A value of a tensor's external_data; the first is its location.</summary>
        public void Place(ReadOnlySpan<byte> utf8)
        {
            if (string.IsNullOrEmpty(ExternalData))
                ExternalData = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, LongestPlace)]);
        }
    }
}
