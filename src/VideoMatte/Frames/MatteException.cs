namespace VideoMatte.Frames;

/// <summary>An error the user can act on. The message is one sentence: the thing, what was found, what to do.</summary>
public class MatteException : Exception
{
    public MatteException(ErrorKind kind, string code, string message, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        Code = code;
    }

    public ErrorKind Kind { get; }

    /// <summary>Stable, lower-case, hyphenated: <c>output-exists</c>, <c>input-missing</c>.</summary>
    public string Code { get; }

    /// <summary>The stage that failed first; set once by whoever knows it.</summary>
    public string? Stage { get; set; }

    /// <summary>Index of the frame it failed on, where one was in hand.</summary>
    public long? FrameIndex { get; set; }

    /// <summary>The clip, as the user named it.</summary>
    public string? Clip { get; set; }

    /// <summary>More for <c>--verbose</c>: a command line, an exit code, the end of a child's stderr.</summary>
    public string? Detail { get; set; }

    /// <summary>Says where it happened, where nobody nearer to it has said so yet.</summary>
    internal void Locate(string stage, long frameIndex) => (Stage, FrameIndex) = (Stage ?? stage, FrameIndex ?? frameIndex);
}
