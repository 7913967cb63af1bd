using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>One child, ffmpeg or ffprobe, started without a shell. Its three streams move at the same time: the caller reads and writes,
/// standard error is drained all along and its end kept. One reader and one writer at a time. Disposing kills what still runs, with
/// everything below it.</summary>
/// <remarks>The stall timer runs only while the caller waits on the child: a read or a write that is pending. What the child says on
/// standard error is no progress.</remarks>
public sealed class FfmpegProcess : IAsyncDisposable
{
    /// <summary>Longest single wait on a child before it counts as stalled.</summary>
    public static readonly TimeSpan DefaultStallLimit = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of standard error that are kept.</summary>
    public const int ErrorTailBytes = 16 * 1024;

    /// <summary>A killed process is gone in far less; one that hangs in the kernel is not waited for.</summary>
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly ChildPipes _pipes;
    private readonly StallWatch _exitWatch;
    private TimeSpan _processorTimeSeen;
    private int? _exitCode;
    private int _killed;
    private int _disposeStarted;

    private FfmpegProcess(Process process, string program, IReadOnlyList<string> arguments, TimeSpan stallLimit, TimeProvider time)
    {
        _process = process;
        Program = program;
        Arguments = arguments;
        _pipes = new ChildPipes(process, ErrorTailBytes, stallLimit, time, OnStall, () => Stalled);
        _exitWatch = new StallWatch(stallLimit, time, OnStall, IsBusy);
    }

    public string Program { get; }

    public IReadOnlyList<string> Arguments { get; }

    public int Id { get; private init; }

    /// <summary>True once the child was killed because a wait on it lasted too long.</summary>
    public bool Stalled { get; private set; }

    /// <summary>True once we killed it, for whatever reason: its exit code then says nothing.</summary>
    public bool Killed => Volatile.Read(ref _killed) != 0;

    /// <summary>Bytes it wrote to standard error so far; complete after <see cref="WaitForExitAsync"/>.</summary>
    public long ErrorBytes => _pipes.Errors.TotalBytes;

    /// <summary>The end of its standard error. Untrusted text.</summary>
    public string ErrorTail => _pipes.Errors.ToString();

    /// <summary>Starts <paramref name="program"/>. The caller disposes.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="arguments">One element an argument; nothing is parsed again.</param>
    /// <param name="stallLimit">Longest single wait; null: <see cref="DefaultStallLimit"/>.</param>
    /// <param name="time">The clock of the stall timer.</param>
    /// <exception cref="MatteException"><c>ffmpeg-missing</c>: the program cannot be started.</exception>
    public static FfmpegProcess Start(string program, IReadOnlyList<string> arguments, TimeSpan? stallLimit, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(time);
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        // ffmpeg would write a report file, or colours, where the user's environment asks for them.
        start.Environment.Remove("FFREPORT");
        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        try
        {
            Process process = Process.Start(start)!;
            return new FfmpegProcess(process, program, arguments, stallLimit ?? DefaultStallLimit, time) { Id = process.Id };
        }
        catch (Win32Exception e)
        {
            throw new MatteException(
                ErrorKind.Input, "ffmpeg-missing", $"{program} cannot be started; run `videomatte doctor --fix` or name another with --ffmpeg.", e)
            {
                Detail = e.Message,
            };
        }
    }

