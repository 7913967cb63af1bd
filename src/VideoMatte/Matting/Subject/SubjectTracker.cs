using VideoMatte.Frames;

namespace VideoMatte.Matting.Subject;

/// <summary>Tells the subjects of a matte apart and follows them by overlap: what a subject covered in the frame before is its own in this one,
/// and what touches it belongs to the nearest. Buffers are kept; used by one caller at a time.</summary>
internal sealed class SubjectTracker
{
    /// <summary>Of all buffers.</summary>
    public const int BytesAPixel = 7;

    private const byte None = 0, Kept = 1, Dropped = 2;

    /// <summary>From here on a pixel is somebody's body, and is remembered.</summary>
    private const ushort Core = AlphaMatte.Opaque / 2;

    /// <summary>From here on it counts as connected to one.</summary>
    private const ushort Touch = AlphaMatte.Opaque / 20;

    /// <summary>A piece of which this share is one subject's is that subject's whole: the rest are slips at its edge.</summary>
    private const double Majority = .8;

    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _labels;
    private readonly byte[] _memory;
    private readonly int[] _queue;
    private readonly bool[] _seen;

    public SubjectTracker(int width, int height)
    {
        (_width, _height) = (width, height);
        int pixels = width * height;
        (_labels, _memory, _queue, _seen) = (new byte[pixels], new byte[pixels], new int[pixels], new bool[pixels]);
    }

    /// <summary>False until a subject was pointed at.</summary>
    public bool Knows { get; private set; }

    public bool Fits(int width, int height) => width == _width && height == _height;

    public void Forget()
    {
        Knows = false;
        Array.Clear(_memory);
    }

    /// <summary>Marks the piece of the matte under the prompt as a subject to keep; all others are dropped, but those that already are kept.</summary>
    /// <returns>False where nothing is there.</returns>
    public bool Point(SubjectPrompt prompt, ReadOnlySpan<ushort> matte)
    {
        bool found = false;
        Array.Clear(_seen);
        bool keepsOthers = Knows;
        for (int p = 0; p < matte.Length; p++)
        {
            if (matte[p] < Core || _seen[p])
                continue;
            int count = Collect(matte, p, Core);
            Span<int> piece = _queue.AsSpan(0, count);
            bool meant = Means(prompt, piece, matte);
            found |= meant;
            foreach (int q in piece)
                _memory[q] = meant ? Kept : keepsOthers ? _memory[q] : Dropped;
        }

        if (!found && !keepsOthers)
            Array.Clear(_memory);
        Knows |= found;
        return found;
    }

    /// <summary>Takes the dropped subjects out of the matte and remembers where everybody is.</summary>
    /// <returns>The share of the matte that was taken out, 0..1.</returns>
    public double Keep(Span<ushort> matte)
    {
        for (int p = 0; p < matte.Length; p++)
            _labels[p] = matte[p] >= Touch ? _memory[p] : None;
        Spread(matte, Touch);
        Settle(matte);
        // What touches nobody, and what is hardly there, goes with the nearest.
        Spread(matte, 0);
        Remember(matte);
        double all = 0, taken = 0;
        for (int p = 0; p < matte.Length; p++)
        {
            all += matte[p];
            if (_labels[p] == Kept)
                continue;
            taken += matte[p];
            matte[p] = 0;
        }

        return all == 0 ? 0 : taken / all;
    }

    /// <summary>Who is not seen in this frame is remembered where they were last: they may come back there.</summary>
    private void Remember(ReadOnlySpan<ushort> matte)
    {
        bool seesKept = false, seesDropped = false;
        for (int p = 0; p < matte.Length; p++)
        {
            seesKept |= matte[p] >= Core && _labels[p] == Kept;
            seesDropped |= matte[p] >= Core && _labels[p] == Dropped;
        }

        for (int p = 0; p < matte.Length; p++)
        {
            bool isMissing = (_memory[p] == Kept && !seesKept) || (_memory[p] == Dropped && !seesDropped);
            _memory[p] = matte[p] >= Core ? _labels[p] : isMissing ? _memory[p] : None;
        }
    }

    /// <summary>A box means the pieces that lie in it for the most part, a point the piece it is on.</summary>
    private bool Means(SubjectPrompt prompt, ReadOnlySpan<int> piece, ReadOnlySpan<ushort> matte)
    {
        if (prompt.IsPoint)
        {
            int at = (prompt.Top * _width) + prompt.Left;
            return prompt.Left < _width && prompt.Top < _height && matte[at] >= Core && piece.Contains(at);
        }

        int inside = 0;
        foreach (int p in piece)
        {
            (int y, int x) = Math.DivRem(p, _width);
            inside += x >= prompt.Left && x <= prompt.Right && y >= prompt.Top && y <= prompt.Bottom ? 1 : 0;
        }

        return 2 * inside > piece.Length;
    }

    /// <summary>The connected piece around a pixel, into the queue.</summary>
    private int Collect(ReadOnlySpan<ushort> matte, int from, ushort least)
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

        return tail;

        void Visit(int q, ReadOnlySpan<ushort> codes)
        {
            if (_seen[q] || codes[q] < least)
                return;
            _seen[q] = true;
            _queue[tail++] = q;
        }
    }

    /// <summary>Every pixel from <paramref name="least"/> on that can be reached takes the label of the nearest that has one.</summary>
    private void Spread(ReadOnlySpan<ushort> matte, ushort least)
    {
        int head = 0, tail = 0;
        for (int p = 0; p < matte.Length; p++)
        {
            if (_labels[p] != None)
                _queue[tail++] = p;
        }

        while (head < tail)
        {
            int p = _queue[head++], x = p % _width;
            byte label = _labels[p];
            if (x > 0 && _labels[p - 1] == None && matte[p - 1] >= least)
                (_labels[p - 1], _queue[tail++]) = (label, p - 1);
            if (x < _width - 1 && _labels[p + 1] == None && matte[p + 1] >= least)
                (_labels[p + 1], _queue[tail++]) = (label, p + 1);
            if (p >= _width && _labels[p - _width] == None && matte[p - _width] >= least)
                (_labels[p - _width], _queue[tail++]) = (label, p - _width);
            if (p < matte.Length - _width && _labels[p + _width] == None && matte[p + _width] >= least)
                (_labels[p + _width], _queue[tail++]) = (label, p + _width);
        }
    }

    /// <summary>A piece by itself that is nearly all one subject's becomes all its.</summary>
    private void Settle(ReadOnlySpan<ushort> matte)
    {
        Array.Clear(_seen);
        for (int p = 0; p < matte.Length; p++)
        {
            if (matte[p] < Core || _seen[p] || _labels[p] == None)
                continue;
            Span<int> piece = _queue.AsSpan(0, Collect(matte, p, Core));
            int kept = 0;
            foreach (int q in piece)
                kept += _labels[q] == Kept ? 1 : 0;
            byte? whole = kept >= Majority * piece.Length ? Kept : kept <= (1 - Majority) * piece.Length ? Dropped : null;
            if (whole is not { } label)
                continue;
            foreach (int q in piece)
                _labels[q] = label;
        }
    }
}
