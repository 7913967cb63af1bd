using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>One trimap, drawn for a clip's first frame, brought from frame to frame along the motion. What was left open stays open, as far
/// from the matte's edge as the drawing was open; along the edge a narrow band is always open; and where the motion is not known, what lies near
/// the edge is opened and solved anew.</summary>
public sealed class CarriedTrimap : ITrimapSource
{
    /// <summary>Four planes of levels and flags, two of codes, the buffers of three bands, and once the distances of the drawing.</summary>
    public const int BytesAPixel = 4 + (2 * sizeof(ushort)) + 3 + sizeof(int);

    /// <summary>Widths of the narrow band within which a pixel whose motion is not known may have become something else.</summary>
    private const int Surround = 4;

    /// <summary>Most pixels from the edge that an open region reaches once it is carried.</summary>
    private const int MostReach = 128;

    /// <summary>Share of what is near the edge whose motion is not known, above which a frame is doubtful, and share of such frames from which on
    /// it is spoken of.</summary>
    private const double Doubtful = .3, MostDoubtful = .1;

    private readonly IMatteSource _drawn;
    private readonly IMotionCarrier _motion;
    private readonly List<MatteWarning> _warnings = [];
    private Desk? _desk;
    private bool _ended;
    private long _frames;
    private long _doubtful;
    private long? _doubtfulFrom;