    /// <summary>Runs a short-lived child to its end.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="arguments">One element an argument.</param>
    /// <param name="mostBytes">More output than this is cut off and the child is killed.</param>
    /// <param name="stallLimit">Longest single wait; null: <see cref="DefaultStallLimit"/>.</param>
    /// <param name="time">The clock of the stall timer.</param>
    /// <param name="cancellationToken">Kills the child.</param>
    /// <param name="fed">For its standard input: a child that has seen enough may close its end, and answers after that. Default: nothing.</param>
    public static async Task<FfmpegOutput> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        int mostBytes,
        TimeSpan? stallLimit,
        TimeProvider time,
        CancellationToken cancellationToken,
        ReadOnlyMemory<byte> fed = default)
    {
        FfmpegProcess child = Start(program, arguments, stallLimit, time);
        await using (child.ConfigureAwait(false))
        {
            if (!fed.IsEmpty)
                await child.FeedAsync(fed, cancellationToken).ConfigureAwait(false);
            child.CloseInput();
            MemoryStream text = new();
            byte[] part = new byte[16 * 1024];
            for (int read; text.Length < mostBytes && (read = await child.ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0;)
                await text.WriteAsync(part.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            bool overflowed = text.Length >= mostBytes;
            if (overflowed)
                child.Kill();
            int exit = await child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new FfmpegOutput(exit, Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length), child.ErrorTail, child.Stalled, overflowed);
        }
    }

    /// <summary>Reads what is there from standard output; 0 at its end, also where the child was killed or stalled.</summary>
    /// <remarks>Cancelling ends the wait, not the child.</remarks>
    public ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken) => _pipes.ReadAsync(into, cancellationToken);

    /// <summary>Writes all of <paramref name="bytes"/> to standard input.</summary>
    /// <exception cref="IOException">The child has closed its end or is gone: ask <see cref="WaitForExitAsync"/> why.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _pipes.WriteAsync(bytes, cancellationToken);

    /// <summary>Closes standard input: a decoder needs none, an encoder finishes its file now. May be called again.</summary>
    public void CloseInput() => _pipes.CloseInput();

    /// <summary>Reads and drops standard output until its end: an encoder that writes to a file may still talk.</summary>
    public Task DrainOutputAsync(CancellationToken cancellationToken) => _pipes.DrainOutputAsync(cancellationToken);

    /// <summary>Waits for the end of the child and of its standard error. A child that ends its work (a long flush of an encoder) counts
    /// as stalled only where it used no processor time for the stall limit.</summary>
    /// <returns>The exit code; above 128 or negative where a signal ended it.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        _exitWatch.Begin();
        try
        {
            await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            // An orphan below the child may hold standard error open: its words are worth a moment, not a hang.
            await Task.WhenAny(_pipes.ErrorsEnded, Task.Delay(TimeSpan.FromSeconds(2), cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            _exitWatch.End();
        }

        _exitCode = _process.ExitCode;
        return _process.ExitCode;
    }

    /// <summary>Kills the child and everything below it. May be called at any time, also again.</summary>
    public void Kill()
    {
        Interlocked.Exchange(ref _killed, 1);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It has ended by itself, which is what was wanted.
        }
    }

    /// <summary>The order that leaves no whole-looking short file: kill, wait, and only then close standard input.</summary>
    public async ValueTask AbortAsync()
    {
        if (!_process.HasExited)
            Kill();
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        CloseInput();
    }

    /// <summary>An error about this child, its command, exit code and last words in the detail.</summary>
    public MatteException Failure(ErrorKind kind, string code, string message) =>
        new(kind, code, message) { Detail = Describe() };

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposeStarted, 1) != 0)
            return;
        await AbortAsync().ConfigureAwait(false);
        // A stall that is being dealt with still needs the process.
        await _pipes.EndWatchingAsync().ConfigureAwait(false);
        await _exitWatch.DisposeAsync().ConfigureAwait(false);
        await _pipes.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task FeedAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The child's answer, or its exit code, says whether what it took was enough.
        }
    }

    private string Describe()
    {
        StringBuilder text = new(Program);
        foreach (string argument in Arguments)
            text.Append(' ').Append(argument.AsSpan().ContainsAny(" \t\"'\\") ? $"\"{argument}\"" : argument);
        if (Killed)
            text.Append("\nkilled");
        else if (_exitCode is { } code)
            text.Append(CultureInfo.InvariantCulture, $"\nexit {code}");
        return text.Append('\n').Append(ErrorTail).ToString();
    }

    private void OnStall()
    {
        Stalled = true;
        Kill();
        // An orphan of the child may hold the other ends of the pipes: the waits on them must end all the same, input last.
        _process.WaitForExit(AfterKill);
        _pipes.Break();
    }

    private bool IsBusy()
    {
        try
        {
            _process.Refresh();
            TimeSpan used = _process.TotalProcessorTime;
            bool moved = used > _processorTimeSeen;
            _processorTimeSeen = used;
            return moved;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return false;
        }
    }
}
