using System.Globalization;
using VideoMatte.Models;

namespace VideoMatte.Cli.Commands;

/// <summary>Bytes and time left of a fetch: one line redrawn on a terminal, a plain line every few seconds elsewhere.</summary>
internal sealed class DownloadLine(Terminal terminal, TimeProvider clock) : IProgress<DownloadProgress>
{
    private readonly StatusLine _line = new(terminal, clock, drawnEvery: TimeSpan.FromMilliseconds(200));

    public void Report(DownloadProgress value) => _line.Show(_ => Line(value));

    /// <inheritdoc cref="StatusLine.Clear"/>
    public void Clear() => _line.Clear();

    internal static string Line(DownloadProgress value)
    {
        string what = value.Waits ? "another process is fetching it, " : string.Empty;
        return value.Total is > 0 and { } total
            ? string.Create(CultureInfo.InvariantCulture, $"{value.Id}: {what}{MatteSummary.Size(value.Done)} of {MatteSummary.Size(total)}, {100 * value.Done / total} %")
            : string.Create(CultureInfo.InvariantCulture, $"{value.Id}: {what}{MatteSummary.Size(value.Done)}");
    }
}
