namespace VideoMatte.Temporal.Flow;

/// <summary>Where the patches of a level lie: every <see cref="Stride"/> pixels, and one more flush with the right and the lower border
/// where the last would leave pixels over.</summary>
internal sealed class PatchGrid
{
    /// <summary>Side of a patch in pixels, as in every preset of OpenCV: a row is one vector of eight floats.</summary>
    public const int PatchSize = 8;

    private readonly int _lastX;
    private readonly int _lastY;

    /// <param name="width">Of the level, at least <see cref="PatchSize"/>.</param>
    /// <param name="height">Of the level, at least <see cref="PatchSize"/>.</param>
    /// <param name="stride">1..<see cref="PatchSize"/>.</param>
    public PatchGrid(int width, int height, int stride)
    {
        (_lastX, _lastY, Stride) = (width - PatchSize, height - PatchSize, stride);
        Columns = 1 + ((_lastX + stride - 1) / stride);
        Rows = 1 + ((_lastY + stride - 1) / stride);
    }

    public int Stride { get; }

    public int Columns { get; }

    public int Rows { get; }

    public int Count => Columns * Rows;

    /// <summary>Left column of a patch.</summary>
    public int X(int column) => Math.Min(column * Stride, _lastX);

    /// <summary>Upper row of a patch.</summary>
    public int Y(int row) => Math.Min(row * Stride, _lastY);
}
