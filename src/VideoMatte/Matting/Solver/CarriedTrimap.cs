using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>One trimap, drawn for a clip's first frame, brought from frame to frame along the motion. What was left open stays open, as far
/// from the matte's edge as the drawing was open; along the edge a narrow band is always open; and where the motion is not known, what lies near
/// the edge is opened and solved anew.</summary>
public sealed class CarriedTrimap : ITrimapSource
{
    /// <summary>Four planes of levels and flags, two of codes, and the buffers of three bands.</summary>
    public const int BytesAPixel = 4 + (2 * sizeof(ushort)) + 3;

    /// <summary>Widths of the narrow band within which a pixel whose motion is not known may have become something else.</summary>
    private const int Surround = 4;

    /// <summary>Most pixels from the edge that an open region reaches once it is carried.</summary>
    private const int MostReach = 128;

    private readonly IMatteSource _drawn;
    private readonly IMotionCarrier _motion;
    private readonly List<MatteWarning> _warnings = [];
    private Desk? _desk;
    private bool _ended;

    /// <param name="drawn">Gives the first frame's trimap as a picture in greys; moves in, and is disposed with this.</param>
    /// <param name="motion">Serves this alone.</param>
    public CarriedTrimap(IMatteSource drawn, IMotionCarrier motion)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        ArgumentNullException.ThrowIfNull(motion);
        (_drawn, _motion) = (drawn, motion);
    }

    public IReadOnlyList<MatteWarning> Warnings => _warnings;

    public bool Next(VideoFrame frame, Span<byte> trimap, Span<ushort> guess)
    {
        ArgumentNullException.ThrowIfNull(frame);
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
            DrawnTrimaps.Read(_drawn, frame, trimap);
            guess.Fill(DrawnTrimaps.Grey);
            _desk = new Desk(frame.Format.Width, frame.Format.Height, trimap);
        }
        else if (!follows)
        {
            throw new ArgumentException("carried trimap: frames of another format", nameof(frame));
        }
        else
        {
            _desk.Carry(_motion, trimap, guess);
        }

        return true;
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

    /// <summary>What is remembered of the frame before, and the buffers to bring it on.</summary>
    private sealed class Desk
    {
        private readonly ushort[] _matte;
        private readonly ushort[] _codes;
        private readonly byte[] _near;
        private readonly byte[] _known;
        private byte[] _carried;
        private readonly TrimapBand _narrow;
        private readonly TrimapBand _wide;
        private readonly TrimapBand _surround;

        public Desk(int width, int height, ReadOnlySpan<byte> drawn)
        {
            int pixels = width * height;
            (Trimap, _carried, _near, _known) = (drawn.ToArray(), new byte[pixels], new byte[pixels], new byte[pixels]);
            (_matte, _codes) = (new ushort[pixels], new ushort[pixels]);
            int narrow = RefinedMattingModel.AutomaticRadius(width, height);
            int wide = Math.Clamp(2 * TrimapReach.Of(drawn, width, height), narrow, Math.Max(narrow, MostReach));
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

        public void Carry(IMotionCarrier motion, Span<byte> trimap, Span<ushort> guess)
        {
            motion.Carry(Trimap, _carried);
            motion.Carry(_matte, guess);
            // What is near the edge, in this frame's place or where it was: only there may something have come up.
            for (int i = 0; i < trimap.Length; i++)
                _codes[i] = _carried[i] == Trimap[i] ? Code(_carried[i]) : DrawnTrimaps.Grey;
            (Trimap, _carried) = (_carried, Trimap);
            Trimap.CopyTo(trimap);
            _surround.Write(_codes, _near);
            motion.Known(_known);
            for (int i = 0; i < trimap.Length; i++)
            {
                if (_known[i] == 0 && _near[i] == Solver.Trimap.Open)
                    (trimap[i], guess[i]) = (Solver.Trimap.Open, DrawnTrimaps.Grey);
            }
        }

        private static ushort Code(byte level) => level switch
        {
            Solver.Trimap.Inside => AlphaMatte.Opaque,
            Solver.Trimap.Outside => 0,
            _ => DrawnTrimaps.Grey,
        };
    }
}
