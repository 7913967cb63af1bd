namespace VideoMatte.Testing;

/// <summary>The folder of test material beside the repository. It may be absent; with it present nothing skips.</summary>
public static class SharedData
{
    /// <summary>The repository's root: the folder of <c>VideoMatte.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    public static string Root { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared"));

    public static bool Present => Directory.Exists(Path.Combine(Root, "clips"));

    public static string RvmModel => Models("rvm_mobilenetv3_tfjs_int8w.onnx");

    public static string Clips(string name) => Path.Combine(Root, "clips", name);

    public static string Models(string name) => Path.Combine(Root, "models", name);

    public static string Backgrounds(string name) => Path.Combine(Root, "backgrounds", name);

    public static string Composites(string name) => Path.Combine(Root, "composites", name);

    public static string GroundTruth(string name) => Path.Combine(Root, "groundtruth", name);

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "VideoMatte.sln")))
                return at.FullName;
        throw new InvalidOperationException("no VideoMatte.sln above " + AppContext.BaseDirectory);
    }
}
