using VideoMatte.Compositing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class BitPlaneTests
{
    [Fact]
    public void SetAtLeast_EveryLength_TwinsAgree()
    {
        Random random = new(5);
        for (int length = 0; length <= 520; length++)
        {
            ushort[] row = new ushort[length];
            foreach (ref ushort value in row.AsSpan())
                value = (ushort)(random.Next(4) switch { 0 => 0, 1 => 65535, 2 => 127 + random.Next(3), _ => random.Next(65536) });
            foreach (ushort threshold in new ushort[] { 1, 128, 65535 })
            {
                ulong[] scalar = new ulong[(length + 63) / 64], vector = new ulong[(length + 63) / 64];
                BitPlane.SetAtLeastScalar(row, threshold, scalar);
                BitPlane.SetAtLeastVector(row, threshold, vector);
                Assert.Equal(scalar, vector);
                for (int i = 0; i < length; i++)
                    Assert.Equal(row[i] >= threshold, ((scalar[i / 64] >> (i % 64)) & 1) == 1);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 40)]
    [InlineData(131, 77)]
    public void SetWithin_RandomSeeds_IsTheDiscAroundEach(int width, int height)
    {
        Random random = new(width);
        ushort[] samples = new ushort[width * height];
        for (int i = 0; i < 3; i++)
            samples[random.Next(samples.Length)] = 200;
        samples[^1] = 200;
        BitPlane seeds = new(width, height), within = new(width, height);
        seeds.SetAtLeast(samples, 128);
        within.SetWithin(seeds, 16);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                bool wanted = Enumerable.Range(0, samples.Length).Any(i => samples[i] >= 128
                    && (((i % width) - x) * ((i % width) - x)) + (((i / width) - y) * ((i / width) - y)) <= 256);
                Assert.Equal(wanted, within[x, y]);
            }

        Assert.All(Enumerable.Range(0, height), y => Assert.True(width % 64 == 0 || within.Row(y)[^1] >> (width % 64) == 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void SetWhereAny_RandomBits_IsAnyOfTheCell(int shiftY)
    {
        const int Width = 203, Height = 31;
        Random random = new(7);
        ushort[] samples = [.. Enumerable.Range(0, Width * Height).Select(_ => (ushort)(random.Next(6) == 0 ? 999 : 0))];
        BitPlane fine = new(Width, Height), coarse = new((Width + 1) / 2, shiftY == 1 ? (Height + 1) / 2 : Height);
        fine.SetAtLeast(samples, 1);
        coarse.SetWhereAny(fine, shiftY);
        for (int y = 0; y < coarse.Height; y++)
            for (int x = 0; x < coarse.Width; x++)
            {
                bool wanted = false;
                for (int row = y << shiftY; row < Math.Min((y + 1) << shiftY, Height); row++)
                    for (int column = 2 * x; column < Math.Min((2 * x) + 2, Width); column++)
                        wanted |= fine[column, row];
                Assert.Equal(wanted, coarse[x, y]);
            }
    }

    private static ulong Word(Random random) => random.Next(3) switch { 0 => 0, 1 => ulong.MaxValue, _ => (ulong)random.NextInt64() };

    [Fact]
    public void NextRun_WalksEveryRun()
    {
        Random random = new(8);
        for (int round = 0; round < 200; round++)
        {
            ulong[] row = [.. Enumerable.Range(0, 3).Select(_ => Word(random))];
            bool[] seen = new bool[192];
            for (int at = 0; BitPlane.NextRun(row, at, out int start, out int end); at = end)
            {
                Assert.True(start >= at && end > start);
                Array.Fill(seen, true, start, end - start);
            }

            for (int i = 0; i < 192; i++)
                Assert.Equal(((row[i / 64] >> (i % 64)) & 1) == 1, seen[i]);
        }
    }
}