    /// <param name="drawn">Gives the first frame's trimap as a picture in greys; moves in, and is disposed with this.</param>
    /// <param name="motion">Serves this alone.</param>
    public CarriedTrimap(IMatteSource drawn, IMotionCarrier motion)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        ArgumentNullException.ThrowIfNull(motion);
        (_drawn, _motion) = (drawn, motion);
    }

    public IReadOnlyList<MatteWarning> Warnings => _doubtful <= MostDoubtful * _frames ? _warnings :
    [
        .. _warnings, new MatteWarning("trimap-drifts", string.Create(
            CultureInfo.InvariantCulture, $"In {_doubtful} of {_frames} frames, from frame {_doubtfulFrom} on, the motion along much of the edge is not known, and the carried trimap may have left it: look at the matte, and give a clip of trimaps where it is wrong."), _doubtfulFrom),
    ];

    /// <inheritdoc/>
    /// <exception cref="MatteException">Input, <c>trimap-one-sided</c>: nothing in the drawing is inside, or nothing outside.</exception>
    public bool Next(VideoFrame frame, Span<byte> trimap, Span<ushort> guess)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _frames++;
        if (_ended)
        {
            if (_warnings.Count == 0)
                _warnings.Add(new MatteWarning("trimap-ends", string.Create(
                    CultureInfo.InvariantCulture, $"The trimap is of the first shot, and frame {frame.Time.Index} begins another: the matte is empty from there on. Matte each shot by itself (--start, --end) with a trimap of its first frame, or give a clip of trimaps."),
                    frame.Time.Index, NotAsAsked: true));
            return false;
        }

        bool follows = _motion.Look(frame);
        if (_desk is null)
        {
            Begin(frame, trimap, guess);
            return true;
        }

        if (!follows)
            throw new ArgumentException("carried trimap: frames of another format", nameof(frame));
        if (_desk.Carry(_motion, trimap, guess) > Doubtful)
        {
            _doubtful++;
            _doubtfulFrom ??= frame.Time.Index;
        }

        if (Trimap.HasBothEnds(trimap))
            return true;
        _ended = true;
        _warnings.Add(new MatteWarning("trimap-lost", string.Create(
            CultureInfo.InvariantCulture, $"At frame {frame.Time.Index} nothing is left of the trimap that is surely {(trimap.Contains(Trimap.Inside) ? "outside" : "inside")}: its subject has left the picture, fills it or is too thin, and the matte is empty from there on. Give a trimap for what follows, or a clip of them."),
            frame.Time.Index, NotAsAsked: true));
        return false;
    }

    public void Solved(ReadOnlySpan<ushort> matte) => _desk?.Remember(matte);

    /// <summary>A cut ends what the trimap was drawn for.</summary>
    public void Reset()
    {
        _ended |= _desk is not null;
        _motion.Reset();
    }

    public void Interrupt() => (_drawn as IInterruptible)?.Interrupt();

    public void Dispose() => _drawn.Dispose();

    /// <summary>Reads the drawing.</summary>
    private void Begin(VideoFrame frame, Span<byte> trimap, Span<ushort> guess)
    {
        DrawnTrimaps.Read(_drawn, frame, trimap);
        guess.Fill(Trimap.Grey);
        if (!Trimap.HasBothEnds(trimap))
            throw new MatteException(ErrorKind.Input, "trimap-one-sided", "The trimap has no white (inside) or no black (outside), and alpha follows from nothing: paint some of both.");
        _desk = new Desk(frame.Format.Width, frame.Format.Height, trimap);
    }

    /// <summary>What is remembered of the frame before, and the buffers to bring it on.</summary>
    private sealed class Desk
    {
        private readonly ushort[] _matte;
        private readonly ushort[] _codes;
        private readonly byte[] _near;
        private readonly byte[] _known;
        private readonly TrimapBand _narrow;
        private readonly TrimapBand _wide;
        private readonly TrimapBand _surround;
        private byte[] _carried;

        public Desk(int width, int height, ReadOnlySpan<byte> drawn)
        {
            int pixels = width * height;
            (Trimap, _carried, _near, _known) = (drawn.ToArray(), new byte[pixels], new byte[pixels], new byte[pixels]);
            (_matte, _codes) = (new ushort[pixels], new ushort[pixels]);
            // Half as deep as the inside is at most, or a thin subject would have none left.
            int narrow = Math.Clamp(TrimapReach.Of(drawn, Solver.Trimap.Inside, width, height) / 2, 1, RefinedMattingModel.AutomaticRadius(width, height));
            int wide = Math.Clamp(2 * TrimapReach.Of(drawn, Solver.Trimap.Open, width, height), narrow, Math.Max(narrow, MostReach));
            (_narrow, _wide, _surround) = (new TrimapBand(width, height, narrow), new TrimapBand(width, height, wide), new TrimapBand(width, height, Surround * narrow));
        }

        /// <summary>Of the frame in hand, without what was opened for it alone.</summary>
        public byte[] Trimap { get; private set; }

        /// <summary>Lets settle what is far from the matte's edge, which is where half is covered: were all that a solver is not sure of to keep
        /// its surround open, its mist would spread from frame to frame. An open region that partly goes with the ground does not stretch,
        /// either.</summary>
        public void Remember(ReadOnlySpan<ushort> matte)
        {
            matte.CopyTo(_matte);
            for (int i = 0; i < matte.Length; i++)
                _codes[i] = matte[i] > AlphaMatte.Opaque / 2 ? (ushort)AlphaMatte.Opaque : (ushort)0;
            _narrow.Write(_codes, _known);
            _wide.Write(_codes, _near);
            for (int i = 0; i < Trimap.Length; i++)
            {
                bool isOpen = _known[i] == Solver.Trimap.Open || (_near[i] == Solver.Trimap.Open && Trimap[i] == Solver.Trimap.Open);
                Trimap[i] = isOpen ? Solver.Trimap.Open : _known[i];
            }
        }

        /// <returns>The share of what is near the edge whose motion is not known.</returns>
        public double Carry(IMotionCarrier motion, Span<byte> trimap, Span<ushort> guess)
        {
            int near = 0, unknown = 0;
            motion.Carry(Trimap, _carried);
            motion.Carry(_matte, guess);
            // What is near the edge, in this frame's place or where it was: only there may something have come up.
            for (int i = 0; i < trimap.Length; i++)
                _codes[i] = _carried[i] == Trimap[i] ? Solver.Trimap.CodeOf(_carried[i]) : Solver.Trimap.Grey;
            (Trimap, _carried) = (_carried, Trimap);
            Trimap.CopyTo(trimap);
            _surround.Write(_codes, _near);
            motion.Known(_known);
            for (int i = 0; i < trimap.Length; i++)
            {
                if (_near[i] != Solver.Trimap.Open)
                    continue;
                near++;
                if (_known[i] != 0)
                    continue;
                unknown++;
                (trimap[i], guess[i]) = (Solver.Trimap.Open, Solver.Trimap.Grey);
            }

            return near == 0 ? 0 : (double)unknown / near;
        }
    }
}
