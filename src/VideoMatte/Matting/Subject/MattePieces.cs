namespace VideoMatte.Matting.Subject;

/// <summary>Connected pieces of a matte, four neighbours: collected one by one, or labelled from their neighbours on. Buffers are kept; used by
/// one caller at a time.</summary>
internal sealed class MattePieces
{
    /// <summary>Of all buffers.</summary>
    public const int BytesAPixel = 5;

    /// <summary>No label.</summary>
    public const byte None = 0;

    private readonly int _width;
    private readonly int[] _queue;
    private readonly bool[] _seen;

    public MattePieces(int width, int height)
    {
        _width = width;
        (_queue, _seen) = (new int[width * height], new bool[width * height]);
    }

    /// <summary>Every piece may be collected once more.</summary>
    public void Begin() => Array.Clear(_seen);

    /// <summary>Whether a pixel was in a piece since <see cref="Begin"/>.</summary>
    public bool WasCollected(int pixel) => _seen[pixel];

    /// <summary>The piece around a pixel: what is connected to it by codes of <paramref name="least"/> and more. Valid until the next call.</summary>
    public ReadOnlySpan<int> Collect(ReadOnlySpan<ushort> matte, int from, ushort least)
    {
        int head = 0, tail = 0;
        _queue[tail++] = from;
        _seen[from] = true;
        while (head < tail)
        {
            int p = _queue[head++], x = p % _width;
            if (x > 0)
                Visit(p - 1, matte);
            if (x < _width - 1)
                Visit(p + 1, matte);
            if (p >= _width)
                Visit(p - _width, matte);
            if (p < matte.Length - _width)
                Visit(p + _width, matte);
        }

        return _queue.AsSpan(0, tail);

        void Visit(int q, ReadOnlySpan<ushort> codes)
        {
            if (_seen[q] || codes[q] < least)
                return;
            _seen[q] = true;
            _queue[tail++] = q;
        }
    }

    /// <summary>Every pixel of <paramref name="least"/> and more that can be reached takes the label of the nearest that has one, if that is at
    /// most so many steps away.</summary>
    public void Spread(ReadOnlySpan<ushort> matte, Span<byte> labels, ushort least, int steps = int.MaxValue)
    {
        int head = 0, tail = 0;
        for (int p = 0; p < matte.Length; p++)
        {
            if (labels[p] != None)
                _queue[tail++] = p;
        }

        for (int step = 0, reached = tail; head < tail && step < steps;)
        {
            int p = _queue[head++], x = p % _width;
            byte label = labels[p];
            if (x > 0 && labels[p - 1] == None && matte[p - 1] >= least)
                (labels[p - 1], _queue[tail++]) = (label, p - 1);
            if (x < _width - 1 && labels[p + 1] == None && matte[p + 1] >= least)
                (labels[p + 1], _queue[tail++]) = (label, p + 1);
            if (p >= _width && labels[p - _width] == None && matte[p - _width] >= least)
                (labels[p - _width], _queue[tail++]) = (label, p - _width);
            if (p < matte.Length - _width && labels[p + _width] == None && matte[p + _width] >= least)
                (labels[p + _width], _queue[tail++]) = (label, p + _width);
            if (head == reached)
                (step, reached) = (step + 1, tail);
        }
    }
}
