using VideoMatte.Frames;

namespace VideoMatte.Matting.Still;

/// <summary>Brings a network's matte of any size to a frame's, guided by the frame. Keeps its buffers; one thread at a time.</summary>
internal sealed class MatteFrameUp
{
    private MatteUpsampler? _up;
    private LinearScaler? _toMatte;
    private float[] _grey = [];
    private float[] _smallGrey = [];
    private (int, int, (int, int), FrameFormat?) _sizes;

    /// <param name="alpha">Width x height values 0..1.</param>
    /// <param name="width">Of the matte.</param>
    /// <param name="height">Of the matte.</param>
    /// <param name="small">The picture as the network was fed it: three planes, 0..1.</param>
    /// <param name="fed">Its size.</param>
    /// <param name="rgb">The picture at full size: three planes, 0..1.</param>
    /// <param name="format">Of the frame.</param>
    /// <param name="full">The matte at full size; all values are written.</param>
    public void Guide(
        ReadOnlySpan<float> alpha, int width, int height, ReadOnlySpan<float> small, (int Width, int Height) fed, ReadOnlySpan<float> rgb, FrameFormat format, Span<float> full)
    {
        if (_sizes != (width, height, fed, format))
        {
            _up = new MatteUpsampler(width, height, format.Width, format.Height);
            _toMatte = new LinearScaler(fed.Width, fed.Height, width, height);
            (_grey, _smallGrey) = (new float[width * height], new float[fed.Width * fed.Height]);
            _sizes = (width, height, fed, format);
        }

        int count = _smallGrey.Length, pixels = full.Length;
        for (int i = 0; i < count; i++)
            _smallGrey[i] = (small[i] + small[count + i] + small[(2 * count) + i]) * (1f / 3);
        // The network's output may be of another size than its input.
        _toMatte!.Scale(_smallGrey, _grey);
        _up!.Guide(alpha, _grey, rgb[..pixels], rgb.Slice(pixels, pixels), rgb[(2 * pixels)..], full);
    }
}
