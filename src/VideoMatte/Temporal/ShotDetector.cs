using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>Finds hard cuts by content, as PySceneDetect's content detector does: small pictures in HSV; the mean absolute differences of
/// H, S and V to the frame before, averaged; a cut where that is <see cref="Threshold"/> or more and the shot has lasted
/// <see cref="LeastFrames"/> frames. Pure: thumbnails in, decisions out.</summary>
/// <remarks>It sees no dissolves and no fades. Fast motion over the whole picture and flashes can pass for cuts.</remarks>
public sealed class ShotDetector
{
    /// <summary>Mean difference of the three channels, in their own units (H 0..179, S and V 0..255).</summary>
    public const double Threshold = 27.0;

    /// <summary>No cut sooner than this many frames after the shot's first, at any frame rate.</summary>
    public const int LeastFrames = 15;

    private byte[] _before = [];
    private byte[] _now = [];
    private long _framesInShot;

    /// <summary>What the last frame scored against the one before it; 0 for the first.</summary>
    public double Score { get; private set; }

    /// <summary>Looks at the next frame's thumbnail.</summary>
    /// <param name="rgb">R, G, B of each pixel, 0..255; borrowed. Frames of one size in a row.</param>
    /// <returns>True where this frame is the first of a shot; always true for the first one seen.</returns>
    public bool Next(ReadOnlySpan<byte> rgb)
    {
        if (rgb.Length == 0 || rgb.Length % 3 != 0)
            throw new ArgumentException("shots: a thumbnail is whole pixels of three bytes", nameof(rgb));
        if (_now.Length != rgb.Length)
            (_now, _before, _framesInShot) = (new byte[rgb.Length], new byte[rgb.Length], 0);
        (_before, _now) = (_now, _before);
        rgb.CopyTo(_now);
        HsvPicture.FromRgb(_now);

        bool first = _framesInShot == 0;
        // The three channels have as many samples each: their means averaged are the mean of all.
        Score = first ? 0 : (double)AbsoluteDifference.Sum(_before, _now) / _now.Length;
        bool starts = first || (Score >= Threshold && _framesInShot >= LeastFrames);
        _framesInShot = starts ? 1 : _framesInShot + 1;
        return starts;
    }

    /// <summary>Forgets: the next frame is a first one.</summary>
    public void Reset() => _framesInShot = 0;

    /// <summary>The size to look at a picture in: 256 pixels wide (smaller pictures as they are), in proportion.</summary>
    public static (int Width, int Height) ThumbnailSize(FrameFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        const int Width = 256;
        return format.Width <= Width
            ? (format.Width, format.Height)
            : (Width, Math.Max(1, (int)Math.Round((double)format.Height * Width / format.Width, MidpointRounding.AwayFromZero)));
    }
}
