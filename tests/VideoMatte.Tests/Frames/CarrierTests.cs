using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Frames;

/// <summary>Who owns what of a frame.</summary>
public sealed class CarrierTests
{
    private static readonly FrameFormat Format = new(7, 5, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);

    private static readonly FrameTime Time = new(3, new Rational(1, 10), new Rational(1, 30));

    [Fact]
    public void VideoFrame_Disposed_ReturnsOnceAndShowsNothing()
    {
        using CheckingFramePool pool = new();
        VideoFrame frame = VideoFrame.Rent(pool, Format, Time);
        Assert.Equal(Format.ByteCount, pool.OutstandingBytes);
        frame.Dispose();
        frame.Dispose();
        Assert.Equal(0, pool.OutstandingBytes);
        Assert.Throws<ObjectDisposedException>(() => frame.Memory);
        Assert.Throws<ObjectDisposedException>(() => frame.Plane8(0).Width);
    }

    [Fact]
    public void VideoFrame_Copy_IsItsOwn()
    {
        using CheckingFramePool pool = new();
        using VideoFrame frame = MovingDisc.Picture(pool, Format, Time);
        frame.StartsShot = true;
        using VideoFrame copy = frame.Copy();
        Assert.True(copy.StartsShot);
        Assert.Equal((Format, Time), (copy.Format, copy.Time));
        Assert.True(copy.Bytes.SequenceEqual(frame.Bytes));
        frame.Bytes.Clear();
        Assert.True(copy.Bytes.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void VideoFrame_Planes_LieOneAfterTheOther()
    {
        using CheckingFramePool pool = new();
        using VideoFrame frame = VideoFrame.Rent(pool, Format, Time);
        for (int plane = 0; plane < 3; plane++)
            frame.PlaneBytes(plane).Fill((byte)(plane + 1));
        Assert.Equal(Enumerable.Repeat<byte>(1, 35).Concat(Enumerable.Repeat<byte>(2, 12)).Concat(Enumerable.Repeat<byte>(3, 12)), frame.Bytes.ToArray());
        Assert.Equal((4, 3), (frame.Plane8(2).Width, frame.Plane8(2).Height));
        Assert.Throws<InvalidOperationException>(() => frame.Plane16(0).Width);
    }

    [Fact]
    public void VideoFrame_Deep_HasWordPlanes()
    {
        using CheckingFramePool pool = new();
        using VideoFrame frame = VideoFrame.Rent(pool, Format with { Depth = 10 }, Time);
        frame.Plane16(1).Row(2).Fill(513);
        Assert.Equal([1, 2], frame.PlaneBytes(1)[^2..].ToArray());
        Assert.Throws<InvalidOperationException>(() => frame.Plane8(0).Width);
    }

    [Fact]
    public void AlphaMatte_Rows_AreSamplesOfIt()
    {
        using CheckingFramePool pool = new();
        AlphaMatte alpha = AlphaMatte.Rent(pool, 7, 5);
        alpha.Samples.Clear();
        alpha.Row(4).Fill(AlphaMatte.Opaque);
        Assert.Equal(35, alpha.Samples.Length);
        Assert.Equal(28, alpha.Samples.IndexOf((ushort)AlphaMatte.Opaque));
        Assert.Equal(70, alpha.Memory.Length);
        alpha.Dispose();
        alpha.Dispose();
        Assert.Throws<ObjectDisposedException>(() => alpha.Samples.Length);
    }

    [Fact]
    public void MattedFrame_Replaced_DisposesTheOneBefore()
    {
        using CheckingFramePool pool = new();
        MattedFrame frame = MovingDisc.Matted(pool, Format, Time);
        Assert.Equal(2, pool.OutstandingBuffers);
        frame.ReplaceAlpha(AlphaMatte.Rent(pool, 7, 5));
        frame.ReplaceForeground(VideoFrame.Rent(pool, Format, Time));
        frame.ReplaceForeground(VideoFrame.Rent(pool, Format, Time));
        frame.ReplaceRendered(VideoFrame.Rent(pool, Format, Time));
        Assert.Equal(4, pool.OutstandingBuffers);
        frame.ReplaceRendered(null);
        Assert.Equal(3, pool.OutstandingBuffers);
        frame.Dispose();
        Assert.Equal(0, pool.OutstandingBuffers);
        Assert.Equal(Time, frame.Time);
    }

    [Fact]
    public void MattedFrame_OfAnotherSize_IsRefusedAndBothAreReturned()
    {
        using CheckingFramePool pool = new();
        Assert.Throws<ArgumentException>(() => new MattedFrame(VideoFrame.Rent(pool, Format, Time), AlphaMatte.Rent(pool, 5, 7)));
        Assert.Equal(0, pool.OutstandingBytes);
    }
}
