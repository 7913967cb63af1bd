using System.Security.Cryptography;
using System.Text;

namespace VideoMatte.Models;

/// <summary>A file on its way: <c>NAME.part</c>, and beside it in <c>NAME.part.from</c> the address and the validator (strong ETag or date) that
/// a server must still stand by for the rest to be asked for. Without one a fetch starts anew.</summary>
internal sealed class PartialDownload(string target)
{
    private const int BlockBytes = 1 << 17;

    private readonly string _from = target + ".part.from";

    public string Path { get; } = PathOf(target);

    /// <summary>Where the bytes of a file on its way lie.</summary>
    public static string PathOf(string target) => target + ".part";

    /// <summary>Bytes that are there and may be gone on with, and the validator to do so; 0 and null: none.</summary>
    public (long Length, string? Validator) Resume(string url)
    {
        try
        {
            string[] lines = new FileInfo(_from) is { Exists: true, Length: > 0 } ? File.ReadAllLines(_from) : [];
            bool same = lines.Length == 2 && lines[0] == url && lines[1].Length > 0 && File.Exists(Path) && new FileInfo(Path).LinkTarget is null;
            return same ? (new FileInfo(Path).Length, lines[1]) : (0, null);
        }
        catch (IOException)
        {
            return (0, null);
        }
    }

    /// <summary>Starts anew.</summary>
    public void Restart(string url, string? validator)
    {
        Drop();
        File.WriteAllText(_from, $"{url}\n{validator}\n", new UTF8Encoding(false));
    }

    /// <summary>Where the next bytes go.</summary>
    public FileStream Append() => new(Path, FileMode.Append, FileAccess.Write, FileShare.None, BlockBytes, useAsync: true);

    /// <summary>Hashes what is there.</summary>
    public Task<(string Sha256, string Md5, long Length)> HashAsync(CancellationToken cancellationToken) => HashAsync(Path, cancellationToken);

    /// <summary>Hashes a file, block by block.</summary>
    public static async Task<(string Sha256, string Md5, long Length)> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BlockBytes, useAsync: true);
        using IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Not for safety: some publishers name nothing else, and the file's sha256 is pinned from then on.
        using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        byte[] block = new byte[BlockBytes];
        long length = 0;
        for (int read; (read = await file.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0; length += read)
        {
            sha.AppendData(block, 0, read);
            md5.AppendData(block, 0, read);
        }

        return (Convert.ToHexStringLower(sha.GetHashAndReset()), Convert.ToHexStringLower(md5.GetHashAndReset()), length);
    }

    /// <summary>Gives the file its name: flushed to the disk, then renamed.</summary>
    public void Commit(string to)
    {
        using (FileStream file = new(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            file.Flush(flushToDisk: true);
        File.Move(Path, to, overwrite: true);
        File.Delete(_from);
    }

    public void Drop()
    {
        File.Delete(Path);
        File.Delete(_from);
    }
}
