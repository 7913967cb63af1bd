namespace VideoMatte.Matting.Solver;

/// <summary>Brings a drawn trimap to another size: a pixel is inside or outside where everything it covers is; what is mixed is open.</summary>
/// <remarks>A matte's interpolation would not do: it makes greys of a border between black and white that only partly fall into the open range,
/// and its overshoot makes sure of what is not.</remarks>
public sealed class TrimapScaler
{
    private readonly int _sourceWidth;
    private readonly int _sourceHeight;
    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _levels;
    private readonly byte[] _row;

    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public TrimapScaler(int sourceWidth, int sourceHeight, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (_sourceWidth, _sourceHeight, _width, _height) = (sourceWidth, sourceHeight, width, height);
        (_levels, _row) = (new byte[sourceWidth * sourceHeight], new byte[sourceWidth]);
    }

    /// <param name="drawn">16-bit samples of the source size, read as <see cref="Trimap.Read"/> does.</param>
    /// <param name="result">Of the wanted size: 0, 65535, or grey.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void Scale(ReadOnlySpan<ushort> drawn, Span<ushort> result)
    {
        if (drawn.Length != _levels.Length || result.Length != _width * _height)
            throw new ArgumentException("trimap scaler: a trimap of another size than it was made for");
        Trimap.Read(drawn, _levels);
        for (int y = 0; y < _height; y++)
        {
            (int top, int bottom) = Covered(y, _height, _sourceHeight);
            _levels.AsSpan(top * _sourceWidth, _sourceWidth).CopyTo(_row);
            for (int s = top + 1; s < bottom; s++)
                Join(_levels.AsSpan(s * _sourceWidth, _sourceWidth), _row);
            Across(result.Slice(y * _width, _width));
        }
    }

    private void Across(Span<ushort> result)
    {
        for (int x = 0; x < result.Length; x++)
        {
            (int left, int right) = Covered(x, _width, _sourceWidth);
            byte level = _row[left];
            if (_row.AsSpan(left, right - left).ContainsAnyExcept(level))
                level = Trimap.Open;
            result[x] = Trimap.CodeOf(level);
        }
    }

    private static void Join(ReadOnlySpan<byte> row, Span<byte> joined)
    {
        for (int x = 0; x < row.Length; x++)
            joined[x] = row[x] == joined[x] ? row[x] : Trimap.Open;
    }

    /// <summary>The source samples that a result sample touches, the end not among them: exact in whole numbers.</summary>
    private static (int From, int To) Covered(int at, int count, int sourceCount) =>
        ((int)((long)at * sourceCount / count), (int)((((long)(at + 1) * sourceCount) + count - 1) / count));
}
