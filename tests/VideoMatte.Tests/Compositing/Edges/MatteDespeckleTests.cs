using VideoMatte.Compositing.Edges;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing.Edges;

public sealed class MatteDespeckleTests : IDisposable
{
    private readonly CheckingFramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void Apply_SpecksAndPinholes_GoAndEveryOtherSampleStays()
    {
        using AlphaMatte matte = Drawn.Disc(_pool, 300, 200, 150, 100, 60, 12);
        using AlphaMatte clean = Copy(matte);
        matte.Row(20)[30] = 65535; // a hard speck
        foreach ((int x, int y) in new[] { (250, 40), (251, 41), (252, 42) })
            matte.Row(y)[x] = 300; // a faint one, joined over corners, 3 across
        for (int y = 160; y < 163; y++)
            matte.Row(y)[20..23].Fill(30000);
        matte.Row(100)[150] = 0; // a pinhole
        matte.Row(90)[140..143].Fill(60000);
        new MatteDespeckle(3.5).Apply(matte);
        Assert.True(clean.Samples.SequenceEqual(matte.Samples));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(3.1, false)]
    public void Apply_ASpeckOfThreePixels_GoesOnlyWhereItIsSmaller(double limit, bool stays)
    {
        using AlphaMatte matte = Drawn.FlatAlpha(_pool, 64, 64, 0);
        for (int y = 30; y < 33; y++)
            matte.Row(y)[10..13].Fill(65535);
        new MatteDespeckle(limit).Apply(matte);
        Assert.Equal(stays, matte.Row(31)[11] == 65535);
    }

    [Fact]
    public void Apply_HairsBordersAndTraces_Stay()
    {
        using AlphaMatte matte = Drawn.FlatAlpha(_pool, 130, 64, 0);
        for (int i = 0; i < 20; i++)
            matte.Row(10 + i)[60 + i] = 20000; // one pixel thin, twenty long, over corners
        matte.Row(0)[5] = 65535; // may go on outside
        matte.Row(40)[129] = 65535;
        matte.Row(50)[50] = MatteDespeckle.LeastAlpha - 1; // nothing a file of 8 bits would show
        using AlphaMatte before = Copy(matte);
        new MatteDespeckle(6).Apply(matte);
        Assert.True(before.Samples.SequenceEqual(matte.Samples));
    }

    /// <summary>Random sets against a flood fill.</summary>
    [Fact]
    public void Find_RandomSets_BoxesAreThoseOfAFloodFill()
    {
        const int Width = 131, Height = 40;
        Random random = new(3);
        for (int round = 0; round < 20; round++)
        {
            using AlphaMatte matte = Drawn.FlatAlpha(_pool, Width, Height, 0);
            foreach (ref ushort a in matte.Samples)
                a = random.Next(10) < 2 + (round / 4) ? ushort.MaxValue : (ushort)0;
            var set = new VideoMatte.Compositing.BitPlane(Width, Height);
            set.SetAtLeast(matte.Samples, 1);
            var components = new RunComponents();
            components.Find(set);
            RunComponents.Box[] wanted = Flood(matte);
            int covered = 0;
            foreach (RunComponents.Run run in components.Runs)
            {
                covered += run.End - run.Start;
                for (int x = run.Start; x < run.End; x++)
                    Assert.Equal(wanted[(run.Y * Width) + x], components.BoxOf(run));
            }

            Assert.Equal(wanted.Count(b => b != default), covered);
        }
    }

    private AlphaMatte Copy(AlphaMatte matte)
    {
        AlphaMatte copy = AlphaMatte.Rent(_pool, matte.Width, matte.Height);
        matte.Samples.CopyTo(copy.Samples);
        return copy;
    }

    private static RunComponents.Box[] Flood(AlphaMatte matte)
    {
        int width = matte.Width, height = matte.Height;
        ushort[] samples = matte.Samples.ToArray();
        var boxes = new RunComponents.Box[samples.Length];
        for (int seed = 0; seed < samples.Length; seed++)
        {
            if (samples[seed] == 0 || boxes[seed] != default)
                continue;
            List<int> found = [seed];
            HashSet<int> seen = [seed];
            for (int n = 0; n < found.Count; n++)
                for (int dy = -1; dy <= 1; dy++)
                    for (int dx = -1; dx <= 1; dx++)
                    {
                        int x = (found[n] % width) + dx, y = (found[n] / width) + dy, at = (y * width) + x;
                        if (x >= 0 && x < width && y >= 0 && y < height && samples[at] != 0 && seen.Add(at))
                            found.Add(at);
                    }

            var box = new RunComponents.Box(found.Min(i => i % width), found.Min(i => i / width), found.Max(i => i % width) + 1, found.Max(i => i / width) + 1);
            found.ForEach(i => boxes[i] = box);
        }

        return boxes;
    }
}
