using VideoMatte.Frames;
using Xunit;

namespace VideoMatte.Tests.Frames;

public sealed class MatteScalerTests
{
    [Theory]
    [InlineData(64, 48, 128, 96)]
    [InlineData(640, 360, 97, 33)]
    [InlineData(3, 2, 50, 70)]
    [InlineData(1, 1, 9, 9)]
    [InlineData(50, 70, 1, 1)]
    public void Scale_FlatMattes_StayExact(int fromWidth, int fromHeight, int width, int height)
    {
        var scaler = new MatteScaler(fromWidth, fromHeight, width, height);
        ushort[] source = new ushort[fromWidth * fromHeight], result = new ushort[width * height];
        foreach (ushort code in new ushort[] { 0, 65535, 32768, 257 })
        {
            Array.Fill(source, code);
            scaler.Scale(source, result);
            Assert.All(result, r => Assert.Equal(code, r));
        }
    }

    [Fact]
    public void Scale_ToTheSameSize_IsTheSame()
    {
        Random random = new(1);
        ushort[] source = [.. Enumerable.Range(0, 31 * 17).Select(_ => (ushort)random.Next(65536))], result = new ushort[source.Length];
        new MatteScaler(31, 17, 31, 17).Scale(source, result);
        Assert.Equal(source, result);
    }

    /// <summary>The half-covered line stays where it is in the picture, up and down.</summary>
    [Theory]
    [InlineData(40, 100)]
    [InlineData(100, 40)]
    [InlineData(100, 230)]
    public void Scale_AnEdge_StaysInPlace(int from, int to)
    {
        ushort[] source = new ushort[from * 4], result = new ushort[to * 4];
        for (int i = 0; i < source.Length; i++)
            source[i] = (ushort)(i % from < from * 2 / 5 ? 65535 : 0);
        new MatteScaler(from, 4, to, 4).Scale(source, result);
        // The sum over a row is the edge's place, whatever the ramp between looks like.
        double place = result.Take(to).Sum(a => a / 65535.0) / to;
        Assert.Equal(0.4, place, 0.002);
    }
}
