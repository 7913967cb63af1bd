namespace VideoMatte.Frames;

/// <summary>Something the user should know that did not stop the work.</summary>
/// <param name="Code">Stable, lower-case, hyphenated: <c>source-truncated</c>.</param>
/// <param name="Message">One sentence. Text from outside is raw here; the sink escapes it.</param>
/// <param name="Frame">Frame index, where it belongs to one.</param>
/// <param name="NotAsAsked">True where the result is not what was asked for (exit 7 unless lenient).</param>
public sealed record MatteWarning(string Code, string Message, long? Frame = null, bool NotAsAsked = false);
