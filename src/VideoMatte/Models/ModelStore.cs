using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Finds models on this machine and hands them out verified. The user's own entries (<c>FILE.model.json</c> in any folder that is searched) are
/// read once, when it is made. Thread-safe.</summary>
public sealed class ModelStore
{
    private readonly ModelFolders _folders;

    public ModelStore(ModelCatalogue catalogue, ModelFolders folders)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(folders);
        _folders = folders;
        (IReadOnlyList<ModelEntry> Entries, IReadOnlyList<string> Faults)[] own = [.. folders.All.Select(UserEntries.Read)];
        Catalogue = catalogue.With(own.SelectMany(o => o.Entries));
        Faults = [.. own.SelectMany(o => o.Faults)];
    }

    public ModelCatalogue Catalogue { get; }

    public ModelFolders Folders => _folders;

    /// <summary>A sentence for each entry of the user's that cannot be read.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>The store of this machine, with the catalogue beside the program.</summary>
    /// <param name="environment">Gives a variable's value, or null.</param>
    /// <param name="programFolder">The folder that holds <c>models/catalog.json</c>.</param>
    /// <exception cref="MatteException"><c>catalogue-invalid</c>.</exception>
    public static ModelStore ForMachine(Func<string, string?> environment, string programFolder)
    {
        ModelFolders folders = ModelFolders.Of(environment, programFolder);
        string path = Path.Combine(folders.BuiltIn, "catalog.json");
        try
        {
            using FileStream json = File.OpenRead(path);
            return new ModelStore(ModelCatalogue.Load(json), folders);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MatteException(ErrorKind.Model, "catalogue-invalid", $"The model catalogue {path} cannot be read; install the program again.", e);
        }
    }

    /// <summary>Where an entry's file lies, with its second beside it where it has one, not yet verified; null where it is nowhere.</summary>
    public string? Find(ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return !entry.HasFile ? null : _folders.All.Select(folder => Path.Combine(folder, entry.File))
            .FirstOrDefault(path => File.Exists(path) && (entry.Decoder is null || File.Exists(DecoderBeside(path, entry.Decoder))));
    }

    /// <summary>The entry an id or alias stands for here: of an alias the first that is installed, else its first.</summary>
    /// <exception cref="MatteException"><c>model-unknown</c>.</exception>
    public ModelEntry Require(string idOrAlias)
    {
        IReadOnlyList<ModelEntry> candidates = Catalogue.Candidates(idOrAlias);
        if (candidates.Count == 0)
            throw Unknown(idOrAlias);
        return candidates.FirstOrDefault(e => Find(e) is not null) ?? candidates[0];
    }

    /// <summary>Reads and verifies the model to run.</summary>
    /// <param name="nameOrPath">An id, an alias, or the path of an existing file that ends in <c>.onnx</c>. Null: <c>plate</c> where a clean
    /// plate is given, else RVM where installed.</param>
    /// <param name="cleanPlateGiven">The job brings a clean plate.</param>
    /// <exception cref="MatteException">Kind Model: <c>model-unknown</c>, <c>model-missing</c>, <c>model-unreadable</c>, <c>model-hash</c>,
    /// <c>model-unpinned</c>, <c>model-not-onnx</c>, <c>model-external-data</c>.</exception>
    public ModelFile Resolve(string? nameOrPath, bool cleanPlateGiven)
    {
        if (nameOrPath is null)
            return cleanPlateGiven ? Verified(Catalogue.Entries.First(e => e.Family == ModelFamily.Plate)) : DefaultModel();
        if (nameOrPath.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            return FromPath(nameOrPath);
        return Verified(Require(nameOrPath));
    }

    private ModelFile DefaultModel()
    {
        ModelEntry rvm = Require(ModelCatalogue.RvmAlias);
        if (Find(rvm) is not null)
            return Verified(rvm);
        throw new MatteException(ErrorKind.Model, "model-missing",
            $"No model is named and RVM is not installed: fetch it with `models get rvm` or {PlaceIt(rvm)}, "
            + "or use the built-in one with `--model plate` (fixed camera, any subject).");
    }

    private ModelFile Verified(ModelEntry entry)
    {
        if (!entry.HasFile)
            return ModelFile.OfSolver(entry);
        if (Find(entry) is not { } path)
            throw new MatteException(ErrorKind.Model, "model-missing", $"The model {entry.Id} is not on this machine: {PlaceIt(entry)}.");
        if (entry.IsUnpinned)
            throw new MatteException(ErrorKind.Model, "model-unpinned", $"The model {entry.Id} has no published SHA-256 to verify {path} with; give that file by its path if you trust it.");
        (byte[] bytes, string sha256) = ModelReader.Read(path, entry.Bytes);
        if (!string.Equals(sha256, entry.Sha256, StringComparison.Ordinal))
            throw new MatteException(ErrorKind.Model, "model-hash", $"The file {path} is not {entry.Id}: its SHA-256 is {sha256}, expected is {entry.Sha256}; remove it and get the file again.");
        return new ModelFile(entry, path, bytes, sha256) { Decoder = DecoderOf(entry, path) };
    }

    private ModelFile FromPath(string path)
    {
        if (!File.Exists(path))
            throw new MatteException(ErrorKind.Model, "model-missing", $"The model file {path} does not exist; give an existing file or an id ({Ids()}).");
        (byte[] bytes, string sha256) = ModelReader.Read(Path.GetFullPath(path), expectedBytes: null);
        ModelEntry? entry = Catalogue.FindBySha256(sha256) ?? UserEntries.Beside(Path.GetFullPath(path));
        if (entry is not null && entry.Sha256 != sha256)
            throw new MatteException(ErrorKind.Model, "model-hash", $"The file {path} is not the one its {UserEntries.Suffix} was written for: its SHA-256 is {sha256}; add it again.");
        return new ModelFile(entry, Path.GetFullPath(path), bytes, sha256) { Decoder = DecoderOf(entry, Path.GetFullPath(path)) };
    }

    private static string DecoderBeside(string path, ModelPart decoder) => Path.Combine(Path.GetDirectoryName(path)!, decoder.File);

    /// <summary>Reads the second graph from beside the first, held to its own hash; empty where the model has one alone.</summary>
    private static byte[] DecoderOf(ModelEntry? entry, string encoder)
    {
        if (entry?.Decoder is not { } decoder)
            return [];
        string path = DecoderBeside(encoder, decoder);
        if (!File.Exists(path))
            throw new MatteException(ErrorKind.Model, "model-missing", $"The decoder {decoder.File} of {entry.Id} is not beside {encoder}; put it there.");
        (byte[] bytes, string sha256) = ModelReader.Read(path, decoder.Bytes);
        return sha256 == decoder.Sha256
            ? bytes
            : throw new MatteException(ErrorKind.Model, "model-hash", $"The file {path} is not the decoder of {entry.Id}: its SHA-256 is {sha256}, expected is {decoder.Sha256}; get the file again.");
    }

    private string PlaceIt(ModelEntry entry)
    {
        string folder = _folders.Cache ?? $"a folder named in {ModelFolders.Variable}";
        return entry.Url is null ? $"put the file {entry.File} into {folder}" : $"put {entry.Url} as {entry.File} into {folder}";
    }

    private MatteException Unknown(string name) =>
        new(ErrorKind.Model, "model-unknown", $"'{name}' is no model of the catalogue and no file that ends in .onnx; the ids are {Ids()}.");

    private string Ids() => string.Join(", ", Catalogue.Aliases.Concat(Catalogue.Entries.Select(e => e.Id)));
}
