namespace VideoMatte.Temporal.Flow;

/// <summary>The size at which motion is looked for.</summary>
internal static class MotionSize
{
    /// <summary>Longer side, pixels: a little over what RVM's small frame has, so that a vector's error is less than its matte's blocks.</summary>
    public const int MostSide = 640;

    /// <summary>Whole pictures up to <see cref="MostSide"/>, larger ones in proportion; none where a side would be too small for a patch.</summary>
    public static (int Width, int Height)? For(int width, int height)
    {
        double scale = Math.Min(1, (double)MostSide / Math.Max(width, height));
        int w = (int)Math.Round(width * scale, MidpointRounding.AwayFromZero), h = (int)Math.Round(height * scale, MidpointRounding.AwayFromZero);
        return w < FlowPicture.LeastSide || h < FlowPicture.LeastSide ? null : (w, h);
    }
}
