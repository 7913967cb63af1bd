using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The rounded matte of one frame in the later half of a clip, kept to be compared with what was written. Which one is not known
/// beforehand: it is taken anew at frames 0, 1, 2, 4, 8, ..., so that the last one kept is never before the middle.</summary>
internal sealed class SentAlpha
{
    private byte[] _codes = [];

    public long Frame { get; private set; } = -1;

    /// <summary>As sent, seconds.</summary>
    public Rational Time { get; private set; }

    /// <summary>Of the frame before; null at frame 0.</summary>
    public Rational? TimeBefore { get; private set; }

    /// <summary>Bytes or little-endian words.</summary>
    public ReadOnlySpan<byte> Codes => _codes;

    public static bool IsKept(long frame) => (frame & (frame - 1)) == 0;

    public void Keep(long frame, Rational time, Rational? before, ReadOnlySpan<byte> codes)
    {
        if (_codes.Length != codes.Length)
            _codes = new byte[codes.Length];
        codes.CopyTo(_codes);
        Frame = frame;
        Time = time;
        TimeBefore = before;
    }
}
