using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VideoMatte.Frames;

namespace VideoMatte.Inference;

/// <summary>The contract of recurrent video matting, held against a graph before frame 0. Inputs: <c>src</c> [1, 3, H, W] (float or half),
/// <c>r1i</c>..<c>r4i</c> (rank 4, as <c>src</c>), <c>downsample_ratio</c> [1] (float). Outputs: <c>fgr</c> [1, 3, H, W], <c>pha</c>
/// [1, 1, H, W], <c>r1o</c>..<c>r4o</c>, all as <c>src</c>.</summary>
internal sealed class RecurrentContract
{
    public const string Source = "src";
    public const string Ratio = "downsample_ratio";
    public const string Foreground = "fgr";
    public const string Alpha = "pha";

    private RecurrentContract(bool isHalf, int? height, int? width)
    {
        IsHalf = isHalf;
        Height = height;
        Width = width;
    }

    public static IReadOnlyList<string> StateInputs { get; } = ["r1i", "r2i", "r3i", "r4i"];

    public static IReadOnlyList<string> StateOutputs { get; } = ["r1o", "r2o", "r3o", "r4o"];

    /// <summary>True: half precision for all but the ratio.</summary>
    public bool IsHalf { get; }

    /// <summary>Where the graph takes one size only.</summary>
    public int? Height { get; }

    public int? Width { get; }

    /// <exception cref="MatteException"><c>model-contract</c>, naming the tensor, what was found and what belongs there.</exception>
    public static RecurrentContract Of(InferenceSession session, string name)
    {
        IReadOnlyDictionary<string, NodeMetadata> inputs = session.InputMetadata, outputs = session.OutputMetadata;
        NodeMetadata source = Find(inputs, Source, "input", name);
        TensorElementType type = source.IsTensor ? source.ElementDataType : TensorElementType.DataTypeMax;
        if (type is not (TensorElementType.Float or TensorElementType.Float16))
            throw Breach(name, $"its input {Source} is {Describe(source)}, not a tensor of float or half");
        Require(source, name, $"input {Source}", type, 1, 3, -1, -1);
        foreach (string state in StateInputs)
            Require(Find(inputs, state, "input", name), name, $"input {state}", type, -1, -1, -1, -1);
        Require(Find(inputs, Ratio, "input", name), name, $"input {Ratio}", TensorElementType.Float, 1);
        string? extra = inputs.Keys.FirstOrDefault(k => k is not (Source or Ratio) && !StateInputs.Contains(k, StringComparer.Ordinal));
        if (extra is not null)
            throw Breach(name, $"it asks for an input {extra}, which nobody gives");

        Require(Find(outputs, Foreground, "output", name), name, $"output {Foreground}", type, 1, 3, -1, -1);
        Require(Find(outputs, Alpha, "output", name), name, $"output {Alpha}", type, 1, 1, -1, -1);
        foreach (string state in StateOutputs)
            Require(Find(outputs, state, "output", name), name, $"output {state}", type, -1, -1, -1, -1);
        return new RecurrentContract(type == TensorElementType.Float16, Fixed(source, 2), Fixed(source, 3));
    }

    public static MatteException Breach(string model, string what) => new(
        ErrorKind.Model,
        "model-contract",
        $"The model {model} is not of the recurrent matting family: {what}. Name a model such as RVM, or say what this one is like with `models add`.");

    private static int? Fixed(NodeMetadata node, int axis) => node.Dimensions[axis] > 0 ? node.Dimensions[axis] : null;

    private static NodeMetadata Find(IReadOnlyDictionary<string, NodeMetadata> nodes, string tensor, string kind, string name) =>
        nodes.TryGetValue(tensor, out NodeMetadata? node) ? node : throw Breach(name, $"it has no {kind} {tensor}");

    private static void Require(NodeMetadata node, string name, string tensor, TensorElementType type, params int[] shape)
    {
        if (!node.IsTensor || node.ElementDataType != type)
            throw Breach(name, $"its {tensor} is {Describe(node)}, not {type}");
        // An output may leave its shape open altogether; it is looked at after the first run.
        if (node.Dimensions.Length == 0 && tensor.StartsWith("output", StringComparison.Ordinal))
            return;
        bool fits = node.Dimensions.Length == shape.Length;
        for (int i = 0; fits && i < shape.Length; i++)
            fits = shape[i] < 0 || node.Dimensions[i] < 0 || node.Dimensions[i] == shape[i];
        if (!fits)
            throw Breach(name, $"its {tensor} is {Describe(node)}, where {Shape(shape)} belongs");
    }

    private static string Describe(NodeMetadata node) =>
        node.IsTensor ? $"{node.ElementDataType} {Shape(node.Dimensions)}" : "no tensor";

    private static string Shape(int[] dimensions) =>
        $"[{string.Join(", ", dimensions.Select(d => d < 0 ? "?" : d.ToString(CultureInfo.InvariantCulture)))}]";
}
