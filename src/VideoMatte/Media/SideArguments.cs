using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The growing part of an encoder's command line that tells what goes beside the picture.</summary>
/// <param name="output">The file.</param>
internal sealed class SideArguments(OutputSpec output)
{
    /// <summary>What programs that write QuickTime put where a track's name stands.</summary>
    private static readonly string[] NoNames = ["handler", "media", "gpac", "isom", "l-smash", "alis"];

    /// <summary>Statistics of a track as it was in the source's file.</summary>
    private static readonly string[] Statistics = ["BPS", "DURATION", "NUMBER_OF_", "_STATISTICS_"];

    public OutputSpec Output => output;

    public MediaContainer Container => output.Preset.Container;

    /// <summary>QuickTime and its heir.</summary>
    public bool IsQuickTime => Container is MediaContainer.Mov or MediaContainer.Mp4;

    public bool IsCut => output.Timing.IsCut;

    public List<string> Early { get; } = [];

    public List<string> Late { get; } = [];

    public List<KeptTrack> Kept { get; } = [];

    /// <summary>The source's tracks of subtitles that come from a file of their own, which <see cref="SubtitleCut"/> makes.</summary>
    public List<int> Cut { get; } = [];

    public List<MatteWarning> Warnings { get; } = [];

    /// <summary>Maps a track of the source.</summary>
    /// <returns>Its number among the output's tracks of that kind, as an option's specifier has it.</returns>
    public string Map(char kind, int sourceIndex, IReadOnlyDictionary<string, string> tags, IReadOnlyList<string> dispositions)
    {
        int order = Kept.Count(k => k.Kind == kind);
        Kept.Add(new KeptTrack(kind, order, sourceIndex, tags, dispositions));
        Early.AddRange(["-map", "1:" + Text(sourceIndex)]);
        return Text(order);
    }

    /// <summary>Maps a track of subtitles that is cut beforehand; the file of these is input 2.</summary>
    public string MapCut(OtherStreamInfo track)
    {
        string order = Text(Cut.Count);
        Kept.Add(new KeptTrack('s', Cut.Count, track.Index, track.Tags, track.Dispositions));
        Cut.Add(track.Index);
        // A Matroska file of these has written down how long it is itself.
        Early.AddRange(["-map", "2:s:" + order, "-metadata:s:s:" + order, "DURATION="]);
        return order;
    }

    /// <summary>Language, name and flags of a track of sound or subtitles. ffmpeg copies most of it and adds guesses of its own; this is
    /// the source's.</summary>
    public void Describe(char kind, string order, IReadOnlyDictionary<string, string> tags, IReadOnlyList<string> dispositions)
    {
        string at = $":s:{kind}:{order}";
        Early.AddRange([$"-disposition:{kind}:{order}", dispositions.Count == 0 ? "0" : string.Join('+', dispositions)]);
        if (tags.TryGetValue("language", out string? language))
            Early.AddRange(["-metadata" + at, "language=" + Languages.For(Container, language)]);
        string? name = NameOf(tags);
        if (name is not null)
            Early.AddRange(["-metadata" + at, "title=" + name]);
        // QuickTime's own players show the handler's name, others the title.
        if (IsQuickTime && name is not null)
            Early.AddRange(["-metadata" + at, "handler_name=" + name]);
        IEnumerable<string> stale = tags.Keys.Where(k => Statistics.Any(s => k.StartsWith(s, StringComparison.OrdinalIgnoreCase)))
            .Concat(IsQuickTime ? [] : tags.Keys.Where(k => k.Equals("handler_name", StringComparison.OrdinalIgnoreCase) || k.Equals("vendor_id", StringComparison.OrdinalIgnoreCase)));
        foreach (string tag in stale)
            Early.AddRange(["-metadata" + at, tag + "="]);
    }

    public void Warn(string code, string message, bool notAsAsked = false) => Warnings.Add(new MatteWarning(code, message, NotAsAsked: notAsAsked));

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A track's name: its title, or a handler's name that somebody gave.</summary>
    public static string? NameOf(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.TryGetValue("title", out string? title))
            return title;
        return tags.TryGetValue("handler_name", out string? handler) && handler.Length > 0 && !NoNames.Any(n => handler.Contains(n, StringComparison.OrdinalIgnoreCase))
            ? handler
            : null;
    }
}
