using System.Globalization;

namespace VideoMatte.Media;

/// <summary>The one way by which a media path reaches ffmpeg or ffprobe: as <c>file:</c> and an absolute path, so that no name is ever an
/// option, a protocol or a pattern; behind lists of what may be opened at all, so that no file can make ffmpeg open another.</summary>
/// <remarks>A playlist, a manifest or a session description under the name of a video is refused by the list of readers, whatever its
/// extension. Still images are known by their first bytes and given to the reader of that one kind.</remarks>
public static class MediaDoor
{
    /// <summary>No network, no devices, no protocol that joins or cuts other files.</summary>
    public const string Protocols = "file,pipe";

    /// <summary>Containers, elementary streams, plain sound files (to say what they are) and single-picture readers; nothing that names
    /// another file or address: no hls, dash, concat, sdp, rtsp, imf, image2, tty, lavfi.</summary>
    public static readonly string Formats = string.Join(',',
    [
        "mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm", "avi", "flv", "mpegts", "mpeg", "ogg", "asf", "mxf", "gxf", "nut", "ivf", "dv",
        "wtv", "yuv4mpegpipe", "h264", "hevc", "vvc", "av1", "obu", "m4v", "mpegvideo", "mjpeg", "vc1", "dirac",
        "wav", "w64", "aiff", "au", "caf", "mp3", "aac", "ac3", "eac3", "flac",
        .. ImageSignature.Readers,
    ]);

    /// <summary>What stands before an input, and the input: <c>-protocol_whitelist … -format_whitelist … -max_pixels N [-f READER] -i
    /// file:PATH</c>. For ffmpeg and ffprobe alike. ffmpeg itself is called with <c>-nostdin</c>, which ffprobe does not have.</summary>
    /// <param name="path">As the user named it; relative paths are of the current folder. Its first bytes are read, where it exists.</param>
    /// <param name="maxPixels">Largest picture any decoder may open, in pixels, 1 or more.</param>
    public static IReadOnlyList<string> InputArguments(string path, long maxPixels)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPixels, 1);
        List<string> arguments =
        [
            "-protocol_whitelist", Protocols,
            "-format_whitelist", Formats,
            "-max_pixels", Limit(maxPixels),
        ];
        if (ImageReader(path) is { } reader)
            arguments.AddRange(["-f", reader]);
        arguments.AddRange(["-i", Url(path)]);
        return arguments;
    }

    /// <summary>The same for what was probed: also numbered pictures, whose reader and decoder are named and open nothing else, and a pipe,
    /// which is NUT and nothing else.</summary>
    /// <param name="info">Of <see cref="MediaProbe"/>.</param>
    /// <param name="maxPixels">As above.</param>
    internal static IReadOnlyList<string> InputArguments(MediaInfo info, long maxPixels)
    {
        if (info.Sequence is null && !info.IsPipe)
            return InputArguments(info.Path, maxPixels);
        if (info.Sequence is not { } sequence)
            return ["-fpsprobesize", "0", .. PipeArguments(maxPixels)];
        return
        [
            "-protocol_whitelist", "file", "-format_whitelist", "image2", "-max_pixels", Limit(maxPixels),
            "-f", "image2", "-pattern_type", "sequence", "-start_number", sequence.FirstNumber.ToString(CultureInfo.InvariantCulture),
            "-framerate", sequence.RateForFfmpeg.ToString(), "-c:v", sequence.Decoder, "-i", "file:" + sequence.FfmpegPattern,
        ];
    }

    /// <summary>Standard input, which is NUT and nothing else.</summary>
    /// <param name="maxPixels">As above.</param>
    internal static IReadOnlyList<string> PipeArguments(long maxPixels) =>
        ["-protocol_whitelist", "pipe", "-format_whitelist", "nut", "-max_pixels", Limit(maxPixels), "-f", "nut", "-i", "pipe:0"];

    private static string Limit(long maxPixels) => Math.Min(maxPixels, int.MaxValue).ToString(CultureInfo.InvariantCulture);

    /// <summary><c>file:</c> and the absolute path, for inputs and outputs.</summary>
    public static string Url(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>The single-picture reader for this file; null where it is no still image, or cannot be read.</summary>
    internal static string? ImageReader(string path)
    {
        Span<byte> head = stackalloc byte[ImageSignature.Length];
        try
        {
            // A pipe or a device has no length; opening one could wait for ever.
            if (new FileInfo(path) is not { Exists: true, Length: > 0 })
                return null;
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return ImageSignature.Reader(head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
