using System.Globalization;
using System.Numerics.Tensors;
using VideoMatte.Frames;
using VideoMatte.Temporal.Flow;

namespace VideoMatte.Temporal.Motion;

/// <summary>Finds a camera's small motion (a hand, wind, a floor) as one affine map of the picture: the flow from the first picture to the
/// frame, at a small size (longer side 640), the map that most of it agrees on, and that map made exact on the pictures themselves. What moves by itself
/// does not agree.</summary>
public sealed class CameraFollower : ICameraFollower
{
    /// <summary>Pixels of the frame that no corner may go beyond for the camera to stand still: interpolating over less would cost more sharpness
    /// than it wins.</summary>
    private const double Still = .25;

    /// <summary>Farthest a corner may go, as a share of the longer side: beyond, too little of the first picture is left.</summary>
    private const double Farthest = .12;

    /// <summary>Least share of what is textured that must agree: a subject may fill most of the picture.</summary>
    private const double LeastShare = .2;

    /// <summary>Squared gradient of grey up to which a place is flat (noise has up to that) and has its vector from others, and at which more than
    /// that counts half.</summary>
    private const float Flat = 16, Texture = 64;

    /// <summary>Mean texture of a picture that has something to follow: a bare wall has not, and a camera before it is taken to stand.</summary>
    private const double LeastTexture = .002;

    private readonly int _width;
    private readonly int _height;
    private readonly GreyThumbnail _thumbnail;
    private readonly MotionSearch _search;
    private readonly MotionLink _toNow;
    private readonly AffinePolish _polish;
    private readonly byte[] _grey;

    /// <summary>The first picture, and the one in hand brought near its view.</summary>
    private readonly (FlowPicture Picture, byte[] Grey) _first;
    private readonly (FlowPicture Picture, byte[] Grey) _steady;
    private readonly FlowField _near;
    private readonly float[] _texture;
    private readonly float[] _weights;
    private readonly float[] _u;
    private readonly float[] _v;
    private bool _hasFirst;
    private bool _hasTexture;
    private AffineMotion _fromFirst;
    private AffineMotion _fromFrame;
    private long? _lostFrom;
    private long _lost;
    private long _frames;

    private CameraFollower(FrameFormat format, int width, int height)
    {
        (_width, _height) = (format.Width, format.Height);
        _thumbnail = new GreyThumbnail(format, width, height);
        _search = new MotionSearch(width, height, FlowOptions.Medium);
        _toNow = new MotionLink(width, height);
        _polish = new AffinePolish(width, height);
        _grey = new byte[width * height];
        (_first, _steady) = ((_search.NewPicture(), new byte[width * height]), (_search.NewPicture(), new byte[width * height]));
        _near = new FlowField(width, height);
        (_texture, _weights) = (new float[width * height], new float[width * height]);
        (_u, _v) = (new float[format.Width], new float[format.Width]);
    }

    public IReadOnlyList<MatteWarning> Warnings => _lostFrom is not { } from ? [] :
    [
        new MatteWarning("camera-not-followed", string.Create(
            CultureInfo.InvariantCulture, $"In {_lost} of {_frames} frames, from frame {from} on, too little of the picture goes with the clean plate to tell how the camera moved, and it was taken to stand where it stood before: the plate is of another scene, or the camera went more than {100 * Farthest:0} % of the picture away."),
            from, NotAsAsked: _lost * 2 > _frames),
    ];

    /// <summary>Whether the last frame could not be followed.</summary>
    public bool IsLost { get; private set; }

    /// <summary>What was looked at so far was a plate of several pictures: the clip begins.</summary>
    public void BeginClip() => (_lostFrom, _lost, _frames, _fromFirst, _fromFrame, IsLost) = (null, 0, 0, default, default, false);

    /// <summary>Null where frames are too small for motion to be found.</summary>
    /// <param name="format">Of the first picture and of all frames.</param>
    public static CameraFollower? For(FrameFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return MotionSize.For(format.Width, format.Height) is (int width, int height) ? new CameraFollower(format, width, height) : null;
    }

