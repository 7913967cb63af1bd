using System.Globalization;
using VideoMatte.Media;

namespace VideoMatte.Testing;

/// <summary>A shell script that stands in front of the real ffmpeg and misbehaves as told; ffprobe stays the real one. Needs a system with
/// <c>sh</c>. Inside a script <c>$REAL</c> is the real ffmpeg and <c>"$@"</c> what it was called with.</summary>
public sealed class ScriptedFfmpeg : IDisposable
{
    private readonly TempFolder _folder = new();

    private ScriptedFfmpeg(FfmpegTools real, string body)
    {
        Tools = real with { FfmpegPath = ShellScript.Write(_folder["ffmpeg"], $"REAL='{real.FfmpegPath}'\n{body}") };
    }

    /// <summary>The script as ffmpeg, the real ffprobe.</summary>
    public FfmpegTools Tools { get; }

    public static ScriptedFfmpeg WithBody(FfmpegTools real, string body) => new(real, body);

    /// <summary>Gives <paramref name="bytes"/> of the real output, then dies as if killed.</summary>
    public static ScriptedFfmpeg CrashingAfter(FfmpegTools real, long bytes) =>
        new(real, $"\"$REAL\" \"$@\" 2>/dev/null | head -c {Number(bytes)}\necho 'a terrible thing happened' >&2\nkill -9 $$");

    /// <summary>Gives <paramref name="bytes"/> of the real output, then says nothing, for ten minutes, while something runs below it.</summary>
    public static ScriptedFfmpeg StallingAfter(FfmpegTools real, long bytes) =>
        new(real, $"\"$REAL\" \"$@\" 2>/dev/null | head -c {Number(bytes)}\nsleep 600 &\nwait");

    /// <summary>Stalls after <paramref name="bytes"/> while it writes a line to standard error four times a second.</summary>
    public static ScriptedFfmpeg StallingNoisily(FfmpegTools real, long bytes) =>
        new(real, $"\"$REAL\" \"$@\" 2>/dev/null | head -c {Number(bytes)}\nfor i in $(seq 2400); do echo still here >&2; sleep 0.25; done");

    /// <summary>Writes <paramref name="bytes"/> to standard error, in one line, then is the real one.</summary>
    public static ScriptedFfmpeg FloodingErrors(FfmpegTools real, long bytes) =>
        new(real, $"head -c {Number(bytes)} /dev/zero | tr '\\0' 'x' >&2\nexec \"$REAL\" \"$@\"");

    /// <summary>Gives <paramref name="bytes"/> of the real output and exits with 0, without a word.</summary>
    public static ScriptedFfmpeg EndingAfter(FfmpegTools real, long bytes) =>
        new(real, $"\"$REAL\" \"$@\" 2>/dev/null | head -c {Number(bytes)}\nexit 0");

    /// <summary>As an encoder: takes all of its input, passes only <paramref name="bytes"/> of it on, exits with 0.</summary>
    public static ScriptedFfmpeg TakingOnly(FfmpegTools real, long bytes) =>
        new(real, $"{{ head -c {Number(bytes)}; cat >/dev/null; }} | \"$REAL\" \"$@\" 2>/dev/null\nexit 0");

    /// <summary>As an encoder: reads <paramref name="bytes"/> of its input, then dies as if killed.</summary>
    public static ScriptedFfmpeg DyingAfterInput(FfmpegTools real, long bytes) =>
        new(real, $"head -c {Number(bytes)} >/dev/null\necho 'no space left on device' >&2\nkill -9 $$");

    /// <summary>As an encoder: never reads its input and never ends.</summary>
    public static ScriptedFfmpeg NeverReading(FfmpegTools real) => new(real, "sleep 600 &\nwait");

    public void Dispose() => _folder.Dispose();

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
