using VideoMatte.Frames;
using VideoMatte.Temporal.Flow;

namespace VideoMatte.Temporal.Motion;

/// <summary>Carries planes along the optical flow between neighbouring frames. The flow is found at a small size (longer side 640) and brought
/// up; frames too small for a patch are taken to stand still.</summary>
public sealed class MotionCarrier : IMotionCarrier
{
    /// <summary>A vector is known where its confidence is above this: a way back within 1.1 pixels of the small size, or a difference of
    /// grey of 30 of 255, or less of both.</summary>
    private const float LeastConfidence = .6f;

    private FrameFormat? _format;
    private Eyes? _eyes;
    private bool _looked;
    private bool _leads;

    /// <summary>Memory at its fullest, bytes.</summary>
    /// <param name="width">Columns of the frames.</param>
    /// <param name="height">Rows of the frames.</param>
    public static long BytesFor(int width, int height)
    {
        // Two pictures with their levels (six floats a pixel, 4/3 of it all), two links, the search's own memory, thumbnails.
        const int BytesASmallPixel = 160;
        return MotionSize.For(width, height) is (int w, int h) ? (long)w * h * BytesASmallPixel : 0;
    }

    public bool Look(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Format != _format)
        {
            _format = frame.Format;
            _eyes = MotionSize.For(_format.Width, _format.Height) is (int width, int height) ? new Eyes(_format, width, height) : null;
            _looked = false;
        }

        _eyes?.Look(frame, _looked);
        (_leads, _looked) = (_looked, true);
        return _leads;
    }

    public void Reset() => (_looked, _leads) = (false, false);

    public void Carry(ReadOnlySpan<byte> before, Span<byte> now)
    {
        Check(before.Length, now.Length);
        if (_eyes is null)
            before.CopyTo(now);
        else
            _eyes.Full.WarpNearest(before, _eyes.ToBefore.Flow, now);
    }

    public void Carry(ReadOnlySpan<ushort> before, Span<ushort> now)
    {
        Check(before.Length, now.Length);
        if (_eyes is null)
            before.CopyTo(now);
        else
            _eyes.Full.Warp(before, _eyes.ToBefore.Flow, now);
    }

    public void Known(Span<byte> known)
    {
        Check(known.Length, known.Length);
        if (_eyes is null)
            known.Fill(byte.MaxValue);
        else
            _eyes.Known(_format!.Width, _format.Height, known);
    }

    private void Check(int before, int now)
    {
        if (!_leads)
            throw new InvalidOperationException("motion carrier: nothing leads to the frame that was looked at");
        if (before != _format!.Width * _format.Height || now != before)
            throw new ArgumentException("motion carrier: a plane of another size than the frame's");
    }

    /// <summary>Pictures and flows of one format.</summary>
    private sealed class Eyes
    {
        private readonly GreyThumbnail _thumbnail;
        private readonly MotionSearch _search;
        private readonly int[] _columns;
        private (FlowPicture Picture, byte[] Grey) _now;
        private (FlowPicture Picture, byte[] Grey) _before;

        public Eyes(FrameFormat format, int width, int height)
        {
            _thumbnail = new GreyThumbnail(format, width, height);
            _search = new MotionSearch(width, height, FlowOptions.Medium);
            (_now, _before) = ((_search.NewPicture(), new byte[width * height]), (_search.NewPicture(), new byte[width * height]));
            (ToBefore, Full) = (new MotionLink(width, height), new FlowWarp(width, height, format.Width, format.Height));
            _columns = [.. Enumerable.Range(0, format.Width).Select(x => (int)((long)x * width / format.Width))];
        }

        /// <summary>From the frame in hand to the one before it.</summary>
        public MotionLink ToBefore { get; }

        /// <summary>For planes of the frames' own size.</summary>
        public FlowWarp Full { get; }

        public void Look(VideoFrame frame, bool follows)
        {
            (_now, _before) = (_before, _now);
            _thumbnail.Render(frame, _now.Grey);
            _search.Set(_now.Grey, _now.Picture);
            if (follows)
                _search.Find(_now, _before, ToBefore);
        }

        public void Known(int width, int height, Span<byte> known)
        {
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<float> small = ToBefore.Confidence.AsSpan((int)((long)y * _search.Height / height) * _search.Width, _search.Width);
                Span<byte> row = known.Slice(y * width, width);
                for (int x = 0; x < row.Length; x++)
                    row[x] = small[_columns[x]] > LeastConfidence ? byte.MaxValue : (byte)0;
            }
        }
    }
}