    /// <summary>Memory at its fullest, bytes.</summary>
    /// <param name="width">Columns of the frames.</param>
    /// <param name="height">Rows of the frames.</param>
    public static long BytesFor(int width, int height) => MotionCarrier.BytesFor(width, height);

    public bool Follow(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _thumbnail.Render(frame, _hasFirst ? _grey : _first.Grey);
        if (!_hasFirst)
        {
            _hasFirst = true;
            _search.Set(_first.Grey, _first.Picture);
            Gradients();
            return false;
        }

        if (!_hasTexture)
            return false;
        double x = (double)_search.Width / _width, y = (double)_search.Height / _height;
        AffineMotion before = _fromFirst.Scaled(x, y);
        AffineMotion? motion = Find(before) ?? (before == AffineMotion.None ? null : Find(AffineMotion.None));
        _frames++;
        IsLost = motion is null;
        if (motion is { } found)
        {
            _fromFirst = found.Scaled(1 / x, 1 / y);
            _fromFrame = _fromFirst.Inverse();
        }
        else
        {
            _lost++;
            _lostFrom ??= frame.Time.Index;
        }

        return _fromFirst.Reach(_width, _height) > Still;
    }

    public void ToFirst(ReadOnlySpan<float> plane, Span<float> result) => Bring(plane, _fromFirst, result);

    public void ToFrame(ReadOnlySpan<float> plane, Span<float> result) => Bring(plane, _fromFrame, result);

    /// <summary>The camera's motion, small, found from near one that it may have: the flow has to find what is left only.</summary>
    /// <returns>Null where it is not found.</returns>
    private AffineMotion? Find(AffineMotion near)
    {
        for (int y = 0; y < _search.Height; y++)
            near.Row(y, _search.Width, _search.Height, _near.U.Slice(y * _search.Width, _search.Width), _near.V.Slice(y * _search.Width, _search.Width));
        _search.Warp.Warp(_grey, _near, _steady.Grey);
        _search.Set(_steady.Grey, _steady.Picture);
        _search.Find(_first, _steady, _toNow);
        TensorPrimitives.Multiply(_toNow.Confidence, _texture, _weights);
        (AffineMotion rest, double share) = AffineFit.Of(_toNow.Flow, _weights, _texture, AffineFit.Median(_toNow.Flow, _weights), AffineMotion.None);
        if (share < LeastShare)
            return null;
        AffineMotion motion = _polish.Of(_first.Grey, _steady.Grey, _toNow.Flow, _weights, rest).Then(near);
        return motion.Reach(_search.Width, _search.Height) <= Farthest * Math.Max(_search.Width, _search.Height) ? motion : null;
    }

    private void Bring(ReadOnlySpan<float> plane, AffineMotion motion, Span<float> result)
    {
        if (plane.Length != _width * _height || result.Length != plane.Length)
            throw new ArgumentException("camera follower: a plane of another size than the frames'");
        for (int row = 0; row < _height; row++)
        {
            motion.Row(row, _width, _height, _u, _v);
            PlaceKernel.LookUp(plane, _width, _width, _height, row, _u, _v, result.Slice(row * _width, _width));
        }
    }

    /// <summary>(g^2 - Flat) / (g^2 + Texture) of the first picture where that is above 0, by central differences; 0 at the border.</summary>
    private void Gradients()
    {
        int width = _search.Width;
        byte[] grey = _first.Grey;
        for (int y = 1; y < _search.Height - 1; y++)
            for (int x = 1; x < width - 1; x++)
            {
                int i = (y * width) + x;
                float across = (grey[i + 1] - grey[i - 1]) / 2f, down = (grey[i + width] - grey[i - width]) / 2f;
                float square = (across * across) + (down * down);
                _texture[i] = Math.Max(0, square - Flat) / (square + Texture);
            }

        _hasTexture = TensorPrimitives.Sum<float>(_texture) > LeastTexture * _texture.Length;
    }
}
