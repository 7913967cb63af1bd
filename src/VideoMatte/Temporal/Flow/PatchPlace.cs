namespace VideoMatte.Temporal.Flow;

/// <summary>Where a patch's upper left pixel falls in a picture.</summary>
/// <param name="At">Index of the whole pixel.</param>
/// <param name="ShareX">Fraction of a pixel to the right, 0..1.</param>
/// <param name="ShareY">Fraction of a pixel downwards, 0..1.</param>
internal readonly record struct PatchPlace(int At, float ShareX, float ShareY)
{
    /// <summary>Held where at least one row and column of the patch lies on the picture.</summary>
    public static PatchPlace Of(FlowLevel level, float x, float y)
    {
        x = Math.Clamp(x, 1 - PatchGrid.PatchSize, level.Width - 1);
        y = Math.Clamp(y, 1 - PatchGrid.PatchSize, level.Height - 1);
        float left = MathF.Floor(x), top = MathF.Floor(y);
        return new PatchPlace(level.At((int)left, (int)top), x - left, y - top);
    }
}
