namespace VideoMatte.Models;

/// <summary>Walks the protobuf of a model without building it: is it an ONNX graph, and which tensors, however deep, keep their data in another
/// file?</summary>
internal static class OnnxInspection
{
    /// <summary>Graphs in attributes of nodes in graphs ...: deeper than any exporter goes, far from the end of the stack.</summary>
    private const int DeepestNesting = 64;

    /// <summary>Looks at a whole file. Never throws on what the bytes hold.</summary>
    public static OnnxVerdict Inspect(ReadOnlySpan<byte> file)
    {
        var findings = new Findings();
        bool whole = Walk(file, OnnxMessage.Model, 0, findings);
        return new OnnxVerdict(whole && findings.IrVersion > 0 && findings.HasOperatorSet && findings.HasNode, findings.External);
    }

    /// <summary>False where the bytes are no such message.</summary>
    private static bool Walk(ReadOnlySpan<byte> bytes, OnnxMessage message, int depth, Findings findings)
    {
        if (depth > DeepestNesting)
            return false;
        if (message == OnnxMessage.Tensor && ExternalTensor.Of(bytes) is { } external)
            findings.External.Add(external);
        var field = new WireReader(bytes);
        while (field.Next())
        {
            if ((message, field.Field) == (OnnxMessage.Model, OnnxFields.IrVersionOfModel))
                findings.IrVersion = field.Number;
            if (!field.HasPayload || OnnxFields.Child(message, field.Field) is not { } child)
                continue;
            findings.HasOperatorSet |= child == OnnxMessage.OperatorSet;
            findings.HasNode |= child == OnnxMessage.Node && depth == 1;
            if (!Walk(field.Payload, child, depth + 1, findings))
                return false;
        }

        return !field.Broken;
    }

    private sealed class Findings
    {
        public ulong IrVersion { get; set; }

        public bool HasOperatorSet { get; set; }

        public bool HasNode { get; set; }

        public List<ExternalTensor> External { get; } = [];
    }
}
