using VideoMatte.Frames;

namespace VideoMatte.Temporal.Flow;

/// <summary>Small grey pictures of frames, for finding motion: luma as it is stored, or Y' of BT.601 from R'G'B'. Used by one caller at a
/// time.</summary>
internal sealed class GreyThumbnail
{
    private readonly FrameFormat _format;
    private readonly AreaScaler? _luma;
    private readonly float[] _means;
    private readonly RgbThumbnail? _thumbnail;
    private readonly byte[] _rgb;

    /// <param name="format">Of every frame that will come.</param>
    /// <param name="width">Columns of the small picture.</param>
    /// <param name="height">Rows of the small picture.</param>
    public GreyThumbnail(FrameFormat format, int width, int height)
    {
        _format = format;
        if (format.IsRgb)
            (_thumbnail, _rgb, _means) = (new RgbThumbnail(format, width, height), new byte[3 * width * height], []);
        else
            (_luma, _means, _rgb) = (new AreaScaler(format.Width, format.Height, width, height), new float[width * height], []);
    }

    /// <summary>Writes 0..255, black to white, row after row.</summary>
    /// <exception cref="ArgumentException">The frame is of another format, or the result of another length.</exception>
    public void Render(VideoFrame frame, Span<byte> grey)
    {
        if (_thumbnail is not null)
        {
            _thumbnail.Render(frame, _rgb);
            for (int i = 0, at = 0; i < grey.Length; i++, at += 3)
                grey[i] = (byte)(((19595 * _rgb[at]) + (38470 * _rgb[at + 1]) + (7471 * _rgb[at + 2]) + 32768) >> 16);
            return;
        }

        if (frame.Format != _format || grey.Length != _means.Length)
            throw new ArgumentException("grey thumbnail: a frame or result of another size or format than it was made for");
        if (_format.BytesPerSample == 1)
            _luma!.Scale(frame.Plane8(0), _means);
        else
            _luma!.Scale(frame.Plane16(0), _means);
        float black = _format.BlackCode, scale = 255 / (_format.WhiteCode - black);
        for (int i = 0; i < grey.Length; i++)
            grey[i] = (byte)Math.Clamp((int)(((_means[i] - black) * scale) + .5f), 0, 255);
    }
}
