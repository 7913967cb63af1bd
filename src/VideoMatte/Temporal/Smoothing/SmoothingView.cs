using VideoMatte.Frames;
using VideoMatte.Temporal.Flow;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>What the smoother keeps of a frame: the frame while it is held back, its own matte, both small, and the motion to its
/// neighbours. Used again for a later frame.</summary>
internal sealed class SmoothingView : IDisposable
{
    public SmoothingView(int pixels, int width, int height, FlowPicture picture)
    {
        Alpha = new ushort[pixels];
        Matte = new float[width * height];
        Grey = new byte[width * height];
        Picture = picture;
        (ToNext, ToBefore) = (new MotionLink(width, height), new MotionLink(width, height));
    }

    /// <summary>Held back; null once given out.</summary>
    public MattedFrame? Frame { get; set; }

    /// <summary>The matte as it came, full size, codes.</summary>
    public ushort[] Alpha { get; }

    /// <summary>The same, small, 0..1.</summary>
    public float[] Matte { get; }

    /// <summary>The small picture whose motion is looked for, grey.</summary>
    public byte[] Grey { get; }

    /// <summary>The same, ready for flow.</summary>
    public FlowPicture Picture { get; }

    /// <summary>Motion to the frame after this one.</summary>
    public MotionLink ToNext { get; }

    /// <summary>Motion to the frame before this one.</summary>
    public MotionLink ToBefore { get; }

    public void Dispose()
    {
        Frame?.Dispose();
        Frame = null;
    }
}
