using VideoMatte.Frames;

namespace VideoMatte.Matting.Subject;

/// <summary>Tells the subjects of a matte apart and follows them by overlap: what a subject covered in the frame before is its own in this one,
/// what touches it belongs to the nearest, and what touches nobody is a newcomer, whom nobody pointed at. Where the motion between two frames is
/// known, what is remembered goes along with it (<see cref="Follow"/>). Buffers are kept; used by one caller at a time.</summary>
/// <remarks>A kept subject that is not seen is remembered where it was last, for as long as the shot lasts: a piece that comes up there is it.
/// One that moved so fast that it left its own place is a piece of its size nearby (<see cref="PieceBox.MayBecome"/>).</remarks>
internal sealed class SubjectTracker
{
    /// <summary>Of all buffers.</summary>
    public const int BytesAPixel = 5 + MattePieces.BytesAPixel;

    /// <summary>Labels: nobody, those who were not pointed at, and from the third on a number for each subject to keep.</summary>
    private const byte None = MattePieces.None, Dropped = 1, FirstKept = 2;

    /// <summary>From here on a pixel is somebody's body, and is remembered.</summary>
    private const ushort Core = AlphaMatte.Opaque / 2;

    /// <summary>From here on it counts as connected to one.</summary>
    private const ushort Touch = AlphaMatte.Opaque / 20;

    /// <summary>So many pixels, or this part of the longer side, is near.</summary>
    private const int LeastNear = 8, NearShare = 16;

    /// <summary>A piece of which this share is one subject's is that subject's whole: the rest are slips at its edge.</summary>
    private const double Majority = .8;

    private readonly int _width;
    private readonly int _height;
    private readonly int _near;
    private readonly MattePieces _pieces;
    private readonly byte[] _labels;

    /// <summary>Who was where in the frame before.</summary>
    private byte[] _memory;

    /// <summary>The same, on its way to this frame.</summary>
    private byte[] _carried;

    /// <summary>Where the motion is known.</summary>
    private byte[] _known = [];

    /// <summary>Where kept subjects were last that are not seen now.</summary>
    private readonly byte[] _lastPlace;

    /// <summary>Of each label in the frame before; no pixels: it was not seen.</summary>
    private readonly PieceBox[] _places = new PieceBox[byte.MaxValue + 1];

    /// <summary>Of each label in this one.</summary>
    private readonly PieceBox[] _now = new PieceBox[byte.MaxValue + 1];

    private int _next = FirstKept;

    public SubjectTracker(int width, int height)
    {
        (_width, _height, _near) = (width, height, Math.Max(LeastNear, Math.Max(width, height) / NearShare));
        int pixels = width * height;
        (_labels, _memory, _carried, _lastPlace, _pieces) = (new byte[pixels], new byte[pixels], [], new byte[pixels], new MattePieces(width, height));
    }

    /// <summary>False until a subject was pointed at.</summary>
    public bool Knows => _next > FirstKept;

    /// <summary>Whether any subject to keep was in the matte of the frame before.</summary>
    public bool SeesKept => _places.AsSpan(FirstKept).ContainsAnyExcept(default(PieceBox));

    public bool Fits(int width, int height) => width == _width && height == _height;

    public void Forget()
    {
        _next = FirstKept;
        Array.Clear(_memory);
        Array.Clear(_lastPlace);
        Array.Clear(_places);
    }

    /// <summary>Brings who is where to the next frame.</summary>
    /// <param name="motion">Has looked at the frame, and knows the one before.</param>
    public void Follow(IMotionCarrier motion)
    {
        if (_known.Length == 0)
            (_carried, _known) = (new byte[_memory.Length], new byte[_memory.Length]);
        motion.Carry(_memory, _carried);
        motion.Known(_known);
        for (int p = 0; p < _carried.Length; p++)
        {
            if (_known[p] == 0)
                _carried[p] = _memory[p];
        }

        (_memory, _carried) = (_carried, _memory);
    }

    /// <summary>Marks the piece of the matte under the prompt as a subject to keep; all others are dropped, but those that already are kept.</summary>
    /// <returns>False where nothing is there.</returns>
    public bool Point(SubjectPrompt prompt, ReadOnlySpan<ushort> matte)
    {
        bool found = false, keepsOthers = Knows;
        _pieces.Begin();
        for (int p = 0; p < matte.Length; p++)
        {
            if (matte[p] < Core || _pieces.WasCollected(p))
                continue;
            ReadOnlySpan<int> piece = _pieces.Collect(matte, p, Core);
            bool meant = Means(prompt, piece, matte);
            found |= meant;
            byte label = meant ? Number() : Dropped;
            foreach (int q in piece)
                _memory[q] = meant || !keepsOthers ? label : _memory[q];
        }

        if (!found && !keepsOthers)
            Array.Clear(_memory);
        return found;
    }

