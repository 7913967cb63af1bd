using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Finds models on this machine and hands them out verified. The user's own entries (<c>FILE.model.json</c> in any folder that is searched) are
/// read once, when it is made. Thread-safe.</summary>
public sealed class ModelStore
{
    private readonly ModelFolders _folders;
    private readonly Dictionary<string, ModelEntry> _ownByPath = new(StringComparer.Ordinal);

    public ModelStore(ModelCatalogue catalogue, ModelFolders folders)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(folders);
        _folders = folders;
        (IReadOnlyList<ModelEntry> Entries, IReadOnlyList<string> Faults)[] own = [.. folders.All.Select(UserEntries.Read)];
        Catalogue = catalogue.With(own.SelectMany(o => o.Entries));
        foreach ((string folder, IReadOnlyList<ModelEntry> entries) in folders.All.Zip(own, (folder, o) => (folder, o.Entries)))
            foreach (ModelEntry entry in entries)
                _ownByPath.TryAdd(Path.Combine(folder, entry.File), entry);
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

    /// <summary>Where an entry's file lies, with all its parts beside it, not yet verified; null where it is nowhere whole.</summary>
    public string? Find(ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return FilesOf(entry).FirstOrDefault(path => entry.Parts.All(part => File.Exists(Beside(path, part))));
    }

    /// <summary>Where an entry's file lies, whether or not its parts do; null where it is nowhere.</summary>
    public string? FindAlone(ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return FilesOf(entry).FirstOrDefault();
    }

    /// <summary>True where the user's entry beside this file is this one.</summary>
    internal bool IsOwn(ModelEntry entry, string path) => ReferenceEquals(_ownByPath.GetValueOrDefault(path), entry);

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
    /// <c>model-unpinned</c>, <c>model-not-onnx</c>, <c>model-external-data</c>, <c>model-too-large</c>.</exception>
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
            throw new MatteException(ErrorKind.Model, "model-missing", Lacking(entry));
        if (entry.IsUnpinned)
            throw new MatteException(ErrorKind.Model, "model-unpinned", $"The model {entry.Id} has no published SHA-256 to verify {path} with; give that file by its path if you trust it.");
        OnnxGraph graph = ModelReader.Read(path, entry.Bytes);
        if (graph.Sha256 != entry.Sha256)
            throw new MatteException(ErrorKind.Model, "model-hash", $"The file {path} is not {entry.Id}: its SHA-256 is {graph.Sha256}, expected is {entry.Sha256}; remove it and get the file again.");
        return Whole(entry, graph);
    }

    private ModelFile FromPath(string path)
    {
        if (!File.Exists(path))
            throw new MatteException(ErrorKind.Model, "model-missing", $"The model file {path} does not exist; give an existing file or an id ({Ids()}).");
        OnnxGraph graph = ModelReader.Read(Path.GetFullPath(path), expectedBytes: null);
        ModelEntry? entry = Catalogue.FindBySha256(graph.Sha256);
        // A graph whose weights lie outside says little of itself: two trainings of one network share it. The entry beside the file knows better.
        if (entry is null or { ExternalData.Count: > 0 })
            entry = UserEntries.Beside(graph.Path) ?? entry;
        if (entry is not null && entry.Sha256 != graph.Sha256)
            throw new MatteException(ErrorKind.Model, "model-hash", $"The file {path} is not the one its {UserEntries.Suffix} was written for: its SHA-256 is {graph.Sha256}; add it again.");
        return Whole(entry, graph);
    }

    /// <summary>The model with its parts read from beside it, each held to its own hash.</summary>
    private static ModelFile Whole(ModelEntry? entry, OnnxGraph graph)
    {
        IReadOnlyList<ModelPart> weights = entry?.ExternalData ?? [];
        byte[] decoder = entry?.Decoder is null ? [] : ExternalWeights.Inline(DecoderOf(entry, entry.Decoder, graph.Path), weights);
        return new ModelFile(entry, graph.Path, ExternalWeights.Inline(graph, weights), graph.Sha256, decoder);
    }

    private static OnnxGraph DecoderOf(ModelEntry entry, ModelPart decoder, string encoder)
    {
        string path = Beside(encoder, decoder);
        if (!File.Exists(path))
            throw new MatteException(ErrorKind.Model, "model-missing", $"The decoder {decoder.File} of {entry.Id} is not beside {encoder}; put it there.");
        OnnxGraph graph = ModelReader.Read(path, decoder.Bytes);
        return graph.Sha256 == decoder.Sha256
            ? graph
            : throw new MatteException(ErrorKind.Model, "model-hash", $"The file {path} is not the decoder of {entry.Id}: its SHA-256 is {graph.Sha256}, expected is {decoder.Sha256}; get the file again.");
    }

    private IEnumerable<string> FilesOf(ModelEntry entry) =>
        entry.HasFile ? _folders.All.Select(folder => Path.Combine(folder, entry.File)).Where(File.Exists) : [];

    private static string Beside(string path, ModelPart part) => Path.Combine(Path.GetDirectoryName(path)!, part.File);

    /// <summary>What a model that is not found whole lacks, and what to do.</summary>
    private string Lacking(ModelEntry entry)
    {
        if (FindAlone(entry) is not { } path)
            return $"The model {entry.Id} is not on this machine: {PlaceIt(entry)}.";
        string missing = string.Join(", ", entry.Parts.Where(p => !File.Exists(Beside(path, p))).Select(p => p.File));
        return $"The model {entry.Id} is not whole: beside {path} there is no {missing}; {(entry.Url is null ? "put it there" : $"fetch it with `models get {entry.Id}`")}.";
    }

    private string PlaceIt(ModelEntry entry)
    {
        string folder = _folders.Cache ?? $"a folder named in {ModelFolders.Variable}";
        string others = string.Concat(entry.Parts.Select(p => " and " + p.File));
        return entry.Url is null ? $"put the file {entry.File}{others} into {folder}" : $"put {entry.Url} as {entry.File}{others} into {folder}";
    }

    private MatteException Unknown(string name) =>
        new(ErrorKind.Model, "model-unknown", $"'{name}' is no model of the catalogue and no file that ends in .onnx; the ids are {Ids()}.");

    private string Ids() => string.Join(", ", Catalogue.Aliases.Concat(Catalogue.Entries.Select(e => e.Id)));
}
