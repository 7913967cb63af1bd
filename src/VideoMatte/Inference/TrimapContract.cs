using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Inference;

/// <summary>What a trimap network's graph says of itself: where it takes the trimap (a fourth channel of the picture, or an input of one channel),
/// how its tensors lie, which size it wants. What no graph says (order, scale, mean, deviation, activation) is left as it was.</summary>
public static class TrimapContract
{
    /// <summary>Where the trimap goes is found out by the graph.</summary>
    public const string Auto = "auto";

    /// <summary>The trimap is the fourth channel of the picture.</summary>
    public const string Channel = "channel";

    /// <summary>The entry with its tensors named and measured.</summary>
    /// <param name="file">The graph.</param>
    /// <param name="entry">Of the trimap family; order, scale, mean and deviation are kept, and the size where the graph leaves it open.</param>
    /// <param name="place"><see cref="Auto"/>, <see cref="Channel"/>, or the name of the input that takes the trimap.</param>
    /// <exception cref="MatteException"><c>model-contract</c>: no such inputs or outputs; <c>model-unusable</c>.</exception>
    public static ModelEntry Detect(ModelFile file, ModelEntry entry, string place)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(place);
        using InferenceSession session = SessionFactory.Open(file.Graph, file.Path, new SessionSettings());
        (string Name, int[] Shape)[] inputs = [.. session.InputMetadata.Where(i => IsPicture(i.Value)).Select(i => (i.Key, i.Value.Dimensions))];
        bool apart = place == Auto ? inputs.Length == 2 : place != Channel;
        if (inputs.Length != (apart ? 2 : 1) || session.InputMetadata.Count != inputs.Length)
            throw NotOne(file, session);
        (string Name, int[] Shape)? trimap = !apart ? null
            : inputs.Where(i => place == Auto ? Layout(i.Shape, 1) is not null && Layout(i.Shape, 3) is null : i.Name == place).Cast<(string, int[])?>().FirstOrDefault() ?? throw NotOne(file, session);
        (string name, int[] shape) = inputs.First(i => i.Name != trimap?.Name);
        string layout = Layout(shape, apart ? 3 : 4) ?? throw NotOne(file, session);
        if (trimap is { } one && Layout(one.Shape, 1) is null)
            throw NotOne(file, session);
        return entry with { Input = Sized(entry.Input!, shape, layout) with { Name = name, Layout = layout, Trimap = entry.Input!.Trimap! with { Name = trimap?.Name } }, Output = Output(session, file, entry.Output!, layout) };
    }

    private static ModelInput Sized(ModelInput input, int[] shape, string layout)
    {
        (int height, int width) = layout == "nhwc" ? (shape[1], shape[2]) : (shape[2], shape[3]);
        if (height < 1 && width < 1)
            return input;
        return input with { Width = width < 1 ? input.Width : width, Height = height < 1 ? input.Height : height, Multiple = 0 };
    }

    /// <summary>The first output that is a picture: networks with several give the finest first.</summary>
    private static ModelOutput Output(InferenceSession session, ModelFile file, ModelOutput output, string layout)
    {
        string name = session.OutputNames.FirstOrDefault(o => session.OutputMetadata[o] is { IsTensor: true, ElementDataType: TensorElementType.Float, Dimensions.Length: >= 2 and <= 4 })
            ?? throw StillContract.Breach(file.Path, "it has no output that is a float picture");
        int[] shape = session.OutputMetadata[name].Dimensions;
        return output with { Name = name, Layout = shape.Length == 4 ? Layout(shape, 1) ?? layout : layout };
    }

    private static bool IsPicture(NodeMetadata node) => node is { IsTensor: true, ElementDataType: TensorElementType.Float, Dimensions.Length: 4 };

    /// <summary>How a tensor of so many channels lies; null: it has another number of them.</summary>
    private static string? Layout(int[] shape, int channels) => shape[1] == channels ? "nchw" : shape[3] == channels ? "nhwc" : null;

    private static MatteException NotOne(ModelFile file, InferenceSession session)
    {
        string found = string.Join(", ", session.InputMetadata.Select(i => $"{i.Key} [{string.Join(", ", i.Value.IsTensor ? i.Value.Dimensions.Select(d => d < 1 ? "?" : d.ToString(CultureInfo.InvariantCulture)) : [])}]"));
        return new MatteException(
            ErrorKind.Model, "model-contract", $"The model {file.Path} is no trimap network that is known here: it takes {found}, where one float picture of 4 channels belongs, or one of 3 and a trimap of 1; name the trimap's input with --trimap-input NAME.");
    }
}
