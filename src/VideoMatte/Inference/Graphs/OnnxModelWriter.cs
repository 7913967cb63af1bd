using System.Globalization;
using System.Text;
using Google.Protobuf;

namespace VideoMatte.Inference.Graphs;

/// <summary>
/// Writes a graph as an ONNX ModelProto. The field numbers are those of <c>onnx.proto</c> (syntax proto2: lists of numbers are not packed).
/// </summary>
internal static class OnnxModelWriter
{
    /// <summary>IR version 8 goes with opset 17; both are read by every ONNX Runtime since 1.12.</summary>
    private const long IrVersion = 8;

    private const long OpsetVersion = 17;
    private const string Producer = "videomatte";

    private enum AttributeType
    {
        Float = 1,
        Int = 2,
        String = 3,
        Ints = 7,
    }

    public static byte[] Write(GraphBuilder graph, string name, string description) =>
        Message(o =>
        {
            Number(o, 1, IrVersion);
            Text(o, 2, Producer);
            Text(o, 6, description);
            Bytes(o, 7, Graph(graph, name));
            Bytes(o, 8, Message(set => Number(set, 2, OpsetVersion)));
        });

    private static byte[] Graph(GraphBuilder graph, string name) =>
        Message(o =>
        {
            foreach (GraphNode node in graph.Nodes)
                Bytes(o, 1, Node(node));
            Text(o, 2, name);
            foreach (GraphTensor tensor in graph.Constants)
                Bytes(o, 5, Tensor(tensor));
            foreach (GraphPort port in graph.Inputs)
                Bytes(o, 11, Port(port));
            foreach (GraphPort port in graph.Outputs)
                Bytes(o, 12, Port(port));
        });

    private static byte[] Node(GraphNode node) =>
        Message(o =>
        {
            foreach (string input in node.Inputs)
                Text(o, 1, input);
            foreach (string output in node.Outputs)
                Text(o, 2, output);
            Text(o, 4, node.Operator);
            foreach (GraphAttribute attribute in node.Attributes)
                Bytes(o, 5, Attribute(attribute));
        });

    private static byte[] Attribute(GraphAttribute attribute) =>
        Message(o =>
        {
            Text(o, 1, attribute.Name);
            switch (attribute.Value)
            {
                case float value:
                    o.WriteTag(2, WireFormat.WireType.Fixed32);
                    o.WriteFloat(value);
                    Number(o, 20, (long)AttributeType.Float);
                    break;
                case long value:
                    Number(o, 3, value);
                    Number(o, 20, (long)AttributeType.Int);
                    break;
                case string value:
                    Bytes(o, 4, Encoding.UTF8.GetBytes(value));
                    Number(o, 20, (long)AttributeType.String);
                    break;
                case long[] values:
                    foreach (long value in values)
                        Number(o, 8, value);
                    Number(o, 20, (long)AttributeType.Ints);
                    break;
                default:
                    throw new InvalidOperationException($"The attribute {attribute.Name} has a type this writer does not know.");
            }
        });

    private static byte[] Tensor(GraphTensor tensor) =>
        Message(o =>
        {
            foreach (long dimension in tensor.Dimensions)
                Number(o, 1, dimension);
            Number(o, 2, (long)tensor.Type);
            Text(o, 8, tensor.Name);
            Bytes(o, 9, tensor.Data);
        });

    private static byte[] Port(GraphPort port)
    {
        byte[] shape = Message(o =>
        {
            foreach (string dimension in port.Dimensions)
                Bytes(o, 1, Dimension(dimension));
        });
        byte[] tensor = Message(o =>
        {
            Number(o, 1, (long)port.Type);
            Bytes(o, 2, shape);
        });
        return Message(o =>
        {
            Text(o, 1, port.Name);
            Bytes(o, 2, Message(type => Bytes(type, 1, tensor)));
        });
    }

    private static byte[] Dimension(string dimension) =>
        Message(o =>
        {
            if (long.TryParse(dimension, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
                Number(o, 1, value);
            else
                Text(o, 2, dimension);
        });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using MemoryStream memory = new();
        using (CodedOutputStream output = new(memory, leaveOpen: true))
            write(output);
        return memory.ToArray();
    }

    private static void Number(CodedOutputStream o, int field, long value)
    {
        o.WriteTag(field, WireFormat.WireType.Varint);
        o.WriteInt64(value);
    }

    private static void Text(CodedOutputStream o, int field, string value) => Bytes(o, field, Encoding.UTF8.GetBytes(value));

    private static void Bytes(CodedOutputStream o, int field, byte[] value)
    {
        o.WriteTag(field, WireFormat.WireType.LengthDelimited);
        o.WriteBytes(ByteString.CopyFrom(value));
    }
}
