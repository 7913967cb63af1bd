using VideoMatte.Temporal.Flow;
using VideoMatte.Testing;
using VideoMatte.Testing.Flow;
using Xunit;

namespace VideoMatte.Tests.Temporal.Flow;

public sealed class FlowWarpTests
{
    private const int Width = 37, Height = 21;

    private readonly Random _random = new(7);

    /// <summary>By whole pixels it is a copy, with the border repeated.</summary>
    [Fact]
    public void Warp_WholePixels_IsAShiftedCopy()
    {
        ushort[] matte = Lines.Words(_random, Width * Height), result = new ushort[matte.Length];
        byte[] picture = Lines.Bytes(_random, matte.Length), pictureResult = new byte[matte.Length];
        FlowField flow = Constant(Width, Height, 5, -3);
        FlowWarp warp = new(Width, Height, Width, Height);
        warp.Warp(matte, flow, result);
        warp.Warp(picture, flow, pictureResult);
        for (int i = 0; i < matte.Length; i++)
        {
            int from = (Math.Max(0, (i / Width) - 3) * Width) + Math.Min(Width - 1, (i % Width) + 5);
            Assert.Equal(matte[from], result[i]);
            Assert.Equal(picture[from], pictureResult[i]);
        }
    }

    /// <summary>A flow at a quarter of the size: its vectors count four times as many pixels of the plane.</summary>
    [Fact]
    public void Warp_AFlowOfLowerSize_GrowsItsVectors()
    {
        ushort[] matte = Lines.Words(_random, 80 * 40), small = new ushort[matte.Length], full = new ushort[matte.Length];
        new FlowWarp(20, 10, 80, 40).Warp(matte, Constant(20, 10, .8f, -.3f), small);
        new FlowWarp(80, 40, 80, 40).Warp(matte, Constant(80, 40, 3.2f, -1.2f), full);
        // The vectors differ in their last bits, which a step from none to full brings to a code at most.
        for (int i = 0; i < matte.Length; i++)
            Assert.InRange(small[i], full[i] - 1, full[i] + 1);
    }

    /// <summary>A flow that grows along x is read between its samples, as their places say: x / 10 of the plane, at any size.</summary>
    [Fact]
    public void Warp_ASlopeAtLowerSize_IsReadBetweenItsSamples()
    {
        FlowField flow = new(20, 10);
        for (int i = 0; i < flow.U.Length; i++)
            flow.U[i] = ((i % 20) + .5f) / 10;
        ushort[] ramp = [.. Enumerable.Range(0, 80 * 40).Select(i => (ushort)(100 * (i % 80)))], result = new ushort[ramp.Length];
        new FlowWarp(20, 10, 80, 40).Warp(ramp, flow, result);
        for (int i = 0; i < result.Length; i++)
        {
            int x = i % 80;
            if (x is >= 2 and < 70)
                Assert.InRange(result[i], (100 * (x + ((x + .5) / 10))) - 1, (100 * (x + ((x + .5) / 10))) + 1);
        }
    }

    [Fact]
    public void Warp_SomeRows_LeavesTheRest()
    {
        ushort[] matte = Lines.Words(_random, Width * Height), whole = new ushort[matte.Length], part = new ushort[matte.Length];
        FlowField flow = Constant(Width, Height, .4f, 1.3f);
        FlowWarp warp = new(Width, Height, Width, Height);
        warp.Warp(matte, flow, whole);
        warp.Warp(matte, flow, part, 4, 9);
        for (int y = 0; y < Height; y++)
            Assert.Equal(y is >= 4 and < 9 ? whole[(y * Width)..((y + 1) * Width)] : new ushort[Width], part[(y * Width)..((y + 1) * Width)]);
    }

    /// <summary>Brought by the true flow the second picture is the first but for rounding and interpolation; the bar is a tenth of what they
    /// differ by as they are.</summary>
    [SharedFact]
    public async Task Warp_ByTheTrueFlow_IsTheFirstPicture()
    {
        FlowPair pair = await DrawnFlow.DrawAsync("turn");
        FlowField flow = new(pair.Width, pair.Height);
        pair.TrueU!.CopyTo(flow.U);
        pair.TrueV!.CopyTo(flow.V);
        byte[] result = new byte[pair.From.Length];
        new FlowWarp(pair.Width, pair.Height, pair.Width, pair.Height).Warp(pair.To, flow, result);
        double asTheyAre = Inner(i => Math.Abs(pair.From[i] - pair.To[i])), brought = Inner(i => Math.Abs(pair.From[i] - result[i]));
        Assert.True(brought < asTheyAre / 10, FormattableString.Invariant($"{asTheyAre:F2} codes, brought {brought:F2}"));

        double Inner(Func<int, int> difference) => Enumerable.Range(0, result.Length)
            .Where(i => i % pair.Width is >= 20 and < 620 && i / pair.Width is >= 20 and < 340).Average(i => difference(i));
    }

    [Fact]
    public void AnyCall_WrongSizes_Throws()
    {
        FlowWarp warp = new(20, 10, 80, 40);
        FlowField flow = new(20, 10);
        Assert.Throws<ArgumentException>(() => warp.Warp(new ushort[80 * 40], new FlowField(80, 40), new ushort[80 * 40]));
        Assert.Throws<ArgumentException>(() => warp.Warp(new ushort[80 * 39], flow, new ushort[80 * 40]));
        Assert.Throws<ArgumentException>(() => warp.Warp(new byte[80 * 40], flow, new byte[80 * 40], 0, 41));
    }

    private static FlowField Constant(int width, int height, float u, float v)
    {
        FlowField flow = new(width, height);
        flow.U.Fill(u);
        flow.V.Fill(v);
        return flow;
    }
}
