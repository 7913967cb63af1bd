using VideoMatte.Compositing.Edges;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Mattes given by the user, and what is done to edges. The defaults do nothing.</summary>
public sealed record MatteSettings
{
    private const string NamePlace = "{name}";

    public static MatteSettings None { get; } = new();

    /// <summary>Levels, grow, feather, despeckle.</summary>
    public EdgeSettings Edges { get; init; } = EdgeSettings.None;

    /// <summary>A matte made elsewhere, in a model's place; null: a model runs.</summary>
    public string? AlphaIn { get; init; }

    /// <summary><c>auto</c>, <c>auto:R</c> (the edge of the model's matte is solved again over a band of R pixels), or a file: a trimap, for the
    /// closed form or a trimap network; null: none.</summary>
    public string? Trimap { get; init; }

    /// <summary>The edge of the matte is solved again at the picture's size, quickly (<c>--refine band</c>). Not with a trimap.</summary>
    public bool RefinesBand { get; init; }

    /// <summary>Subjects to keep of several in the matte: <c>X,Y[@T]</c> or <c>X1,Y1,X2,Y2[@T]</c>; empty: all.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Garbage matte: alpha is forced inside where it is white; null: none.</summary>
    public string? Include { get; init; }

    /// <summary>Garbage matte: alpha is forced outside where it is white; null: none.</summary>
    public string? Exclude { get; init; }

    /// <summary>The matte is multiplied by the alpha the source came with.</summary>
    public bool IncludeSourceAlpha { get; init; }

    /// <summary>Every file named.</summary>
    public IEnumerable<string> Files => ((string?[])[AlphaIn, TrimapSettings.Parse(Trimap)?.File, Include, Exclude]).OfType<string>();

    /// <summary>For one of several inputs: <c>{name}</c> in a file's name becomes the input's.</summary>
    public MatteSettings For(string input)
    {
        string name = InputName.Of(input);
        return this with
        {
            AlphaIn = AlphaIn?.Replace(NamePlace, name, StringComparison.Ordinal),
            Trimap = Trimap?.Replace(NamePlace, name, StringComparison.Ordinal),
            Include = Include?.Replace(NamePlace, name, StringComparison.Ordinal),
            Exclude = Exclude?.Replace(NamePlace, name, StringComparison.Ordinal),
        };
    }
}
