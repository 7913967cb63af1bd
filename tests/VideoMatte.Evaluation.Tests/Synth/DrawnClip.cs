using VideoMatte.Evaluation.Synth;
using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Tests.Synth;

/// <summary>All frames of the sample clip, drawn once for all tests of this collection.</summary>
public sealed class DrawnClip
{
    public DrawnClip()
    {
        var pool = new FramePool();
        SampleFrame frame = Clip.CreateFrame();
        Pictures = new byte[Clip.FrameCount][];
        Alphas = new ushort[Clip.FrameCount][];
        for (int i = 0; i < Clip.FrameCount; i++)
        {
            Clip.Draw(i, frame);
            using VideoFrame picture = VideoFrame.Rent(pool, Clip.Format, Clip.TimeOf(i));
            using AlphaMatte matte = AlphaMatte.Rent(pool, frame.Width, frame.Height);
            frame.CopyPictureTo(picture);
            frame.CopyAlphaTo(matte);
            Pictures[i] = picture.Bytes.ToArray();
            Alphas[i] = matte.Samples.ToArray();
        }
    }

    public SampleClip Clip { get; } = SampleClips.Dancer();

    /// <summary>Y, Cb, Cr planes of each frame.</summary>
    public byte[][] Pictures { get; }

    /// <summary>The true matte of each frame, 16 bits.</summary>
    public ushort[][] Alphas { get; }

    public int Pixels => Clip.Format.Width * Clip.Format.Height;
}
