using System.Globalization;
using VideoMatte.Models;

namespace VideoMatte.Cli.Commands;

/// <summary>Bytes and time left of a fetch: one line redrawn on a terminal, a plain line every few seconds elsewhere.</summary>
internal sealed class DownloadLine(Terminal terminal, TimeProvider clock) : IProgress<DownloadProgress>
{
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrawnEvery = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private long _last = clock.GetTimestamp();
    private bool _drawn;

    public void Report(DownloadProgress value)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_last) < (terminal.ErrIsTerminal ? DrawnEvery : PlainEvery))
                return;
            _last = clock.GetTimestamp();
            string line = Line(value);
            if (!terminal.ErrIsTerminal)
            {
                terminal.Say(line);
                return;
            }

            terminal.Err.Write("\r\x1b[2K" + line);
            terminal.Err.Flush();
            _drawn = true;
        }
    }

    /// <summary>Takes the drawn line away.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (!_drawn)
                return;
            terminal.Err.Write("\r\x1b[2K");
            terminal.Err.Flush();
            _drawn = false;
        }
    }

    internal static string Line(DownloadProgress value) => value.Total is > 0 and { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{value.Id}: {MatteSummary.Size(value.Done)} of {MatteSummary.Size(total)}, {100 * value.Done / total} %")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Id}: {MatteSummary.Size(value.Done)}");
}
