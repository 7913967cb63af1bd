using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>A picture on a grid of at most 32 x 18 cells: coarse enough that people moving in a shot change little, fine enough that two
/// shots differ. Compares the shape of light and dark (correlation), which flashes, noise and a codec's key frames leave alone.</summary>
internal sealed class PictureGrid
{
    public const int MostColumns = 32;
    public const int MostRows = 18;

    /// <summary>Below this standard deviation of luma, in codes of 255, nothing is seen in a picture: black, white, one colour.</summary>
    public const double BlankContrast = 4;

    /// <summary>Two pictures in one of which nothing is seen differ where they lie this far apart (root mean square, codes of 255): farther than
    /// one step of a fade over eight frames.</summary>
    private const double BlankDifference = 32;

    /// <summary>Part of the grid that two shifted pictures must share, so that a likeness means something.</summary>
    private const double LeastOverlap = 0.4;

    private readonly int _columns;
    private readonly int _rows;
    private readonly float[] _luma;

    public PictureGrid(int columns, int rows)
    {
        (_columns, _rows) = (columns, rows);
        _luma = new float[columns * rows];
        Colours = new float[3 * columns * rows];
    }

    /// <summary>R, G, B as planes, 0 at the code 128.</summary>
    public float[] Colours { get; }

    /// <summary>Standard deviation of luma over the cells, codes of 255.</summary>
    public double Contrast { get; private set; }

    public bool IsBlank => Contrast < BlankContrast;

    /// <summary>Takes a thumbnail's planes in.</summary>
    /// <param name="scaler">From the thumbnail's size to the grid's.</param>
    /// <param name="planes">R, G and B, one after the other, of the thumbnail's size.</param>
    /// <param name="width">Of the thumbnail.</param>
    /// <param name="height">Of the thumbnail.</param>
    public void Fill(AreaScaler scaler, Span<byte> planes, int width, int height)
    {
        int cells = _luma.Length;
        for (int c = 0; c < 3; c++)
            scaler.Scale(new PlaneView<byte>(planes.Slice(c * width * height, width * height), width, height), Colours.AsSpan(c * cells, cells));
        LumaCoefficients k = LumaCoefficients.For(ColourMatrix.Smpte170M);
        double mean = 0;
        for (int i = 0; i < cells; i++)
        {
            _luma[i] = (float)((k.Kr * Colours[i]) + (k.Kg * Colours[cells + i]) + (k.Kb * Colours[(2 * cells) + i]));
            mean += _luma[i];
        }

        mean /= cells;
        for (int i = 0; i < cells; i++)
            _luma[i] -= (float)mean;
        for (int i = 0; i < Colours.Length; i++)
            Colours[i] -= 128;
        Contrast = Math.Sqrt(InnerProduct.Of(_luma, _luma) / cells);
    }

    /// <summary>1 - correlation of luma, 0 (the same shapes) to 2. Where one of the two is blank there are no shapes: 0 or 1, by colour.</summary>
    public double ChangeTo(PictureGrid other)
    {
        if (!IsBlank && !other.IsBlank)
            return 1 - (InnerProduct.Of(_luma, other._luma) / (_luma.Length * Contrast * other.Contrast));
        double square = 0;
        for (int i = 0; i < Colours.Length; i++)
            square += (Colours[i] - other.Colours[i]) * (Colours[i] - other.Colours[i]);
        return Math.Sqrt(square / Colours.Length) >= BlankDifference ? 1 : 0;
    }

    /// <summary>The best correlation of luma, -1 to 1, over all shifts of one picture against the other that leave four tenths of them in
    /// common: near 1 where the camera has panned or tilted in between.</summary>
    public double LikenessWhenMoved(PictureGrid other)
    {
        double best = -1;
        for (int dy = 1 - _rows; dy < _rows; dy++)
            for (int dx = 1 - _columns; dx < _columns; dx++)
                if ((_rows - Math.Abs(dy)) * (_columns - Math.Abs(dx)) >= LeastOverlap * _luma.Length)
                    best = Math.Max(best, Correlation(other, dx, dy));
        return best;
    }

    private double Correlation(PictureGrid other, int dx, int dy)
    {
        int rows = _rows - Math.Abs(dy), columns = _columns - Math.Abs(dx), count = rows * columns;
        double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<float> mine = Row(y + Math.Max(0, dy), Math.Max(0, dx), columns), theirs = other.Row(y + Math.Max(0, -dy), Math.Max(0, -dx), columns);
            for (int x = 0; x < columns; x++)
            {
                a += mine[x];
                b += theirs[x];
            }

            aa += InnerProduct.Of(mine, mine);
            bb += InnerProduct.Of(theirs, theirs);
            ab += InnerProduct.Of(mine, theirs);
        }

        double spread = (aa - (a * a / count)) * (bb - (b * b / count));
        // Where nothing is seen in the shared part it says nothing.
        return spread <= Math.Pow(BlankContrast, 4) * count * count ? 0 : (ab - (a * b / count)) / Math.Sqrt(spread);
    }

    private ReadOnlySpan<float> Row(int y, int x, int count) => _luma.AsSpan((y * _columns) + x, count);
}
