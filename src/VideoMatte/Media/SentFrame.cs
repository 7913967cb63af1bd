using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>A matted frame as the bytes an encoder is sent: the picture's planes, alpha rounded to its depth beside them, behind them or in
/// pairs with them. Buffers are kept from frame to frame.</summary>
internal sealed class SentFrame
{
    private readonly OutputSpec _output;
    private readonly FrameFormat _picture;
    private readonly EncodingPlan _plan;
    private readonly PicturePacker _packer;
    private readonly byte[] _joined;

    /// <param name="output">Which of a frame's pictures is sent.</param>
    /// <param name="picture">Of every frame.</param>
    /// <param name="plan">How it is sent.</param>
    public SentFrame(OutputSpec output, FrameFormat picture, EncodingPlan plan)
    {
        (_output, _picture, _plan) = (output, picture, plan);
        AlphaDepth = output.MatteOnly ? plan.Sent.Depth : plan.AlphaDepth;
        FrameFormat packed = output.MatteOnly
            ? picture with { Layout = PlaneLayout.Gray, Depth = plan.Sent.Depth, Colour = new ColourDescription(ColourMatrix.Unspecified, ColourRange.Full) }
            : picture;
        _packer = new PicturePacker(packed, plan.Sent, plan.FillsLowBits);
        int alphaBytes = picture.Width * picture.Height * (AlphaDepth > 8 ? 2 : 1);
        Alpha = AlphaDepth == 0 ? [] : GC.AllocateUninitializedArray<byte>(alphaBytes, pinned: true);
        _joined = plan.IsOneStream ? GC.AllocateUninitializedArray<byte>(plan.Sent.ByteCount + alphaBytes, pinned: true) : [];
    }

    /// <summary>Bits at which the matte is sent, as alpha or as the picture itself; 0: it is not.</summary>
    public int AlphaDepth { get; }

    /// <summary>The rounded matte of the frame packed last.</summary>
    public byte[] Alpha { get; }

    /// <summary>What the first stream is sent of that frame.</summary>
    public ReadOnlyMemory<byte> First { get; private set; }

    /// <param name="frame">Stays the caller's; <see cref="First"/> may lie in it.</param>
    /// <exception cref="ArgumentException">It is of another format than the writer was opened for.</exception>
    public void Pack(MattedFrame frame)
    {
        if (AlphaDepth > 0)
            RoundAlpha(frame.Alpha);
        ReadOnlyMemory<byte> picture = _packer.Pack(PictureBytes(frame));
        if (_plan.AlphaInPairs)
            GreyAlphaPairs.Join(picture.Span, Alpha, _joined);
        if (_plan.AlphaAsPlane)
        {
            picture.Span.CopyTo(_joined);
            Alpha.CopyTo(_joined.AsSpan(picture.Length));
        }

        First = _plan.IsOneStream ? _joined : picture;
    }

    private ReadOnlyMemory<byte> PictureBytes(MattedFrame frame)
    {
        if (_output.MatteOnly)
            return Alpha;
        VideoFrame picture = (_output.ForegroundOnly ? null : frame.Rendered) ?? frame.Foreground ?? frame.Picture;
        if (picture.Format.Layout != _picture.Layout || picture.Format.Depth != _picture.Depth
            || picture.Format.Width != _picture.Width || picture.Format.Height != _picture.Height)
            throw new ArgumentException($"the writer was opened for {_picture} and got {picture.Format}", nameof(frame));
        return picture.Memory;
    }

    private void RoundAlpha(AlphaMatte alpha)
    {
        if (alpha.Width != _picture.Width || alpha.Height != _picture.Height)
            throw new ArgumentException("the matte has another size than the picture", nameof(alpha));
        if (AlphaDepth == 8)
            AlphaRounding.ToBytes(alpha.Samples, Alpha);
        else
            AlphaRounding.ToWords(alpha.Samples, MemoryMarshal.Cast<byte, ushort>(Alpha.AsSpan()), AlphaDepth);
    }
}
