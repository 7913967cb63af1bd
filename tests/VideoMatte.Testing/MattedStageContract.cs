using VideoMatte.Frames;

namespace VideoMatte.Testing;

/// <summary>The stage contract on matted frames of <see cref="MovingDisc"/>; the fingerprint covers picture, matte and repainted pictures.</summary>
public abstract class MattedStageContract : FrameStageContract<MattedFrame, MattedFrame>
{
    /// <summary>Of the frames put in.</summary>
    protected virtual FrameFormat Format { get; } = new(48, 36, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);

    protected override MattedFrame CreateInput(IFramePool pool, long index) => MovingDisc.Matted(pool, Format, FakeFrameReader.TimeOf(index));

    protected override string Fingerprint(MattedFrame frame) => FakeFrameWriter.HashOf(frame);
}
