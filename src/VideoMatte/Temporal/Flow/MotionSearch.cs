using VideoMatte.Frames;

namespace VideoMatte.Temporal.Flow;

/// <summary>Finds the motion between two small grey pictures and how far it may be trusted. Keeps its working memory; used by one caller at a
/// time.</summary>
internal sealed class MotionSearch
{
    private readonly DenseInverseSearch _flow;
    private readonly FlowWarp _warp;
    private readonly byte[] _warped;
    private FlowField? _back;

    public MotionSearch(int width, int height, FlowOptions options)
    {
        _flow = new DenseInverseSearch(width, height, options);
        _warp = new FlowWarp(width, height, width, height);
        _warped = new byte[width * height];
    }

    public int Width => _flow.Width;

    public int Height => _flow.Height;

    /// <summary>For planes of the small size.</summary>
    public FlowWarp Warp => _warp;

    /// <summary>Empty yet.</summary>
    public FlowPicture NewPicture() => _flow.NewPicture();

    /// <summary>Makes a picture ready.</summary>
    /// <param name="grey">Of the small size.</param>
    /// <param name="picture">Takes it in.</param>
    public void Set(byte[] grey, FlowPicture picture) => picture.Set(new PlaneView<byte>(grey, Width, Height, Width));

    /// <summary>The motion from one picture to another.</summary>
    /// <param name="from">Of the greys beside it, as <paramref name="to"/>.</param>
    public void Find((FlowPicture Picture, byte[] Grey) from, (FlowPicture Picture, byte[] Grey) to, MotionLink result)
    {
        _back ??= new FlowField(Width, Height);
        Compute(from, to, result.Flow, _back);
        result.Judge(_back, from.Grey, to.Grey, _warp, _warped);
    }

    /// <summary>The motion between two pictures, both ways.</summary>
    /// <param name="one">Of the greys beside it, as <paramref name="other"/>.</param>
    public void Find((FlowPicture Picture, byte[] Grey) one, (FlowPicture Picture, byte[] Grey) other, MotionLink there, MotionLink back)
    {
        Compute(one, other, there.Flow, back.Flow);
        there.Judge(back.Flow, one.Grey, other.Grey, _warp, _warped);
        back.Judge(there.Flow, other.Grey, one.Grey, _warp, _warped);
    }

    private void Compute((FlowPicture Picture, byte[] Grey) one, (FlowPicture Picture, byte[] Grey) other, FlowField there, FlowField back)
    {
        _flow.Compute(one.Picture, other.Picture, there);
        _flow.Compute(other.Picture, one.Picture, back);
    }
}
