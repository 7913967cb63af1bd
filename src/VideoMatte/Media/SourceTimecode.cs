using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The timecode a source begins with: of its timecode track, else a tag of the picture, else one of the file.</summary>
public static class SourceTimecode
{
    /// <summary>The name all containers' tags have.</summary>
    public const string Tag = "timecode";

    /// <summary>Null where the source has none, or none that fits its rate.</summary>
    public static Timecode? Find(MediaInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (Rate(info) is not { } rate)
            return null;
        IEnumerable<IReadOnlyDictionary<string, string>> places =
            [.. info.Others.Where(o => o.CodecTag == "tmcd").Select(o => o.Tags), info.Video.Tags, .. info.Others.Select(o => o.Tags), info.Tags];
        foreach (IReadOnlyDictionary<string, string> tags in places)
            if (tags.TryGetValue(Tag, out string? text) && Timecode.TryParse(text, rate, out Timecode found))
                return found;
        return null;
    }

    /// <summary>True where the source has a timecode track, which a container of its kind takes as it is.</summary>
    public static bool HasTrack(MediaInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return info.Others.Any(o => o.CodecTag == "tmcd");
    }

    /// <summary>Frames a second of the timecode: the standard rate the picture's average stands for.</summary>
    public static Rational? Rate(MediaInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return info.Video.AverageRate is { } average ? FrameRates.Snap(average) : info.Video.NominalRate;
    }
}
