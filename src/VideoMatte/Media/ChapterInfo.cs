using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>A chapter mark.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Title">May be empty. Untrusted.</param>
public sealed record ChapterInfo(Rational Start, Rational End, string Title);
