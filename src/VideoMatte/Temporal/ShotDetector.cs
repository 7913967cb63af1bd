using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>Finds where shots begin: hard cuts (<see cref="CutRule"/>), ends of dissolves (<see cref="DissolveRule"/>) and pictures that come out of black or
/// another blank. Pure: thumbnails in, decisions out, each <see cref="LookAhead"/> frames later.</summary>
/// <remarks>A dissolve's start is its first whole frame: before it two pictures are mixed, and a state begun among them would hold both. A fade's
/// start is the first frame in which something is seen again. Flashes and pans start nothing.</remarks>
public sealed class ShotDetector
{
    /// <summary>Frames behind a frame that must be known to decide on it: a flash and the frame after it.</summary>
    public const int LookAhead = CutRule.FlashFrames + 1;

    /// <summary>No dissolve and no fade ends sooner than this many frames after a shot's first. Cuts may.</summary>
    private const int LeastFrames = 6;

    private readonly ShotWindow _window;
    private long _decided;
    private long _shotStart;
    private long _blank;

    /// <param name="width">Columns of every thumbnail, 1 or more.</param>
    /// <param name="height">Rows of every thumbnail, 1 or more.</param>
    public ShotDetector(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        _window = new ShotWindow(width, height);
    }

    /// <summary>Looks at the next frame's thumbnail.</summary>
    /// <param name="rgb">R, G, B of each pixel, 0..255, row after row; borrowed.</param>
    public void Add(ReadOnlySpan<byte> rgb) => _window.Add(rgb);

    /// <summary>Decides on the next frame, in order, where enough is known.</summary>
    /// <param name="ended">No more frames come before <see cref="Reset"/>: decide by what is known.</param>
    /// <param name="kind">Why a shot begins with the frame; null where none does. The first frame of all is a <see cref="ShotKind.Start"/>.</param>
    /// <returns>False where nothing can be decided now.</returns>
    public bool TryDecide(bool ended, out ShotKind? kind)
    {
        kind = null;
        if (_decided >= _window.Count || (!ended && _decided + LookAhead >= _window.Count))
            return false;
        long frame = _decided++;
        long blank = _blank;
        bool isBlank = _window.Grid(frame).IsBlank;
        _blank = isBlank ? blank + 1 : 0;
        if (frame == 0)
            kind = ShotKind.Start;
        else
            kind = Find(frame, blank, mayBeSlow: frame - _shotStart >= LeastFrames && !isBlank);
        if (kind is not null)
            _shotStart = frame;
        return true;
    }

    /// <summary>Forgets: the next frame is a first one. What was not decided is not.</summary>
    public void Reset()
    {
        _window.Clear();
        (_decided, _shotStart, _blank) = (0, 0, 0);
    }

    /// <summary>The size to look at a picture in: 256 pixels wide (smaller pictures as they are), in proportion.</summary>
    public static (int Width, int Height) ThumbnailSize(FrameFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        const int Width = 256;
        return format.Width <= Width
            ? (format.Width, format.Height)
            : (Width, Math.Max(1, (int)Math.Round((double)format.Height * Width / format.Width, MidpointRounding.AwayFromZero)));
    }

    /// <param name="frame">Not the first.</param>
    /// <param name="blank">Blank frames right before it.</param>
    /// <param name="mayBeSlow">A dissolve or a fade may end here.</param>
    private ShotKind? Find(long frame, long blank, bool mayBeSlow)
    {
        bool isFade = mayBeSlow && blank > 0 && IsBlankOfAFade(frame - blank, blank);
        if (isFade && Grows(frame))
            return ShotKind.Fade;
        if (CutRule.IsCut(_window, frame))
            return ShotKind.Cut;
        if (isFade)
            return ShotKind.Fade;
        // Where a clip ends in motion nobody knows that it would have come to rest.
        return mayBeSlow && frame + LookAhead < _window.Count && DissolveRule.Ends(_window, frame, frame + LookAhead, _shotStart) ? ShotKind.Dissolve : null;
    }

    /// <summary>A blank that lasts longer than a flash, or that the picture sank into slowly.</summary>
    private bool IsBlankOfAFade(long first, long frames) =>
        frames > CutRule.FlashFrames || (first > 0 && _window.Grid(first - 1).ChangeTo(_window.Grid(first)) == 0);

    /// <summary>The picture goes on coming up: what is cut to is there at once.</summary>
    private bool Grows(long frame) =>
        _window.Grid(Math.Min(frame + LookAhead, _window.Count - 1)).Contrast > 1.5 * _window.Grid(frame).Contrast;
}
