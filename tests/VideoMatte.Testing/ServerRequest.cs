using System.Text;

namespace VideoMatte.Testing;

/// <summary>What a client asked a <see cref="ScriptedServer"/>.</summary>
/// <param name="Path">With its leading slash.</param>
/// <param name="Headers">By name, case ignored.</param>
/// <param name="Number">From 0.</param>
public sealed record ServerRequest(string Path, IReadOnlyDictionary<string, string> Headers, int Number)
{
    /// <summary>First byte asked for; 0 where all.</summary>
    public int From => Headers.TryGetValue("Range", out string? range) && range.StartsWith("bytes=", StringComparison.Ordinal)
        ? int.Parse(range["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture)
        : 0;

    internal static async Task<ServerRequest> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0)
                throw new IOException("the client said nothing");
            head.Append((char)one[0]);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..])
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return new ServerRequest(lines[0].Split(' ')[1], headers, 0);
    }
}
