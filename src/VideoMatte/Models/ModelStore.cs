using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Finds models on this machine and hands them out verified. The user's own entries (<c>FILE.model.json</c> in any folder that is searched) are
/// read once, when it is made. Thread-safe.</summary>
public sealed class ModelStore
{
    private readonly ModelFolders _folders;
    private readonly OwnModels _own;
    private readonly ModelPlaces _places;

    public ModelStore(ModelCatalogue catalogue, ModelFolders folders)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(folders);
        _folders = folders;
        _own = OwnModels.Read(folders.All, catalogue);
        _places = new ModelPlaces(folders, _own);
        Catalogue = catalogue.With(_own.Entries);
    }

    public ModelCatalogue Catalogue { get; }

    public ModelFolders Folders => _folders;

    /// <summary>A sentence for each folder that cannot be read, and for each entry of the user's that cannot be read or whose id is taken.</summary>
    public IReadOnlyList<string> Faults => _own.Faults;

    /// <summary>The store of this machine, with the catalogue beside the program.</summary>
    /// <param name="environment">Gives a variable's value, or null.</param>
    /// <param name="programFolder">The folder that holds <c>models/catalog.json</c>.</param>
    /// <exception cref="MatteException"><c>catalogue-invalid</c>.</exception>
    public static ModelStore ForMachine(Func<string, string?> environment, string programFolder)
    {
        ModelFolders folders = ModelFolders.Of(environment, programFolder);
        string path = Path.Combine(folders.BuiltIn, "catalog.json");
        return new ModelStore(Load(path), folders);
    }

    /// <summary>Where an entry's file lies, with all its parts beside it, not yet verified; null where it is nowhere whole. Where several folders
    /// hold a file of its name, one of the right length goes first.</summary>
    public string? Find(ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _places.WholeOf(entry).FirstOrDefault();
    }

    /// <summary>Where an entry's file lies, whether or not its parts do; null where it is nowhere.</summary>
    public string? FindAlone(ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _places.FilesOf(entry).FirstOrDefault();
    }

    /// <summary>An entry's file that holds what the entry says, read and hashed with its parts; null where there is none. Where the entry pins no
    /// SHA-256 its md5 decides.</summary>
    public Task<FetchedModel?> FindVerifiedAsync(ModelEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _places.VerifiedAsync(entry, cancellationToken);
    }

    /// <summary>True where this is the user's entry of the file.</summary>
    internal bool IsOwn(ModelEntry entry, string path) => _own.PathsOf(entry)?.Contains(path, StringComparer.Ordinal) == true;

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
        if (IsPath(nameOrPath))
            return FromPath(nameOrPath!);
        ModelEntry entry = Meant(nameOrPath, cleanPlateGiven);
        return nameOrPath is not null || entry.IsBuiltIn || Find(entry) is not null
            ? Verified(entry)
            : throw new MatteException(ErrorKind.Model, "model-missing",
                $"No model is named and RVM is not installed: fetch it with `models get rvm` or {PlaceIt(entry)}, "
                + "or use the built-in one with `--model plate` (fixed camera, any subject).");
    }

    /// <summary>What <see cref="Resolve"/> would give, by its entry alone: no file is looked for, and there are no bytes yet. What is named by its
    /// path is read at once, as nobody else knows what it is.</summary>
    /// <exception cref="MatteException">As for <see cref="Resolve"/>.</exception>
    public ModelFile Announce(string? nameOrPath, bool cleanPlateGiven) =>
        IsPath(nameOrPath) ? FromPath(nameOrPath!) : ModelFile.Announced(Meant(nameOrPath, cleanPlateGiven));

    /// <summary>Reads the model at a path, and holds it to an entry that need not be this store's.</summary>
    /// <exception cref="MatteException">As for <see cref="Resolve"/>.</exception>
    public static ModelFile Open(ModelEntry entry, string path)
    {
        ArgumentNullException.ThrowIfNull(entry);
        OnnxGraph graph = ModelReader.Read(Path.GetFullPath(path), entry.Bytes);
        if (graph.Sha256 != entry.Sha256)
            throw new MatteException(ErrorKind.Model, "model-hash", $"The file {path} is not {entry.Id}: its SHA-256 is {graph.Sha256}, expected is {entry.Sha256}; remove it and get the file again.");
        return Whole(entry, graph);
    }

    private static bool IsPath(string? nameOrPath) => nameOrPath?.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) == true;

    private ModelEntry Meant(string? name, bool cleanPlateGiven) =>
        name is null && cleanPlateGiven ? Catalogue.Entries.First(e => e.Family == ModelFamily.Plate) : Require(name ?? ModelCatalogue.RvmAlias);

    /// <summary>A file of the entry's name that is not the entry's does not hide the right one in another folder.</summary>
    private ModelFile Verified(ModelEntry entry)
    {
        if (!entry.HasFile)
            return ModelFile.OfSolver(entry);
        IReadOnlyList<string> paths = _places.WholeOf(entry);
        if (paths.Count == 0)
            throw new MatteException(ErrorKind.Model, "model-missing", Lacking(entry));
        if (entry.IsUnpinned)
            throw new MatteException(ErrorKind.Model, "model-unpinned", $"The model {entry.Id} has no published SHA-256 to verify {paths[0]} with; give that file by its path if you trust it.");
        MatteException? first = null;
        foreach (string path in paths)
        {
            try
            {
                return Open(entry, path);
            }
            catch (MatteException error)
            {
                first ??= error;
            }
        }

        throw first!;
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
        string path = ModelPlaces.Beside(encoder, decoder.File);
        if (!File.Exists(path))
            throw new MatteException(ErrorKind.Model, "model-missing", $"The decoder {decoder.File} of {entry.Id} is not beside {encoder}; put it there.");
        OnnxGraph graph = ModelReader.Read(path, decoder.Bytes);
        return graph.Sha256 == decoder.Sha256
            ? graph
            : throw new MatteException(ErrorKind.Model, "model-hash", $"The file {path} is not the decoder of {entry.Id}: its SHA-256 is {graph.Sha256}, expected is {decoder.Sha256}; get the file again.");
    }

    private static ModelCatalogue Load(string path)
    {
        try
        {
            using FileStream json = File.OpenRead(path);
            return ModelCatalogue.Load(json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MatteException(ErrorKind.Model, "catalogue-invalid", $"The model catalogue {path} cannot be read; install the program again.", e);
        }
    }

    /// <summary>What a model that is not found whole lacks, and what to do.</summary>
    private string Lacking(ModelEntry entry)
    {
        if (FindAlone(entry) is not { } path)
            return $"The model {entry.Id} is not on this machine: {PlaceIt(entry)}.";
        string missing = string.Join(", ", entry.Parts.Where(p => !File.Exists(ModelPlaces.Beside(path, p.File))).Select(p => p.File));
        return $"The model {entry.Id} is not whole: beside {path} there is no {missing}; {(entry.Url is null ? "put it there" : $"fetch it with `models get {entry.Id}`")}.";
    }

    private string PlaceIt(ModelEntry entry)
    {
        string folder = _folders.Cache ?? $"a folder named in {ModelFolders.Variable}";
        string others = string.Concat(entry.Parts.Select(p => " and " + p.File));
        return entry.Url is null ? $"put the file {entry.File}{others} into {folder}" : $"put {entry.Url} as {entry.File}{others} into {folder}";
    }

    private MatteException Unknown(string name) =>
        new(ErrorKind.Model, "model-unknown", $"'{name}' is no model of the catalogue and no file that ends in .onnx; the ids are {Ids()}."
            + string.Concat(Faults.Take(1).Select(fault => $" ({fault})")));

    private string Ids() => string.Join(", ", Catalogue.Aliases.Concat(Catalogue.Entries.Select(e => e.Id)));
}
