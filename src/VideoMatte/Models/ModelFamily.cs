namespace VideoMatte.Models;

/// <summary>The families of graphs, by the names the catalogue uses. A new model of a known family is data; a new family is code.</summary>
public static class ModelFamily
{
    /// <summary>src, r1i..r4i, downsample_ratio to fgr, pha, r1o..r4o.</summary>
    public const string Rvm = "rvm";

    /// <summary>The contract of <see cref="Rvm"/>; built in, for a fixed camera.</summary>
    public const string Plate = "plate";

    /// <summary>Image to matte, each frame by itself.</summary>
    public const string Still = "still";

    /// <summary>Image and trimap to alpha.</summary>
    public const string Trimap = "trimap";

    /// <summary>Image and points or a box to a mask.</summary>
    public const string Prompt = "prompt";

    /// <summary>Image and trimap to alpha without a network: no file.</summary>
    public const string Solver = "solver";

    /// <summary>No network: mattes made elsewhere. Not a family of the catalogue.</summary>
    public const string Given = "given";

    public static IReadOnlyList<string> All { get; } = [Rvm, Plate, Still, Trimap, Prompt, Solver];
}
