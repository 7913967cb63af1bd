using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Inference;

/// <summary>The contract of a still network as its catalogue entry tells it, held against the graph before frame 0: one picture in (rank 4,
/// three channels, float or half), alpha out (rank 4, or 3 without the channel or the batch), float or half. Fixed sides must be those of the
/// entry; a fixed batch above one is filled by the one picture alone.</summary>
internal sealed class StillContract
{
    private StillContract(string input, string output, bool isHalfIn, bool isHalfOut, bool isChannelLast, int batch)
    {
        Input = input;
        Output = output;
        IsHalfIn = isHalfIn;
        IsHalfOut = isHalfOut;
        IsChannelLast = isChannelLast;
        Batch = batch;
    }

    public string Input { get; }

    public string Output { get; }

    public bool IsHalfIn { get; }

    public bool IsHalfOut { get; }

    /// <summary>The input is NHWC.</summary>
    public bool IsChannelLast { get; }

    /// <summary>Pictures a run takes; 1 where the graph leaves it open.</summary>
    public int Batch { get; }

    /// <exception cref="MatteException"><c>model-contract</c>, naming the tensor, what was found and what belongs there.</exception>
    public static StillContract Of(InferenceSession session, string name, ModelInput input, ModelOutput output)
    {
        string inputName = input.Name ?? Only(session.InputMetadata.Keys, name);
        string outputName = output.Name ?? session.OutputNames[0];
        if (!session.InputMetadata.TryGetValue(inputName, out NodeMetadata? source))
            throw Breach(name, $"it has no input {inputName}");
        if (session.InputMetadata.Keys.FirstOrDefault(k => k != inputName) is { } extra)
            throw Breach(name, $"it asks for an input {extra}, which nobody gives");
        if (!session.OutputMetadata.TryGetValue(outputName, out NodeMetadata? result))
            throw Breach(name, $"it has no output {outputName}");

        bool last = input.Layout == "nhwc";
        int height = input.Multiple == 0 ? input.Height : -1, width = input.Multiple == 0 ? input.Width : -1;
        int[] wanted = last ? [-1, height, width, 3] : [-1, 3, height, width];
        bool isHalfIn = IsHalf(source, $"input {inputName}", name), isHalfOut = IsHalf(result, $"output {outputName}", name);
        int[] found = source.Dimensions;
        bool fits = found.Length == 4;
        for (int i = 0; fits && i < 4; i++)
            fits = found[i] < 1 || wanted[i] < 1 || found[i] == wanted[i];
        if (!fits)
            throw Breach(name, $"its input {inputName} is {Shape(found)}, where {Shape(wanted)} belongs");
        if (input.Multiple != 0 && (found[last ? 1 : 2] > 0 || found[last ? 2 : 3] > 0))
            throw Breach(name, $"its input {inputName} is {Shape(found)}, and its entry says that it takes any size");
        return new StillContract(inputName, outputName, isHalfIn, isHalfOut, last, Math.Max(1, found[0]));
    }

    /// <summary>Where the channel's plane lies in an output of this shape.</summary>
    /// <exception cref="MatteException"><c>model-contract</c>.</exception>
    public static StillPlane Locate(long[] shape, ModelOutput output, string name)
    {
        bool last = output.Layout == "nhwc";
        long channels = shape.Length == 4 ? shape[last ? 3 : 1] : 1;
        (long height, long width) = shape.Length switch
        {
            4 => last ? (shape[1], shape[2]) : (shape[2], shape[3]),
            3 => (shape[1], shape[2]),
            2 => (shape[0], shape[1]),
            _ => (0L, 0L),
        };
        if (height < 1 || width < 1 || output.Channel >= channels || height * width > int.MaxValue / 4)
            throw Breach(name, string.Create(CultureInfo.InvariantCulture, $"its output came as [{string.Join(", ", shape)}], which has no channel {output.Channel} of a picture"));
        return new StillPlane((int)width, (int)height, (int)channels, last);
    }

    public static MatteException Breach(string model, string what) => new(
        ErrorKind.Model, "model-contract", $"The model {model} is not what its entry in the catalogue says: {what}. Correct the entry, or name another model.");

    private static string Only(IEnumerable<string> inputs, string name)
    {
        string[] all = [.. inputs];
        return all.Length == 1 ? all[0] : throw Breach(name, $"it has {string.Join(", ", all)} as inputs, and its entry names none of them");
    }

    private static bool IsHalf(NodeMetadata node, string tensor, string name)
    {
        TensorElementType type = node.IsTensor ? node.ElementDataType : TensorElementType.DataTypeMax;
        return type is TensorElementType.Float or TensorElementType.Float16
            ? type == TensorElementType.Float16
            : throw Breach(name, $"its {tensor} is {(node.IsTensor ? type.ToString() : "no tensor")}, not float or half");
    }

    private static string Shape(int[] dimensions) =>
        $"[{string.Join(", ", dimensions.Select(d => d < 1 ? "?" : d.ToString(CultureInfo.InvariantCulture)))}]";
}
