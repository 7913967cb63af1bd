namespace VideoMatte.Matting.Solver;

/// <summary>A trimap from a matte: inside and outside are what the matte is sure of, both drawn back by some pixels; the rest is open.</summary>
internal sealed class TrimapBand
{
    /// <summary>What a matte calls sure is within one part in so many of 0 or 1: a network's flat areas are seldom exactly there.</summary>
    public const int SureParts = 20;

    private const int SureOutside = 65535 / SureParts, SureInside = 65535 - SureOutside;

    private readonly int _width;
    private readonly int _height;
    private readonly int _radius;
    private readonly byte[] _across;
    private readonly int[] _openAbove;

    /// <param name="radius">Pixels of a square's half side, 1 or more.</param>
    public TrimapBand(int width, int height, int radius)
    {
        (_width, _height, _radius) = (width, height, radius);
        _across = new byte[width * height];
        _openAbove = new int[width * 2];
    }

    public bool Fits(int width, int height) => width == _width && height == _height;

    /// <param name="matte">16-bit codes.</param>
    /// <param name="trimap">As many; all are written.</param>
    public void Write(ReadOnlySpan<ushort> matte, Span<byte> trimap)
    {
        // 1: something in reach is not outside; 2: something in reach is not inside.
        for (int y = 0; y < _height; y++)
            Across(matte.Slice(y * _width, _width), _across.AsSpan(y * _width, _width));
        Span<int> notOutside = _openAbove.AsSpan(0, _width), notInside = _openAbove.AsSpan(_width);
        _openAbove.AsSpan().Clear();
        for (int y = -_radius; y < _height; y++)
        {
            if (y + _radius < _height)
                Count(y + _radius, 1, notOutside, notInside);
            if (y - _radius - 1 >= 0)
                Count(y - _radius - 1, -1, notOutside, notInside);
            if (y < 0)
                continue;
            Span<byte> row = trimap.Slice(y * _width, _width);
            for (int x = 0; x < _width; x++)
                row[x] = notOutside[x] == 0 ? Trimap.Outside : notInside[x] == 0 ? Trimap.Inside : Trimap.Open;
        }
    }

    private void Across(ReadOnlySpan<ushort> row, Span<byte> flags)
    {
        int notOutside = 0, notInside = 0;
        for (int x = -_radius; x < _width; x++)
        {
            if (x + _radius < _width)
                Step(row[x + _radius], 1, ref notOutside, ref notInside);
            if (x - _radius - 1 >= 0)
                Step(row[x - _radius - 1], -1, ref notOutside, ref notInside);
            if (x >= 0)
                flags[x] = (byte)((notOutside > 0 ? 1 : 0) | (notInside > 0 ? 2 : 0));
        }
    }

    private static void Step(ushort code, int by, ref int notOutside, ref int notInside)
    {
        notOutside += code > SureOutside ? by : 0;
        notInside += code < SureInside ? by : 0;
    }

    private void Count(int y, int by, Span<int> notOutside, Span<int> notInside)
    {
        ReadOnlySpan<byte> flags = _across.AsSpan(y * _width, _width);
        for (int x = 0; x < _width; x++)
        {
            notOutside[x] += (flags[x] & 1) * by;
            notInside[x] += (flags[x] >> 1) * by;
        }
    }
}
