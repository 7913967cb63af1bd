namespace VideoMatte.Media;

/// <summary>A track of the source that goes into an output.</summary>
/// <param name="Kind">ffmpeg's letter: <c>a</c> sound, <c>s</c> subtitles, <c>d</c> data, <c>t</c> attachment, <c>v</c> cover picture.</param>
/// <param name="Order">Among the output's tracks of that kind, from 0.</param>
/// <param name="SourceIndex">In the source.</param>
/// <param name="Tags">Of the source's track.</param>
/// <param name="Dispositions">Likewise.</param>
internal sealed record KeptTrack(
    char Kind, int Order, int SourceIndex, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Dispositions);
