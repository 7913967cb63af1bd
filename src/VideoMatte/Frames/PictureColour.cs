namespace VideoMatte.Frames;

/// <summary>Tells colour pictures from grey ones: a matte is grey, whatever it was saved as.</summary>
public static class PictureColour
{
    /// <summary>Of the range of codes: twice as far from neutral as lossy codecs bring grey, and of real pictures a fifth or more is farther.</summary>
    private const double Grey = 1 / 64.0;

    /// <summary>Of the samples: more than a codec's mistakes at hard edges.</summary>
    private const double Share = 1 / 50.0;

    /// <summary>Colour is not a matter of single rows.</summary>
    private const int RowStep = 4;

    /// <summary>Whether more than a fiftieth of the picture is more than a 64th of the range from grey; every fourth row is looked at.</summary>
    /// <param name="frame">Borrowed.</param>
    public static bool IsColoured(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        FrameFormat format = frame.Format;
        if (format.PlaneCount < 3)
            return false;
        int far = (int)((format.MaxCode + 1) * Grey);
        long coloured = format.BytesPerSample == 1
            ? Count(frame.Plane8(0), frame.Plane8(1), frame.Plane8(2), format, far)
            : Count(frame.Plane16(0), frame.Plane16(1), frame.Plane16(2), format, far);
        long seen = (long)format.PlaneWidth(1) * ((format.PlaneHeight(1) + RowStep - 1) / RowStep);
        return coloured > seen * Share;
    }

    private static long Count<T>(PlaneView<T> first, PlaneView<T> second, PlaneView<T> third, FrameFormat format, int far)
        where T : unmanaged
    {
        int mask = format.MaxCode, neutral = format.NeutralCode;
        long coloured = 0;
        for (int y = 0; y < second.Height; y += RowStep)
        {
            ReadOnlySpan<T> b = second.Row(y), c = third.Row(y), a = format.IsRgb ? first.Row(y) : default;
            for (int x = 0; x < b.Length; x++)
            {
                int u = Code(b[x]), v = Code(c[x]);
                int distance = format.IsRgb
                    ? Math.Max(Math.Max(u, v), Code(a[x])) - Math.Min(Math.Min(u, v), Code(a[x]))
                    : Math.Max(Math.Abs(u - neutral), Math.Abs(v - neutral));
                coloured += distance > far ? 1 : 0;
            }
        }

        return coloured;

        // A decoder may leave bits above the depth; they are none of the sample's.
        int Code(T sample) => (typeof(T) == typeof(byte) ? (byte)(object)sample : (ushort)(object)sample) & mask;
    }
}
