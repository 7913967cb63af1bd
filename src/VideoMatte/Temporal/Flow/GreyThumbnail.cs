using VideoMatte.Frames;

namespace VideoMatte.Temporal.Flow;

/// <summary>Small grey pictures of frames, for finding motion. Used by one caller at a time.</summary>
internal sealed class GreyThumbnail
{
    private readonly RgbThumbnail _thumbnail;
    private readonly byte[] _rgb;

    /// <param name="format">Of every frame that will come.</param>
    /// <param name="width">Columns of the small picture.</param>
    /// <param name="height">Rows of the small picture.</param>
    public GreyThumbnail(FrameFormat format, int width, int height)
    {
        _thumbnail = new RgbThumbnail(format, width, height);
        _rgb = new byte[3 * width * height];
    }

    /// <summary>Writes 0..255, row after row. Y' of BT.601 in 16-bit fixed point, whatever the frame's matrix: only likeness and motion depend
    /// on it.</summary>
    public void Render(VideoFrame frame, Span<byte> grey)
    {
        _thumbnail.Render(frame, _rgb);
        for (int i = 0, at = 0; i < grey.Length; i++, at += 3)
            grey[i] = (byte)(((19595 * _rgb[at]) + (38470 * _rgb[at + 1]) + (7471 * _rgb[at + 2]) + 32768) >> 16);
    }
}
