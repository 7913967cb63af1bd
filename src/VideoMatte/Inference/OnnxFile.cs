using VideoMatte.Frames;

namespace VideoMatte.Inference;

/// <summary>Looks into a file before a runtime parses it: is it an ONNX ModelProto at all, and does it keep its weights to itself? A graph
/// with external data would have the runtime open files named by the model, beside wherever the program was started.</summary>
internal static class OnnxFile
{
    private const int GraphOfModel = 7;
    private const int OperatorSetOfModel = 8;
    private const int NodeOfGraph = 1;
    private const int InitializerOfGraph = 5;
    private const int AttributeOfNode = 5;
    private const int TensorOfAttribute = 5;
    private const int GraphOfAttribute = 6;
    private const int ExternalDataOfTensor = 13;
    private const int DataLocationOfTensor = 14;
    private const int DeepestGraph = 32;

    /// <exception cref="MatteException"><c>model-not-onnx</c> or <c>model-external-data</c>.</exception>
    public static void Check(ReadOnlySpan<byte> file, string name)
    {
        bool external;
        try
        {
            external = IsExternal(file, out bool isModel);
            if (!isModel)
                throw NotOnnx(name);
        }
        catch (InvalidDataException error)
        {
            throw NotOnnx(name, error);
        }

        if (external)
            throw new MatteException(
                ErrorKind.Model, "model-external-data", $"The model {name} keeps its weights in other files: use a model of one file.");
    }

    private static MatteException NotOnnx(string name, Exception? why = null) =>
        new(ErrorKind.Model, "model-not-onnx", $"The model {name} is not an ONNX file: name a file exported as ONNX.", why);

    private static bool IsExternal(ReadOnlySpan<byte> model, out bool isModel)
    {
        bool external = false, graph = false, operators = false;
        for (ProtoFields fields = new(model); fields.Next();)
        {
            operators |= fields is { Number: OperatorSetOfModel, IsMessage: true };
            if (fields is not { Number: GraphOfModel, IsMessage: true })
                continue;
            graph = true;
            external |= IsExternalGraph(fields.Message, 0);
        }

        isModel = graph && operators;
        return external;
    }

    private static bool IsExternalGraph(ReadOnlySpan<byte> graph, int depth)
    {
        if (depth > DeepestGraph)
            throw new InvalidDataException("graphs within graphs without end");
        bool external = false;
        for (ProtoFields fields = new(graph); fields.Next();)
        {
            if (fields is { Number: InitializerOfGraph, IsMessage: true })
                external |= IsExternalTensor(fields.Message);
            else if (fields is { Number: NodeOfGraph, IsMessage: true })
                external |= IsExternalNode(fields.Message, depth);
        }

        return external;
    }

    private static bool IsExternalNode(ReadOnlySpan<byte> node, int depth)
    {
        bool external = false;
        for (ProtoFields attributes = new(node); attributes.Next();)
        {
            if (attributes is not { Number: AttributeOfNode, IsMessage: true })
                continue;
            for (ProtoFields values = new(attributes.Message); values.Next();)
            {
                if (values is { Number: TensorOfAttribute, IsMessage: true })
                    external |= IsExternalTensor(values.Message);
                else if (values is { Number: GraphOfAttribute, IsMessage: true })
                    external |= IsExternalGraph(values.Message, depth + 1);
            }
        }

        return external;
    }

    private static bool IsExternalTensor(ReadOnlySpan<byte> tensor)
    {
        bool external = false;
        for (ProtoFields fields = new(tensor); fields.Next();)
            external |= fields.Number == ExternalDataOfTensor || (fields.Number == DataLocationOfTensor && fields.Value != 0);
        return external;
    }
}