    /// <summary>Takes out of the matte who is not kept, and remembers where everybody is.</summary>
    /// <returns>The share of the matte that was taken out, 0..1.</returns>
    public double Keep(Span<ushort> matte)
    {
        for (int p = 0; p < matte.Length; p++)
            _labels[p] = matte[p] >= Touch ? _memory[p] : None;
        _pieces.Spread(matte, _labels, Touch);
        Settle(matte);
        Welcome(matte);
        // What is hardly there and touches nobody goes with the nearest, if one is near: a wisp of hair, a blurred hand. Elsewhere it is what
        // the model half sees of somebody who was not pointed at.
        _pieces.Spread(matte, _labels, 0, _near);
        _pieces.Spread(matte, _labels, Touch);
        Remember(matte);
        double all = 0, taken = 0;
        for (int p = 0; p < matte.Length; p++)
        {
            all += matte[p];
            if (_labels[p] >= FirstKept)
                continue;
            taken += matte[p];
            matte[p] = 0;
        }

        return all == 0 ? 0 : taken / all;
    }

    /// <summary>The next subject's; whoever is pointed at when all numbers are given away shares the last.</summary>
    private byte Number() => (byte)(_next <= byte.MaxValue ? _next++ : byte.MaxValue);

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

    /// <summary>A piece by itself that is nearly all one subject's becomes all its.</summary>
    private void Settle(ReadOnlySpan<ushort> matte)
    {
        Span<int> counts = stackalloc int[byte.MaxValue + 1];
        _pieces.Begin();
        for (int p = 0; p < matte.Length; p++)
        {
            if (matte[p] < Core || _labels[p] == None || _pieces.WasCollected(p))
                continue;
            ReadOnlySpan<int> piece = _pieces.Collect(matte, p, Core);
            counts.Clear();
            foreach (int q in piece)
                counts[_labels[q]]++;
            int most = IndexOfMost(counts);
            if (counts[most] < Majority * piece.Length)
                continue;
            foreach (int q in piece)
                _labels[q] = (byte)most;
        }
    }

    /// <summary>Says who the pieces are that touch nobody.</summary>
    private void Welcome(ReadOnlySpan<ushort> matte)
    {
        Span<int> counts = stackalloc int[byte.MaxValue + 1];
        // Whoever has a place in this frame by now needs no other.
        Locate(matte);
        _pieces.Begin();
        for (int p = 0; p < matte.Length; p++)
        {
            if (matte[p] < Core || _labels[p] != None)
                continue;
            ReadOnlySpan<int> piece = _pieces.Collect(matte, p, Touch);
            PieceBox box = PieceBox.Nothing;
            counts.Clear();
            foreach (int q in piece)
            {
                if (matte[q] < Core)
                    continue;
                (int y, int x) = Math.DivRem(q, _width);
                box = box.With(x, y);
                counts[_lastPlace[q]]++;
            }

            counts[None] = 0;
            int who = counts.ContainsAnyExcept(0) ? IndexOfMost(counts) : Dropped;
            for (int kept = FirstKept; who == Dropped && kept < _next; kept++)
            {
                if (_now[kept].Pixels == 0 && _places[kept].MayBecome(box))
                    who = kept;
            }

            _now[who] = box;
            foreach (int q in piece)
                _labels[q] = (byte)who;
        }
    }

    private void Remember(ReadOnlySpan<ushort> matte)
    {
        Locate(matte);
        for (int p = 0; p < matte.Length; p++)
        {
            byte before = _memory[p], last = _lastPlace[p];
            if (last != None && _now[last].Pixels > 0)
                _lastPlace[p] = None;
            if (before >= FirstKept && _now[before].Pixels == 0)
                _lastPlace[p] = before;
            _memory[p] = matte[p] >= Core ? _labels[p] : None;
        }

        _now.CopyTo(_places, 0);
    }

    private void Locate(ReadOnlySpan<ushort> matte)
    {
        Array.Clear(_now);
        for (int p = 0; p < matte.Length; p++)
        {
            if (matte[p] < Core || _labels[p] == None)
                continue;
            (int y, int x) = Math.DivRem(p, _width);
            ref PieceBox place = ref _now[_labels[p]];
            place = (place.Pixels == 0 ? PieceBox.Nothing : place).With(x, y);
        }
    }

    private static int IndexOfMost(ReadOnlySpan<int> counts)
    {
        int most = 0;
        for (int i = 1; i < counts.Length; i++)
            most = counts[i] > counts[most] ? i : most;
        return most;
    }
}
