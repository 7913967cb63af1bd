using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>The last frames' thumbnails, as shots are looked for in them. Frames are named by their index since <see cref="Clear"/>; only the
/// last <see cref="Depth"/> are known, and differences of full thumbnails only between the last <see cref="Near"/>.</summary>
internal sealed class ShotWindow
{
    /// <summary>Frames known: the longest dissolve looked for, a second at 60 frames a second, and what is looked at on either side.</summary>
    public const int Depth = 72;

    /// <summary>Frames whose thumbnails are kept whole.</summary>
    public const int Near = 10;

    private readonly int _width;
    private readonly int _height;
    private readonly AreaScaler _scaler;
    private readonly byte[] _planes;
    private readonly byte[][] _hsv;
    private readonly PictureGrid[] _grids;
    private readonly double[] _scores = new double[Depth];
    private readonly double[,] _products = new double[Depth, Depth];

    public ShotWindow(int width, int height)
    {
        (_width, _height) = (width, height);
        int columns = Math.Min(width, PictureGrid.MostColumns), rows = Math.Min(height, PictureGrid.MostRows);
        _scaler = new AreaScaler(width, height, columns, rows);
        _planes = new byte[3 * width * height];
        _hsv = [.. Enumerable.Range(0, Near).Select(_ => new byte[3 * width * height])];
        _grids = [.. Enumerable.Range(0, Depth).Select(_ => new PictureGrid(columns, rows))];
    }

    /// <summary>Frames added since the last <see cref="Clear"/>.</summary>
    public long Count { get; private set; }

    /// <param name="rgb">R, G, B of each pixel, 0..255; borrowed.</param>
    public void Add(ReadOnlySpan<byte> rgb)
    {
        if (rgb.Length != _planes.Length)
            throw new ArgumentException("shots: a thumbnail of another size than announced", nameof(rgb));
        byte[] hsv = _hsv[Count % Near];
        rgb.CopyTo(hsv);
        HsvPicture.FromRgb(hsv);
        int size = _width * _height;
        for (int i = 0; i < size; i++)
            (_planes[i], _planes[size + i], _planes[(2 * size) + i]) = (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]);
        long added = Count++;
        Grid(added).Fill(_scaler, _planes, _width, _height);
        for (long i = Math.Max(0, Count - Depth); i <= added; i++)
            _products[i % Depth, added % Depth] = _products[added % Depth, i % Depth] = InnerProduct.Of(Grid(i).Colours, Grid(added).Colours);
        _scores[added % Depth] = added == 0 ? 0 : Difference(added - 1, added);
    }

    public void Clear() => Count = 0;

    public bool Has(long frame) => frame >= 0 && frame < Count;

    public PictureGrid Grid(long frame) => _grids[frame % Depth];

    /// <summary>What the frame scored against the one before it: see <see cref="Difference"/>; 0 for the first.</summary>
    public double Score(long frame) => _scores[frame % Depth];

    /// <summary>The content detector's measure: the mean of the mean absolute differences of H, S and V (H 0..179, S and V 0..255).</summary>
    public double Difference(long a, long b) => (double)AbsoluteDifference.Sum(_hsv[a % Near], _hsv[b % Near]) / _planes.Length;

    /// <summary>The inner product of two frames' grids of colours.</summary>
    public double Product(long a, long b) => _products[a % Depth, b % Depth];

    /// <summary>Samples of a grid of colours.</summary>
    public int Samples => _grids[0].Colours.Length;
}
