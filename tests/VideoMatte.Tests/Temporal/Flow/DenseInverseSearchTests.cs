using VideoMatte.Frames;
using VideoMatte.Temporal.Flow;
using VideoMatte.Testing;
using VideoMatte.Testing.Flow;
using Xunit;

namespace VideoMatte.Tests.Temporal.Flow;

public sealed class DenseInverseSearchTests
{
    public static TheoryData<string> Presets() => [.. OpenCvFlow.Presets.Keys];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Compute_TheSamePicture_IsStill(string preset)
    {
        FlowPair pair = Noise(200, 120);
        FlowField flow = FlowScore.Compute(pair with { To = pair.From }, OpenCvFlow.Presets[preset]).Forward;
        Assert.All(flow.U.ToArray(), u => Assert.Equal(0, u));
        Assert.All(flow.V.ToArray(), v => Assert.Equal(0, v));
    }

    /// <summary>Without anything to see the flow is still, and nowhere not a number.</summary>
    [Theory]
    [MemberData(nameof(Presets))]
    public void Compute_FlatPicturesOfOtherLight_IsStill(string preset)
    {
        FlowPair pair = new("flat", 90, 70, [.. Enumerable.Repeat((byte)40, 6300)], [.. Enumerable.Repeat((byte)200, 6300)]);
        FlowField flow = FlowScore.Compute(pair, OpenCvFlow.Presets[preset]).Forward;
        Assert.All(flow.U.ToArray(), u => Assert.Equal(0, u));
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(8, 300)]
    [InlineData(401, 9)]
    [InlineData(33, 17)]
    [InlineData(135, 77)]
    public void Compute_OddSizes_IsFiniteEverywhere(int width, int height)
    {
        FlowPair pair = Noise(width, height);
        foreach (FlowOptions options in OpenCvFlow.Presets.Values.Append(FlowOptions.Medium with { FinestScale = 0 }))
        {
            FlowField flow = FlowScore.Compute(pair, options).Forward;
            Assert.True(flow.U.ToArray().Concat(flow.V.ToArray()).All(float.IsFinite), $"{options}");
        }
    }

    [SharedTheory]
    [MemberData(nameof(Presets))]
    public async Task Compute_TwoThreads_GiveTheSameBits(string preset)
    {
        FlowPair pair = await DrawnFlow.DrawAsync("disc-15");
        FlowField one = FlowScore.Compute(pair, OpenCvFlow.Presets[preset]).Forward;
        for (int i = 0; i < 5; i++)
        {
            FlowField two = FlowScore.Compute(pair, OpenCvFlow.Presets[preset] with { Threads = 2 }).Forward;
            Assert.Equal(one.U.ToArray(), two.U.ToArray());
            Assert.Equal(one.V.ToArray(), two.V.ToArray());
        }
    }

    /// <summary>A lamp goes on: 20 codes more everywhere. The patches' mean is taken out; refinement judges gradients as well. The bar is a
    /// twentieth of a pixel more than without the lamp.</summary>
    [SharedTheory]
    [MemberData(nameof(Presets))]
    public async Task Compute_UnderOtherLight_IsTheSameMotion(string preset)
    {
        FlowPair pair = await DrawnFlow.DrawAsync("shift-3.7");
        // Room for the lamp in both.
        pair = pair with { From = [.. pair.From.Select(c => (byte)(c * 3 / 4))], To = [.. pair.To.Select(c => (byte)(c * 3 / 4))] };
        FlowPair lit = pair with { To = [.. pair.To.Select(c => (byte)(c + 20))] };
        double dark = FlowScore.EndpointError(pair, FlowScore.Compute(pair, OpenCvFlow.Presets[preset]).Forward);
        double light = FlowScore.EndpointError(lit, FlowScore.Compute(lit, OpenCvFlow.Presets[preset]).Forward);
        Assert.True(light <= dark + .05, FormattableString.Invariant($"{dark:F3} px, with the lamp {light:F3}"));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Compute_PairAfterPair_AllocatesNothing(string preset)
    {
        FlowPair pair = Noise(320, 180);
        DenseInverseSearch search = new(pair.Width, pair.Height, OpenCvFlow.Presets[preset]);
        FlowPicture from = search.NewPicture(), to = search.NewPicture();
        FlowField flow = new(pair.Width, pair.Height);
        Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 3; i++)
            Once();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Once()
        {
            from.Set(pair.FromView);
            to.Set(pair.ToView);
            search.Compute(from, to, flow);
        }
    }

    [Fact]
    public void AnyCall_WrongSizesOrOptions_Throws()
    {
        DenseInverseSearch search = new(64, 48, FlowOptions.Fast);
        FlowPicture empty = search.NewPicture(), picture = search.NewPicture();
        picture.Set(new PlaneView<byte>(new byte[64 * 48], 64, 48));
        FlowPicture other = new DenseInverseSearch(64, 48, FlowOptions.Medium).NewPicture();
        other.Set(new PlaneView<byte>(new byte[64 * 48], 64, 48));
        Assert.Throws<InvalidOperationException>(() => search.Compute(picture, empty, new FlowField(64, 48)));
        Assert.Throws<ArgumentException>(() => search.Compute(picture, other, new FlowField(64, 48)));
        Assert.Throws<ArgumentException>(() => search.Compute(picture, picture, new FlowField(48, 64)));
        Assert.Throws<ArgumentException>(() => picture.Set(new PlaneView<byte>(new byte[64 * 48], 48, 64)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseInverseSearch(7, 48, FlowOptions.Fast));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseInverseSearch(64, 48, FlowOptions.Fast with { PatchStride = 9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseInverseSearch(64, 48, FlowOptions.Fast with { Threads = 3 }));
    }

    private static FlowPair Noise(int width, int height)
    {
        Random random = new(5);
        return new FlowPair("noise", width, height, Lines.Bytes(random, width * height), Lines.Bytes(random, width * height));
    }
}
