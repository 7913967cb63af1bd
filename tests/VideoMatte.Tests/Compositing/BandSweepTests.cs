using System.Numerics;
using System.Runtime.InteropServices;
using VideoMatte.Compositing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class BandSweepTests
{
    [Fact]
    public void Relax_AnyLength_TwinsAgreeBitForBit()
    {
        for (int length = 0; length <= 520; length++)
        {
            (BandCell[] cells, Vector2[] picture, Vector4[] scalar) = Make(length, length);
            Vector4[] vector = [.. scalar];
            Vector4 low = new(16, 16, 16, 16), high = new(235, 235, 235, 235);
            BandSweep.RelaxScalar(cells, picture, 7, scalar, low, high);
            BandSweep.RelaxVector(cells, picture, 7, vector, low, high);
            Assert.True(MemoryMarshal.AsBytes(scalar.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(vector.AsSpan())), $"length {length}");
        }
    }

    /// <summary>The result is the least of the function the doc states: any small step from it costs more.</summary>
    [Theory]
    [InlineData(.02f)]
    [InlineData(.5f)]
    [InlineData(.97f)]
    public void Relax_OneCell_MinimisesItsEnergy(float a)
    {
        // Neighbours: F 200, 180 (weights .03, .01), B 40, 90 (weights .02, .02); I is 150.
        const double w = .04, v = .04, f0 = ((.03 * 200) + (.01 * 180)) / w, b0 = ((.02 * 40) + (.02 * 90)) / v, seen = 150;
        double d = (a * a * v) + ((1 - a) * (1 - a) * w) + (w * v);
        BandCell cell = new(
            1, 2, 0, 0, new Vector4(.75f, .5f, .25f, .5f), default, new Vector4(0, 0, (float)(a * v / d), (float)((1 - a) * w / d)), a);
        Vector4[] values = [default, new(200, 0, 40, 0), new(180, 0, 90, 0)];
        BandSweep.Relax([cell], [new Vector2((float)seen, 0)], 0, values, new Vector4(-1000), new Vector4(1000));
        double f = values[0].X, b = values[0].Z, found = Energy(f, b);
        foreach ((double df, double db) in (ReadOnlySpan<(double, double)>)[(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1)])
            Assert.True(Energy(f + df, b + db) > found, $"({f}, {b}) is not the least");

        double Energy(double x, double y)
        {
            double data = (a * x) + ((1 - a) * y) - seen;
            return (data * data) + (w * (x - f0) * (x - f0)) + (v * (y - b0) * (y - b0));
        }
    }

    [Fact]
    public void Relax_ValuesTooShort_Throws()
    {
        (BandCell[] cells, Vector2[] picture, Vector4[] values) = Make(8, 1);
        Assert.Throws<ArgumentException>(() => BandSweep.Relax(cells, picture, values.Length - 3, values, default, default));
    }

    private static (BandCell[] Cells, Vector2[] Picture, Vector4[] Values) Make(int length, int seed)
    {
        Random random = new(seed);
        Vector4[] values = new Vector4[length + 40];
        foreach (ref Vector4 value in values.AsSpan())
            value = new(Code(), Code(), Code(), Code());
        BandCell[] cells = new BandCell[length];
        Vector2[] picture = new Vector2[length];
        for (int i = 0; i < length; i++)
        {
            // Neighbours lie outside the cells' own values, as those of a sweep do.
            cells[i] = new BandCell(At(), At(), At(), At(), Weights(), Weights(), Weights(), random.Next(5) == 0 ? random.Next(2) : random.NextSingle());
            picture[i] = new Vector2(Code(), Code());
        }

        return (cells, picture, values);

        float Code() => random.Next(6) == 0 ? random.Next(2) * 65535 : random.NextSingle() * 255;
        int At() => random.Next(2) == 0 ? random.Next(7) : 7 + length + random.Next(33);
        Vector4 Weights() => new(random.NextSingle(), random.NextSingle(), random.NextSingle(), random.Next(3) == 0 ? 0 : random.NextSingle());
    }
}
