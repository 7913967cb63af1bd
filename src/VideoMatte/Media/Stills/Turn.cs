namespace VideoMatte.Media.Stills;

/// <summary>The eight ways a picture may lie in its file (EXIF 2.32, tag 0x0112), and the filters of ffmpeg that put it upright. They move
/// samples and change none.</summary>
internal static class Turn
{
    private const int Least = 1, Most = 8;

    /// <summary>True for a number EXIF has a meaning for.</summary>
    public static bool IsKnown(int orientation) => orientation is >= Least and <= Most;

    /// <summary>Columns become rows.</summary>
    public static bool IsOnItsSide(int orientation) => orientation >= 5;

    /// <summary>ffmpeg's filters that put it upright, in order; none for 1.</summary>
    public static IReadOnlyList<string> Filters(int orientation) => orientation switch
    {
        2 => ["hflip"],
        3 => ["hflip", "vflip"],
        4 => ["vflip"],
        5 => ["transpose=cclock_flip"],
        6 => ["transpose=clock"],
        7 => ["transpose=clock_flip"],
        8 => ["transpose=cclock"],
        _ => [],
    };

    /// <summary>The stream as it is after it was put upright.</summary>
    public static VideoStreamInfo Upright(VideoStreamInfo video, int orientation) => !IsOnItsSide(orientation) ? video : video with
    {
        Pixels = VideoStreamParser.OnItsSide(video.Pixels),
        Format = video.Format with
        {
            Width = video.Format.Height,
            Height = video.Format.Width,
            Layout = VideoStreamParser.OnItsSide(video.Pixels).Layout,
            SampleAspect = Frames.Rational.One / video.Format.SampleAspect,
        },
    };
}
