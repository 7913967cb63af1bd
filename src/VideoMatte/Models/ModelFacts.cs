using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Facts of a still or trimap network said one by one, <c>NAME=VALUE</c>, where its feeding is not wholly that of a model that is known.</summary>
public static class ModelFacts
{
    /// <summary>The names, for help and errors.</summary>
    public const string Names = "size=WxH, multiple=N, layout=nchw|nhwc, order=rgb|bgr, scale=X, mean=A,B,C, std=A,B,C, input=NAME, trimap-scale=X, output=NAME, "
        + "output-layout=nchw|nhwc, channel=N, activation=none|sigmoid|softmax";

    /// <summary>The entry with the facts in it.</summary>
    /// <exception cref="MatteException">Usage, <c>model-fact</c>: a name nobody knows, a value that cannot be, or a family whose contract fixes all.</exception>
    public static ModelEntry Apply(ModelEntry entry, IEnumerable<string> facts)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(facts);
        ModelEntry changed = entry;
        foreach (string fact in facts)
        {
            if (entry is not { Input: not null, Output: not null })
                throw Wrong(fact, $"the family {entry.Family} fixes how a network is fed; leave it out");
            (string name, string value) = fact.Split('=', 2) is [var left, var right] ? (left, right) : (fact, string.Empty);
            changed = With(changed, name, value) ?? throw Wrong(fact, $"facts are {Names}");
            if (CatalogueRules.FirstFault(changed) is { } fault)
                throw Wrong(fact, fault);
        }

        return changed;
    }

    /// <summary>Null where the name or the value is none.</summary>
    private static ModelEntry? With(ModelEntry entry, string name, string value)
    {
        (ModelInput input, ModelOutput output) = (entry.Input!, entry.Output!);
        return name switch
        {
            "size" when value.Split('x') is [var width, var height] && Whole(width) is { } w && Whole(height) is { } h => Fed(input with { Width = w, Height = h }),
            "multiple" when Whole(value) is { } multiple => Fed(input with { Multiple = multiple }),
            "layout" => Fed(input with { Layout = value }),
            "order" => Fed(input with { Order = value }),
            "scale" when Number(value) is { } scale => Fed(input with { Scale = scale }),
            "mean" when Three(value) is { } mean => Fed(input with { Mean = mean }),
            "std" when Three(value) is { } std => Fed(input with { Std = std }),
            "input" when value.Length > 0 => Fed(input with { Name = value }),
            "trimap-scale" when input.Trimap is { } trimap && Number(value) is { } scale => Fed(input with { Trimap = trimap with { Scale = scale } }),
            "output" when value.Length > 0 => Given(output with { Name = value }),
            "output-layout" => Given(output with { Layout = value }),
            "channel" when Whole(value) is { } channel => Given(output with { Channel = channel }),
            "activation" => Given(output with { Activation = value }),
            _ => null,
        };

        ModelEntry Fed(ModelInput changed) => entry with { Input = changed };
        ModelEntry Given(ModelOutput changed) => entry with { Output = changed };
    }

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static double[]? Three(string text) => text.Split(',') is { Length: 3 } parts && parts.Select(Number).ToArray() is var numbers && numbers.All(n => n is not null)
        ? [.. numbers.Select(n => n!.Value)]
        : null;

    private static MatteException Wrong(string fact, string why) => new(ErrorKind.Usage, "model-fact", $"--fact {fact} cannot be: {why}.");
}
