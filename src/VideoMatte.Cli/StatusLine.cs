namespace VideoMatte.Cli;

/// <summary>How far something is: one line redrawn in place on a terminal, a plain line every few seconds elsewhere.</summary>
/// <param name="terminal">Standard error is drawn on.</param>
/// <param name="clock">Of the pauses.</param>
/// <param name="drawnEvery">Least time between two drawn lines.</param>
internal sealed class StatusLine(Terminal terminal, TimeProvider clock, TimeSpan drawnEvery)
{
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long _last = clock.GetTimestamp();
    private bool _drawn;

    /// <param name="line">Makes the line where its time has come; true: it is drawn, false: it is a plain one.</param>
    public void Show(Func<bool, string> line)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_last) < (terminal.ErrIsTerminal ? drawnEvery : PlainEvery))
                return;
            _last = clock.GetTimestamp();
            if (!terminal.ErrIsTerminal)
            {
                terminal.Say(line(false));
                return;
            }

            terminal.Err.Write("\r\x1b[2K" + line(true));
            terminal.Err.Flush();
            _drawn = true;
        }
    }

    /// <summary>Takes the drawn line away, so that what follows begins on a clean one.</summary>
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
}
