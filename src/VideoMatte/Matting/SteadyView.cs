using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>Shows a network frames as if the camera stood still, and brings what it gives back into the frames' own view.</summary>
internal sealed class SteadyView(ICameraFollower camera)
{
    /// <summary>The frame's own view; what came back: alpha and foreground take turns.</summary>
    public const int BytesAPixel = 2 * 3 * sizeof(float);

    private float[] _picture = [];
    private float[] _result = [];
    private bool _moved;

    public IReadOnlyList<MatteWarning> Warnings => camera.Warnings;

    /// <param name="view">Writes the frame's own view.</param>
    /// <param name="frame">Borrowed.</param>
    /// <param name="rgb">The network's input, 3 x height x width.</param>
    public void Write(NetworkView view, VideoFrame frame, Span<float> rgb)
    {
        _moved = camera.Follow(frame);
        if (!_moved)
        {
            view.Write(frame, rgb);
            return;
        }

        if (_picture.Length != rgb.Length)
            _picture = new float[rgb.Length];
        view.Write(frame, _picture);
        int pixels = rgb.Length / 3;
        for (int plane = 0; plane < 3; plane++)
            camera.ToFirst(_picture.AsSpan(plane * pixels, pixels), rgb.Slice(plane * pixels, pixels));
    }

    /// <param name="planes">What the network gave: one plane or more.</param>
    /// <param name="pixels">Of a plane.</param>
    /// <returns>The same in the frame's view; borrowed, until the next call.</returns>
    public ReadOnlySpan<float> Back(ReadOnlySpan<float> planes, int pixels)
    {
        if (!_moved)
            return planes;
        if (_result.Length < planes.Length)
            _result = new float[planes.Length];
        for (int at = 0; at < planes.Length; at += pixels)
            camera.ToFrame(planes.Slice(at, pixels), _result.AsSpan(at, pixels));
        return _result.AsSpan(0, planes.Length);
    }
}
