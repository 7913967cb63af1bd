using System.Buffers.Binary;
using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>A QuickTime timecode track that begins where we say. ffmpeg's muxer makes one only where it knows the rate, which it does not
/// behind our pipe: a file of one frame is made beside the output and its track copied.</summary>
internal static class TimecodeFile
{
    private const int MostAnswerBytes = 64 * 1024;
    private const uint DropFrameFlag = 1;

    /// <summary>Makes the file; the caller deletes it.</summary>
    /// <exception cref="MatteException">Output, <c>encoder-failed</c>.</exception>
    public static async Task MakeAsync(FfmpegTools tools, string path, Timecode start, Rational rate, TimeProvider time, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-y", "-f", "lavfi",
            "-i", string.Create(CultureInfo.InvariantCulture, $"color=size=16x16:rate={rate.Numerator}/{rate.Denominator}"),
            "-frames:v", "1", "-c:v", "mpeg4", "-timecode", start.ToString(), "-f", "mov", MediaDoor.Url(path),
        ];
        FfmpegOutput answer = await FfmpegProcess.RunAsync(tools.FfmpegPath, arguments, MostAnswerBytes, null, time, cancellationToken).ConfigureAwait(false);
        if (answer.ExitCode != 0)
            throw new MatteException(ErrorKind.Output, "encoder-failed", $"The timecode {start} could not be written beside {path}; see --verbose for ffmpeg's words.")
            {
                Detail = answer.ErrorTail,
            };
    }

    /// <summary>Says in a finished file that its timecode drops numbers, which copying a track forgets.</summary>
    /// <returns>False where there is no timecode track.</returns>
    public static bool MarkDropFrame(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        return Find(file, 0, file.Length, "moov", moov => Each(file, moov, "trak", trak =>
            Within(file, trak, ["mdia", "minf", "stbl", "stsd"]) is { } table && Mark(file, table)));
    }

    /// <summary>stsd: version and flags, count, then an entry: size, kind, 6 reserved, 2 index, 4 reserved, 4 flags (QuickTime File Format).</summary>
    private static bool Mark(FileStream file, (long At, long End) table)
    {
        Span<byte> entry = stackalloc byte[28];
        if (table.End - table.At < 8 + entry.Length)
            return false;
        file.Position = table.At + 8;
        file.ReadExactly(entry);
        if (!entry[4..8].SequenceEqual("tmcd"u8))
            return false;
        uint flags = BinaryPrimitives.ReadUInt32BigEndian(entry[20..]) | DropFrameFlag;
        BinaryPrimitives.WriteUInt32BigEndian(entry, flags);
        file.Position = table.At + 8 + 20;
        file.Write(entry[..4]);
        return true;
    }

    private static (long At, long End)? Within(FileStream file, (long At, long End) box, IEnumerable<string> path)
    {
        foreach (string kind in path)
        {
            (long, long)? inner = null;
            if (!Find(file, box.At, box.End, kind, found => (inner = found) is not null))
                return null;
            box = inner!.Value;
        }

        return box;
    }

    private static bool Each(FileStream file, (long At, long End) box, string kind, Func<(long At, long End), bool> does) =>
        Find(file, box.At, box.End, kind, does);

    /// <summary>Looks at the boxes of a kind, one after the other, until one satisfies.</summary>
    private static bool Find(FileStream file, long at, long end, string kind, Func<(long At, long End), bool> does)
    {
        Span<byte> head = stackalloc byte[16];
        while (end - at >= 8)
        {
            file.Position = at;
            file.ReadExactly(head[..8]);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head), body = at + 8;
            bool wanted = head[4..8].SequenceEqual(System.Text.Encoding.ASCII.GetBytes(kind));
            if (size == 1)
            {
                file.ReadExactly(head[8..]);
                size = BinaryPrimitives.ReadInt64BigEndian(head[8..]);
                body += 8;
            }
            else if (size == 0)
            {
                size = end - at;
            }

            if (size < body - at || size > end - at)
                return false;
            if (wanted && does((body, at + size)))
                return true;
            at += size;
        }

        return false;
    }
}
