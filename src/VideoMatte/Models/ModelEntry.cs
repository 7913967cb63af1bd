using System.Text.Json.Serialization;

namespace VideoMatte.Models;

/// <summary>One model of the catalogue. <see cref="ModelCatalogue.Load"/> has checked every field.</summary>
/// <param name="Id"><c>[a-z0-9][a-z0-9.-]{0,63}</c>; looked up in the catalogue and nowhere else, never a path.</param>
/// <param name="Name">For people.</param>
/// <param name="Family">The contract of its graph: <c>rvm</c>, <c>plate</c>, <c>still</c>, <c>trimap</c>, <c>prompt</c>, <c>solver</c>.</param>
/// <param name="File">A plain file name that ends in <c>.onnx</c>; empty for a <c>solver</c>.</param>
/// <param name="Licence">SPDX name of the weights' licence, or <c>unknown</c>.</param>
/// <param name="Commercial">Whether that licence allows commercial use.</param>
/// <param name="GoodFor">One sentence.</param>
/// <param name="FailsOn">One sentence: where its matte is wrong.</param>
/// <param name="Source">Where the model comes from, for people.</param>
/// <param name="Url">https address of the file; null where there is none to fetch.</param>
/// <param name="Sha256">Lower-case hex of the file; null only where an md5 stands in (an unpinned model).</param>
/// <param name="Md5">Lower-case hex of the file, where nothing better is published.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Input">What a still network is fed; null for families whose contract fixes it.</param>
/// <param name="Output">Where a still network's alpha stands; null likewise.</param>
/// <param name="Decoder">The second graph of a prompt network; null for every other.</param>
/// <param name="ExternalData">The files that its graph (or either of its two) keeps weights in; null where it holds them all itself.</param>
public sealed record ModelEntry(
    string Id,
    string Name,
    string Family,
    string File,
    string Licence,
    CommercialUse Commercial,
    string GoodFor,
    string FailsOn,
    string Source,
    string? Url = null,
    string? Sha256 = null,
    string? Md5 = null,
    long? Bytes = null,
    ModelInput? Input = null,
    ModelOutput? Output = null,
    ModelPart? Decoder = null,
    IReadOnlyList<ModelPart>? ExternalData = null)
{
    /// <summary>True for what comes with the program.</summary>
    public bool IsBuiltIn => Family is ModelFamily.Plate or ModelFamily.Solver;

    /// <summary>False where there is no network, but code alone.</summary>
    public bool HasFile => Family != ModelFamily.Solver;

    /// <summary>True where only an md5 is known: such a file is not taken without the user's word.</summary>
    public bool IsUnpinned => Sha256 is null && HasFile;

    /// <summary>The files that must lie beside <see cref="File"/>: the decoder and what holds weights.</summary>
    [JsonIgnore]
    public IReadOnlyList<ModelPart> Parts => Decoder is null ? ExternalData ?? [] : [Decoder, .. ExternalData ?? []];

    /// <summary>Length of all its files together; null where it is not known.</summary>
    [JsonIgnore]
    public long? TotalBytes => Bytes + Parts.Sum(p => p.Bytes);
}
