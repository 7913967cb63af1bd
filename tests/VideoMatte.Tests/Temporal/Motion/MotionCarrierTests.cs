using VideoMatte.Frames;
using VideoMatte.Temporal.Motion;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Temporal.Motion;

public sealed class MotionCarrierTests
{
    private const int Width = MotionScene.Width, Height = MotionScene.Height, Pixels = Width * Height;

    /// <summary>A box of its own look goes 9 right and 5 down over a ground that goes 3 left.</summary>
    [Fact]
    public void Carry_ABoxOverAMovingGround_BringsItsLabelAndItsMatteAlong()
    {
        using CheckingFramePool pool = new();
        MotionCarrier carrier = new();
        using VideoFrame first = Scene(pool, 0), second = Scene(pool, 1);
        Assert.False(carrier.Look(first));
        Assert.True(carrier.Look(second));
        byte[] labels = new byte[Pixels], carried = new byte[Pixels], known = new byte[Pixels];
        ushort[] matte = new ushort[Pixels], moved = new ushort[Pixels];
        for (int i = 0; i < Pixels; i++)
            (labels[i], matte[i]) = IsInside(i % Width, i / Width, 0, 0) ? ((byte)7, (ushort)65535) : ((byte)2, (ushort)1000);
        carrier.Carry(labels, carried);
        carrier.Carry(matte, moved);
        carrier.Known(known);
        int unknown = 0, all = 0, wrong = 0;
        for (int y = 8; y < Height - 8; y++)
            for (int x = 8; x < Width - 8; x++)
            {
                int i = (y * Width) + x;
                unknown += known[i] == 0 ? 1 : 0;
                // Four pixels on either side of the outline: patches of the search are eight wide, at half the size.
                bool isInside = IsInside(x, y, 1, -4), isOutside = !IsInside(x, y, 1, 4);
                if (known[i] == 0 || (!isInside && !isOutside))
                    continue;
                all++;
                wrong += carried[i] != (isInside ? 7 : 2) || Math.Abs(moved[i] - (isInside ? 65535 : 1000)) > 655 ? 1 : 0;
            }

        // A vector between the two motions at the outline leads astray a little farther still.
        Assert.InRange((double)wrong / all, 0, .005);

        // What was covered and is seen now: 12 columns and 5 rows of an 80 x 60 box, and what the search blurs around it.
        Assert.InRange(unknown, 500, 5000);
    }

    [Fact]
    public void Look_AfterResetAndAfterAnotherFormat_LeadsNowhere()
    {
        using CheckingFramePool pool = new();
        MotionCarrier carrier = new();
        using VideoFrame frame = Scene(pool, 0);
        carrier.Look(frame);
        carrier.Reset();
        Assert.False(carrier.Look(frame));
        Assert.Throws<InvalidOperationException>(() => carrier.Known(new byte[Pixels]));
        Assert.True(carrier.Look(frame));
        Assert.Throws<ArgumentException>(() => carrier.Known(new byte[Pixels - 1]));
        Assert.Throws<ArgumentException>(() => carrier.Carry(new ushort[Pixels], new ushort[Pixels + 1]));
        using VideoFrame other = VideoFrame.Rent(pool, MotionScene.Format with { Width = 64, Height = 64 }, frame.Time);
        Assert.False(carrier.Look(other));
    }

    /// <summary>Too small for a patch: nothing moves.</summary>
    [Fact]
    public void Carry_TinyFrames_StaysInPlace()
    {
        using CheckingFramePool pool = new();
        MotionCarrier carrier = new();
        using VideoFrame frame = VideoFrame.Rent(pool, MotionScene.Format with { Width = 6, Height = 4 }, new FrameTime(0, Rational.Zero, new Rational(1, 25)));
        frame.Bytes.Clear();
        carrier.Look(frame);
        Assert.True(carrier.Look(frame));
        byte[] labels = [.. Enumerable.Range(0, 24).Select(i => (byte)i)], carried = new byte[24], known = new byte[24];
        carrier.Carry(labels, carried);
        carrier.Known(known);
        Assert.Equal(labels, carried);
        Assert.DoesNotContain((byte)0, known);
    }

    private static VideoFrame Scene(IFramePool pool, int index) => MotionScene.Draw(pool, index, (x, y) =>
        IsInside(x, y, index, 0) ? MotionScene.Figure(x - (9 * index), y - (5 * index)) : MotionScene.Ground(x + (3 * index), y));

    private static bool IsInside(int x, int y, int index, int more)
    {
        (int left, int top) = (100 + (9 * index), 60 + (5 * index));
        return x >= left - more && x < left + 80 + more && y >= top - more && y < top + 60 + more;
    }
}
