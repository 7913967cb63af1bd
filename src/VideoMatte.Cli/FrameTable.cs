using System.Globalization;
using System.Security.Cryptography;
using VideoMatte.Evaluation.Metrics;
using VideoMatte.Evaluation.Scoring;
using VideoMatte.Frames;

namespace VideoMatte.Cli;

/// <summary>The figures of every frame as CSV. The file has its name only when it is whole.</summary>
internal sealed class FrameTable : IDisposable
{
    private readonly string _target;
    private readonly string _partial;
    private readonly bool _overwrite;
    private readonly StreamWriter _writer;

    private FrameTable(string target, string partial, bool overwrite, StreamWriter writer)
    {
        (_target, _partial, _overwrite, _writer) = (target, partial, overwrite, writer);
        _writer.NewLine = "\n";
        _writer.WriteLine("clip,frame,mad,mse,grad,dtSsd");
    }

    /// <param name="path">As the user named it.</param>
    /// <param name="overwrite">A file of that name may go.</param>
    /// <exception cref="MatteException">Usage: <c>output-exists</c>, <c>output-is-folder</c>. Output: <c>output-folder-missing</c>,
    /// <c>output-not-writable</c>.</exception>
    public static FrameTable Create(string path, bool overwrite)
    {
        string target = Path.GetFullPath(path), folder = Path.GetDirectoryName(target) ?? target;
        if (Directory.Exists(target))
            throw new MatteException(ErrorKind.Usage, "output-is-folder", $"The output {path} is a folder: name a file in it.");
        if (File.Exists(target) && !overwrite)
            throw Exists(path);
        if (!Directory.Exists(folder))
            throw new MatteException(ErrorKind.Output, "output-folder-missing", $"The output's folder {folder} does not exist: make it first, or choose another.");
        string partial = Path.Combine(folder, $".evaluate.partial-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.csv");
        return Written(path, () => new FrameTable(target, partial, overwrite, new StreamWriter(partial)));
    }

    /// <param name="clip">What it scores.</param>
    /// <param name="from">Index of its first frame.</param>
    public void Add(ClipScore clip, int from) => Written(_target, () =>
    {
        string name = CsvText.Cell(clip.Pair.Name);
        for (int i = 0; i < clip.Frames.Count; i++)
        {
            MatteFigures f = clip.Frames[i];
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name},{from + i},{f.Mad},{f.Mse},{f.Grad},{f.DtSsd}"));
        }

        return true;
    });

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="MatteException">Output: <c>output-not-writable</c>. Usage: <c>output-exists</c>: it has come there meanwhile.</exception>
    public void Commit() => Written(_target, () =>
    {
        _writer.Dispose();
        if (File.Exists(_target) && !_overwrite)
            throw Exists(_target);
        File.Move(_partial, _target, _overwrite);
        return true;
    });

    public void Dispose()
    {
        try
        {
            _writer.Dispose();
            File.Delete(_partial);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder went away or is full: there is nothing more to be done for it.
        }
    }

    private static T Written<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MatteException(ErrorKind.Output, "output-not-writable", $"{path} cannot be written: {error.Message.TrimEnd('.')}.", error);
        }
    }

    private static MatteException Exists(string path) =>
        new(ErrorKind.Usage, "output-exists", $"The output {path} exists: choose another name or say --overwrite.");
}
