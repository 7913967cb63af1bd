using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>What can be wrong with outputs before a frame is read.</summary>
public static class OutputChecks
{
    /// <summary>Less is a full disk: a muxer hands over some ten kilobytes at once, and a frame that found no room may have been large.</summary>
    private const long LeastRoom = 256 << 10;

    /// <summary>How two absolute paths are compared on this system.</summary>
    public static StringComparer FileNames { get; } = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>Nothing is left behind by the checks.</summary>
    /// <param name="outputs">Of one job.</param>
    /// <param name="inputs">Every file the job reads; none of them may be an output, by whatever name.</param>
    /// <exception cref="MatteException">Usage: <c>output-is-input</c>, <c>output-exists</c>, <c>output-twice</c>, <c>output-is-folder</c>,
    /// <c>matte-format</c>. Output: <c>output-folder-missing</c>, <c>output-not-writable</c>.</exception>
    public static void Check(IReadOnlyList<OutputSpec> outputs, IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(inputs);
        HashSet<string> targets = new(FileNames);
        foreach (OutputSpec output in outputs)
        {
            if (output.MatteOnly && !output.Preset.HoldsMatteAlone)
                throw Usage("matte-format", $"A matte alone is written as {Presets.ExtensionsOfMattes(16)} (16 bits), {Presets.ExtensionsOfMattes(8)} (8 bits), and {output.Path} is {output.Preset.Id}: choose one of these.");
            if (output.KeepsTransfer && !output.IsExr)
                throw NotExr(output);
            if (output.Numbering != FrameNumbering.Default && !output.IsSequence)
                throw NotNumbered(output);
            if (output.IsPipe)
                continue;
            string full = FullPath(output.Path);
            if (!targets.Add(full))
                throw Usage("output-twice", $"{output.Path} is named for two outputs: give each its own name.");
            if (Directory.Exists(full))
                throw Usage("output-is-folder", $"The output {output.Path} is a folder: name a file in it.");
            foreach (string input in inputs)
                if (IsNamed(output, full, FullPath(input)))
                    throw Usage("output-is-input", $"The output {output.Path} is the input {input}: choose another name.");
            string? there = output.Preset.Container == MediaContainer.Images && ImagePattern.Of(full) is { } pattern
                ? pattern.FirstExisting()
                : File.Exists(full) ? output.Path : null;
            if (there is not null && !output.Overwrite)
                throw Usage("output-exists", $"The output {there} exists: choose another name or say --overwrite.");
        }

        foreach (OutputSpec output in outputs)
        {
            PartialOutput trial = new(output);
            trial.Create();
            trial.Remove();
        }
    }

    /// <summary>No file that is read may be written, by whatever name: for what is written beside a job's outputs, and for the jobs of one
    /// call among each other.</summary>
    /// <param name="outputs">Files to be written; patterns stand for themselves.</param>
    /// <param name="inputs">Files to be read; they need not exist.</param>
    /// <exception cref="MatteException">Usage, <c>output-is-input</c>.</exception>
    public static void RefuseInputs(IEnumerable<string> outputs, IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (string output in outputs)
            foreach (string input in inputs)
                if (SameFile(FullPath(output), FullPath(input)))
                    throw Usage("output-is-input", $"The output {output} is the input {input}: choose another name.");
    }

    /// <summary>The error for an output whose folder does not take it.</summary>
    internal static MatteException NotWritable(string target, Exception why)
    {
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
            return new MatteException(
                ErrorKind.Output, "output-folder-missing", $"The output's folder {folder} does not exist: make it first, or choose another.", why);
        return IsDiskFull(why)
            ? DiskFull(target)
            : new MatteException(
                ErrorKind.Output, "output-not-writable", $"{target} cannot be written: check who may write to its folder, or choose another.", why)
            {
                Detail = why.Message,
            };
    }

    /// <summary>The error for EXR's own setting at another kind of file.</summary>
    internal static MatteException NotExr(OutputSpec output) =>
        Usage("exr-transfer", $"--exr-transfer is for EXR, and {output.Path} is {output.Preset.Id}: leave it out.");

    /// <summary>The error for a first number where nothing is numbered.</summary>
    internal static MatteException NotNumbered(OutputSpec output) =>
        Usage("start-number", $"--start-number is for numbered pictures, and {output.Path} is one file: name a pattern such as frame.####.exr, or leave it out.");

    /// <summary>The error for a second frame where there is one picture.</summary>
    internal static MatteException NeedsPattern(OutputSpec output) => Usage(
        output.Preset.Id + "-needs-pattern",
        $"{output.Path} is one picture and the input has more: name a pattern such as frame_%04d{Path.GetExtension(output.Path)} or frame.####{Path.GetExtension(output.Path)}.");

    /// <summary>The error for a full disk.</summary>
    internal static MatteException DiskFull(string target) =>
        new(ErrorKind.Output, "disk-full", $"The disk under {target} is full: free some space or choose another place.");

    /// <summary>The disk under a file that came out short takes no more.</summary>
    internal static bool HasNoRoom(string target)
    {
        try
        {
            string folder = Path.GetDirectoryName(target)!;
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace < LeastRoom;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder that is gone, or a share without a letter, which tells nothing.
            return false;
        }
    }

    private static bool IsDiskFull(Exception e) => e is IOException && (e.HResult & 0xFFFF) is 28 or 0x70 or 0x27;

    /// <summary>The same path, the end of the same symbolic link, or two names of one file.</summary>
    private static bool SameFile(string one, string other)
    {
        if (one == other || Resolved(one) == Resolved(other))
            return true;
        FileInfo a = new(one), b = new(other);
        try
        {
            if (!a.Exists || !b.Exists || Length(a) != Length(b))
                return false;
            // A lock belongs to the file, not to its name: what can be opened before and not while the other is locked is the other. (No
            // identity of a file is to be had from .NET on every system.)
            using (new FileStream(other, FileMode.Open, FileAccess.Read, FileShare.Read))
            {
            }

            using FileStream locked = new(one, FileMode.Open, FileAccess.Read, FileShare.None);
            return !CanOpen(other);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Numbered pictures are written over others of their pattern, whatever the numbers.</summary>
    private static bool IsNamed(OutputSpec output, string full, string input) =>
        output.Preset.Container == MediaContainer.Images && ImagePattern.Of(full) is { } pattern
            ? pattern.Holds(input) || ImagePattern.Of(Resolved(full))?.Holds(Resolved(input)) == true
            : SameFile(full, input);

    private static bool CanOpen(string path)
    {
        try
        {
            using FileStream open = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static long Length(FileInfo file) => file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : file.Length;

    /// <summary>Links are followed at the file and at every folder above it.</summary>
    private static string Resolved(string path)
    {
        try
        {
            // A name that is not there yet may still lie behind a link to its folder.
            string followed = IsThere(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
            if (Path.GetDirectoryName(followed) is not { } folder)
                return followed;
            string above = Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder;
            return Path.Combine(above == folder ? Resolved(folder) : Resolved(above), Path.GetFileName(followed));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    private static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static string FullPath(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException e)
        {
            throw new MatteException(ErrorKind.Usage, "output-name", $"{path} is no file name: choose another.", e);
        }
    }

    private static MatteException Usage(string code, string message) => new(ErrorKind.Usage, code, message);
}
