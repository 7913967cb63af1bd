using System.Security.Cryptography;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Reads a file that lies beside a model file, once and in blocks, so that no second copy of large weights is held.</summary>
internal static class PartReader
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Takes a block of the file, valid until it returns.</summary>
    /// <param name="at">Where it begins in the file.</param>
    /// <param name="block">Its bytes.</param>
    public delegate void Sink(long at, ReadOnlySpan<byte> block);

    /// <param name="model">Absolute path of the model file.</param>
    /// <param name="file">A plain name (<see cref="CatalogueRules.IsPartName"/>).</param>
    /// <param name="expectedBytes">Looked at before anything is read; null where none is known.</param>
    /// <param name="sink">Null: the file is only hashed.</param>
    /// <returns>Length and hash of what the sink was given.</returns>
    /// <exception cref="MatteException"><c>model-missing</c>, <c>model-hash</c> (length), <c>model-external-data</c> (a link out of the
    /// folder), <c>model-unreadable</c>.</exception>
    public static ModelPart Read(string model, string file, long? expectedBytes, Sink? sink)
    {
        string named = Path.Combine(Path.GetDirectoryName(model)!, file);
        if (!File.Exists(named))
            throw new MatteException(ErrorKind.Model, "model-missing", $"The file {file}, which holds weights of {model}, is not beside it; put it there.");
        try
        {
            string path = Locate(model, named);
            ModelReader.LengthOf(path, expectedBytes);
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            using IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] block = new byte[BlockBytes];
            long at = 0;
            for (int read; (read = stream.Read(block)) > 0; at += read)
            {
                sha.AppendData(block, 0, read);
                sink?.Invoke(at, block.AsSpan(0, read));
            }

            return new ModelPart(file, Convert.ToHexStringLower(sha.GetHashAndReset()), at);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ModelReader.Unreadable(named, error);
        }
    }

    /// <summary>Where the bytes lie. A link may lead to a file of the model's own folder, or to where the model file's own link leads, as in caches
    /// that keep files by their hash; what leads elsewhere might be anything of the user's.</summary>
    private static string Locate(string model, string named)
    {
        string path = Target(named), folder = Path.GetDirectoryName(path)!;
        return folder == Path.GetDirectoryName(model) || folder == Path.GetDirectoryName(Target(model))
            ? path
            : throw new MatteException(ErrorKind.Model, "model-external-data", $"{named}, which holds weights of {model}, is a link to another folder ({folder}); put the file itself there.");
    }

    private static string Target(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
