using System.Security.Cryptography;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>A model that has been read and verified. Sessions are made from <see cref="Bytes"/>: what was hashed is what runs, whatever
/// happens to the file afterwards.</summary>
public sealed class ModelFile
{
    /// <summary>Id of a matte that takes a model's place.</summary>
    public const string GivenId = "alpha-in";

    private readonly string? _id;
    private readonly string? _family;

    /// <param name="entry">The catalogue's facts; null for a file it does not know.</param>
    /// <param name="path">Absolute.</param>
    /// <param name="graph">With all its weights inside.</param>
    /// <param name="sha256">Of the file at the path.</param>
    /// <param name="decoder">The second graph of a prompt network, likewise; empty for every other.</param>
    internal ModelFile(ModelEntry? entry, string path, byte[] graph, string sha256, byte[] decoder)
    {
        Entry = entry;
        Path = path;
        Graph = graph;
        Sha256 = sha256;
        DecoderGraph = decoder;
    }

    private ModelFile(string id, string family, string path, string sha256)
        : this(null, path, [], sha256, []) =>
        (_id, _family) = (id, family);

    /// <summary>The catalogue's facts; null for a file it does not know.</summary>
    public ModelEntry? Entry { get; }

    /// <summary>Catalogue id, <see cref="GivenId"/>, or null.</summary>
    public string? Id => _id ?? Entry?.Id;

    /// <summary>The family by the catalogue; null where only the graph itself can tell.</summary>
    public string? Family => _family ?? Entry?.Family;

    /// <summary>Name of the licence, or <c>unknown</c>.</summary>
    public string Licence => Entry?.Licence ?? "unknown";

    public CommercialUse Commercial => Entry?.Commercial ?? CommercialUse.Unknown;

    /// <summary>Of the file itself, lower-case hex. What lies beside it is vouched for by <see cref="ModelEntry.Parts"/>.</summary>
    public string Sha256 { get; }

    /// <summary>Absolute path it was read from.</summary>
    public string Path { get; }

    /// <summary>An ONNX graph that holds all its weights itself: the whole file, with what it keeps in files beside it brought in.</summary>
    public ReadOnlyMemory<byte> Bytes => Graph;

    /// <summary>The second graph of a prompt network, likewise whole; empty for every other.</summary>
    public ReadOnlyMemory<byte> Decoder => DecoderGraph;

    /// <summary><see cref="Bytes"/> for sessions, which only read them: large weights are not copied once more.</summary>
    internal byte[] Graph { get; }

    /// <summary><see cref="Decoder"/>, likewise.</summary>
    internal byte[] DecoderGraph { get; }

    /// <summary>True where only the entry is known as yet (<see cref="ModelStore.Announce"/>): there are no bytes, no path and no hash.</summary>
    public bool IsAnnounced => Entry is { HasFile: true } && Graph.Length == 0;

    /// <summary>What is going to be read; see <see cref="IsAnnounced"/>.</summary>
    internal static ModelFile Announced(ModelEntry entry) => new(entry, "", [], "", []);

    /// <summary>What runs without a file: no path, no bytes, no hash.</summary>
    internal static ModelFile OfSolver(ModelEntry entry) => new(entry, "", [], "", []);

    /// <summary>A file of mattes in a model's place: no bytes to run, licence <c>unknown</c>, and its own hash, so that a result says what it
    /// was made of.</summary>
    /// <exception cref="MatteException">Input, <c>input-unreadable</c>.</exception>
    public static Task<ModelFile> GivenMatteAsync(string path, CancellationToken cancellationToken) => GivenMatteAsync(path, [path], cancellationToken);

    /// <summary>The same of several files, one behind the other.</summary>
    /// <param name="path">As the user named them together.</param>
    /// <param name="files">In order.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<ModelFile> GivenMatteAsync(string path, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(files);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] part = new byte[1 << 20];
            foreach (string name in files)
            {
                await using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, useAsync: false);
                for (int read; (read = await file.ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0;)
                    hash.AppendData(part.AsSpan(0, read));
            }

            return new ModelFile(GivenId, ModelFamily.Given, System.IO.Path.GetFullPath(path), Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MatteException(ErrorKind.Input, "input-unreadable", $"{path} cannot be read ({error.Message}); name a matte that can.", error) { Clip = path };
        }
    }
}
