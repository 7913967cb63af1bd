using VideoMatte.Frames;

namespace VideoMatte.Matting.Limits;

/// <summary>Looks for a wide part of a matte that is neither inside nor outside, with texture of the picture in it: what shows through such a
/// veil, or is woven into it, goes along to the new background. Looks at every other pixel both ways.</summary>
internal sealed class VeilWitness
{
    private const int Step = 2;

    /// <summary>Alpha of a veil.</summary>
    private const int Low = AlphaMatte.Opaque * 15 / 100, High = AlphaMatte.Opaque * 85 / 100;

    /// <summary>A pixel is within a veil where its neighbours at this distance are of the veil, too: an edge's ramp is narrower.</summary>
    private const int Reach = 8;

    /// <summary>Texture: luma differs by this much of its range within a few pixels, which is more than shading and noise do.</summary>
    private const int Texture = AlphaMatte.Opaque / 16, TextureReach = 4;

    /// <summary>Share of the picture that a veil must cover.</summary>
    private const double LeastArea = .02;

    private FrameFormat? _format;
    private LumaMatte? _reader;
    private ushort[] _luma = [];

    /// <param name="frame">Borrowed.</param>
    public bool Sees(MattedFrame frame)
    {
        long looked = (long)((frame.Alpha.Width + 1) / Step) * ((frame.Alpha.Height + 1) / Step);
        // Most mattes have no veil, and their pictures need not be looked into.
        if (Count(frame.Alpha, luma: []) < LeastArea * looked)
            return false;
        VideoFrame picture = frame.Picture;
        if (picture.Format != _format)
            (_format, _reader, _luma) = (picture.Format, new LumaMatte(picture.Format), new ushort[picture.Format.Width * picture.Format.Height]);
        _reader!.Write(picture, _luma);
        return Count(frame.Alpha, _luma) >= LeastArea * looked;
    }

    /// <summary>Pixels of a veil; with luma given, those of them that have texture.</summary>
    private static long Count(AlphaMatte matte, ReadOnlySpan<ushort> luma)
    {
        int width = matte.Width, height = matte.Height;
        long count = 0;
        for (int y = 0; y < height; y += Step)
        {
            ReadOnlySpan<ushort> row = matte.Row(y), up = matte.Row(Math.Max(y - Reach, 0)), down = matte.Row(Math.Min(y + Reach, height - 1));
            for (int x = 0; x < width; x += Step)
            {
                if (IsVeil(row[x]) && IsVeil(up[x]) && IsVeil(down[x]) && IsVeil(row[Math.Max(x - Reach, 0)]) && IsVeil(row[Math.Min(x + Reach, width - 1)])
                    && (luma.IsEmpty || HasTexture(luma, x, y, width, height)))
                    count++;
            }
        }

        return count;
    }

    private static bool IsVeil(int alpha) => alpha is > Low and < High;

    private static bool HasTexture(ReadOnlySpan<ushort> luma, int x, int y, int width, int height)
    {
        int least = ushort.MaxValue, most = 0;
        for (int dy = -TextureReach; dy <= TextureReach; dy += TextureReach)
        {
            for (int dx = -TextureReach; dx <= TextureReach; dx += TextureReach)
            {
                int code = luma[(Math.Clamp(y + dy, 0, height - 1) * width) + Math.Clamp(x + dx, 0, width - 1)];
                (least, most) = (Math.Min(least, code), Math.Max(most, code));
            }
        }

        return most - least >= Texture;
    }
}
