using System.Globalization;
using System.Security.Cryptography;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The file (or folder of pictures) an encoder writes beside its target, under a name of its own until it is whole.</summary>
internal sealed class PartialOutput
{
    /// <summary>Of the target's name in the temporary one: a name may have 255 bytes, and a character up to four.</summary>
    private const int MostNameCharacters = 40;

    private readonly ImagePattern? _pattern;
    private readonly string _extension;
    private readonly bool _isPipe;

    public PartialOutput(OutputSpec output)
    {
        _isPipe = output.IsPipe;
        Target = Path.GetFullPath(output.Path);
        _extension = output.Preset.Extension;
        _pattern = output.Preset.Container == MediaContainer.Images ? ImagePattern.Of(Target) : null;
        string folder = Path.GetDirectoryName(Target)!, extension = Path.GetExtension(Target), name = Path.GetFileNameWithoutExtension(Target);
        string start = name.Length <= MostNameCharacters ? name : name[..(char.IsHighSurrogate(name[MostNameCharacters - 1]) ? MostNameCharacters - 1 : MostNameCharacters)];
        string mark = RandomNumberGenerator.GetHexString(8, lowercase: true);
        PartialPath = Path.Combine(folder, $".{start}.partial-{mark}{(_pattern is null ? extension : "")}");
    }

    /// <summary>Absolute.</summary>
    public string Target { get; }

    /// <summary>Absolute; a folder where <see cref="IsSequence"/>.</summary>
    public string PartialPath { get; }

    /// <summary>Number of a sequence's first picture in its name; may be set until the names are given.</summary>
    public long FirstNumber { get; set; } = 1;

    /// <summary>Bytes that went into a pipe, which has no file to ask.</summary>
    public long PipedBytes { get; set; }

    /// <summary>One picture a frame.</summary>
    public bool IsSequence => _pattern is not null;

    /// <summary>What ffmpeg writes to. In a sequence only our own number is a pattern: a % of the folder stands for itself.</summary>
    public string EncoderUrl => _isPipe ? "pipe:1" : IsSequence
        ? "file:" + Path.Combine(PartialPath.Replace("%", "%%", StringComparison.Ordinal), "%09d" + _extension)
        : "file:" + PartialPath;

    /// <summary>The file that holds frame <paramref name="index"/>, from 0.</summary>
    public string FileOf(long index) =>
        IsSequence ? Path.Combine(PartialPath, (index + 1).ToString("D9", CultureInfo.InvariantCulture) + _extension) : PartialPath;

    /// <summary>Makes the empty file or folder: what cannot be written is known before any work is done.</summary>
    /// <exception cref="MatteException">Output: <c>output-folder-missing</c>, <c>output-not-writable</c>, <c>disk-full</c>.</exception>
    public void Create()
    {
        try
        {
            if (_isPipe)
                return;
            if (IsSequence)
                Directory.CreateDirectory(PartialPath);
            else
                File.Create(PartialPath).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputChecks.NotWritable(Target, e);
        }
    }

    /// <summary>Removes what was written. Nothing is thrown: this is the road after a failure.</summary>
    public void Remove()
    {
        try
        {
            if (_isPipe)
                return;
            if (IsSequence && Directory.Exists(PartialPath))
                Directory.Delete(PartialPath, recursive: true);
            else
                File.Delete(PartialPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder went away or turned read-only: there is nothing more to be done for it.
        }
    }

    /// <summary>Brings what the system still holds in memory to the disk.</summary>
    /// <returns>Bytes of all files.</returns>
    public long Flush(long frames)
    {
        if (_isPipe)
            return PipedBytes;
        long bytes = 0;
        for (long i = 0; i < (IsSequence ? frames : 1); i++)
        {
            using FileStream file = new(FileOf(i), FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            file.Flush(flushToDisk: true);
            bytes += file.Length;
        }

        return bytes;
    }

    /// <summary>The renames that give it its name.</summary>
    public IEnumerable<(string From, string To)> Renames(long frames)
    {
        if (_pattern is null && !_isPipe)
            yield return (PartialPath, Target);
        for (long i = 0; _pattern is not null && i < frames; i++)
            yield return (FileOf(i), _pattern.PathOf(FirstNumber + i));
    }
}
