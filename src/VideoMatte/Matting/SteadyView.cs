using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>Shows a network frames as if the camera stood still, and brings what it gives back into the frames' own view.</summary>
/// <param name="camera">Finds how it moved; null: it stands, and the network sees frames as they are.</param>
internal sealed class SteadyView(ICameraFollower? camera)
{
    /// <summary>The frame's own view; what came back: alpha and foreground take turns.</summary>
    public const int BytesAPixel = 2 * 3 * sizeof(float);

    private readonly NetworkView _view = new();
    private float[] _picture = [];
    private float[] _result = [];
    private bool _moved;

    public IReadOnlyList<MatteWarning> Warnings => camera?.Warnings ?? [];

    /// <param name="frame">Borrowed.</param>
    /// <param name="rgb">The network's input, 3 x height x width.</param>
    public void Write(VideoFrame frame, Span<float> rgb)
    {
        _moved = camera?.Follow(frame) == true;
        if (!_moved)
        {
            _view.Write(frame, rgb);
            return;
        }

        if (_picture.Length != rgb.Length)
            _picture = new float[rgb.Length];
        _view.Write(frame, _picture);
        int pixels = rgb.Length / 3;
        for (int plane = 0; plane < 3; plane++)
            camera!.ToFirst(_picture.AsSpan(plane * pixels, pixels), rgb.Slice(plane * pixels, pixels));
    }

    /// <param name="planes">What the network gave of the frame that was written last: one plane or more.</param>
    /// <param name="pixels">Of a plane.</param>
    /// <returns>The same in the frame's view; borrowed, until the next call.</returns>
    public ReadOnlySpan<float> Back(ReadOnlySpan<float> planes, int pixels)
    {
        if (!_moved)
            return planes;
        if (_result.Length < planes.Length)
            _result = new float[planes.Length];
        for (int at = 0; at < planes.Length; at += pixels)
            camera!.ToFrame(planes.Slice(at, pixels), _result.AsSpan(at, pixels));
        return _result.AsSpan(0, planes.Length);
    }
}
