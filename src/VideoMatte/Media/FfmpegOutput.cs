namespace VideoMatte.Media;

/// <summary>What a short-lived child said.</summary>
/// <param name="ExitCode">Of the process.</param>
/// <param name="Text">Standard output, UTF-8, malformed bytes replaced.</param>
/// <param name="ErrorTail">End of standard error.</param>
/// <param name="Stalled">It was killed because nothing came for too long.</param>
/// <param name="Overflowed">Standard output was longer than allowed; <paramref name="Text"/> is its beginning.</param>
public sealed record FfmpegOutput(int ExitCode, string Text, string ErrorTail, bool Stalled, bool Overflowed);
