using VideoMatte.Temporal.Smoothing;
using Xunit;

namespace VideoMatte.Tests.Temporal.Smoothing;

public sealed class WindowKernelTests
{
    private const int Width = 61, Height = 23;

    /// <summary>Sums differ by the last bits of exp alone: a ten-thousandth of a code.</summary>
    private const float SumTolerance = .1f, TotalTolerance = 1e-5f;

    [Theory]
    [InlineData(0, Width)]
    [InlineData(3, 50)]
    [InlineData(57, Width)]
    [InlineData(9, 9)]
    public void Add_AnyPartOfARow_TwinsAgreeAndLeaveTheRest(int from, int to)
    {
        Random random = new(from);
        ushort[] source = Codes(random, Width * Height);
        for (int y = 0; y < Height; y += 11)
        {
            ushort[] now = Codes(random, Width);
            // Vectors that end well outside the plane too.
            float[] strictness = [.. Numbers(random, 1f / 20000).Select(Math.Abs)];
            float[] u = Numbers(random, 80), v = Numbers(random, 30), weight = [.. Numbers(random, 1).Select(Math.Abs)];
            float[] sum = [.. now.Select(c => (float)c)], total = [.. Enumerable.Repeat(1f, Width)];
            float[] sumVector = [.. sum], totalVector = [.. total];
            WindowKernel.AddScalar(now, source, Height, y, u, v, weight, strictness, from, to, sum, total);
            WindowKernel.AddVector(now, source, Height, y, u, v, weight, strictness, from, to, sumVector, totalVector);
            for (int x = 0; x < Width; x++)
            {
                Assert.Equal(sum[x], sumVector[x], SumTolerance);
                Assert.Equal(total[x], totalVector[x], TotalTolerance);
                if (x < from || x >= to)
                    Assert.Equal((now[x], 1f), (sum[x], total[x]));
            }
        }
    }

    /// <summary>At whole steps nothing is interpolated, and the formula can be worked out by hand.</summary>
    [Fact]
    public void AddAndFinish_ANeighbourOneStepAway_IsTheWeightedMeanOfTheFormula()
    {
        ushort[] now = [.. Enumerable.Repeat((ushort)20000, Width)], source = new ushort[Width * Height];
        Array.Fill(source, (ushort)50000, 5 * Width, Width);
        float[] u = new float[Width], v = [.. Enumerable.Repeat(2f, Width)], weight = [.. Enumerable.Repeat(.8f, Width)];
        float[] sum = [.. now.Select(c => (float)c)], total = [.. Enumerable.Repeat(1f, Width)], share = [.. Enumerable.Repeat(.5f, Width)];
        ushort[] result = new ushort[Width];
        WindowKernel.Add(now, source, Height, 3, u, v, weight, Strict(40000), 0, Width, sum, total);
        WindowKernel.Finish(now, sum, total, share, 0, Width, result);
        double counts = .8 * Math.Exp(-(30000.0 / 40000) * (30000.0 / 40000));
        double mean = (20000 + (counts * 50000)) / (1 + counts);
        Assert.All(result, r => Assert.Equal(20000 + (.5 * (mean - 20000)), r, 1.0));
    }

    [Fact]
    public void Finish_EqualSamples_StayAsTheyAre()
    {
        for (int code = 0; code <= 65535; code += 13)
        {
            ushort[] now = [.. Enumerable.Repeat((ushort)code, Width)], source = [.. Enumerable.Repeat((ushort)code, Width * Height)];
            float[] shift = [.. Enumerable.Repeat(.37f, Width)], weight = [.. Enumerable.Repeat(.9f, Width)];
            float[] sum = [.. now.Select(c => (float)c)], total = [.. Enumerable.Repeat(1f, Width)];
            ushort[] result = new ushort[Width];
            WindowKernel.Add(now, source, Height, 3, shift, shift, weight, Strict(30000), 0, Width, sum, total);
            WindowKernel.Finish(now, sum, total, weight, 0, Width, result);
            Assert.Equal(now, result);
        }
    }

    [Fact]
    public void Add_LengthsThatDoNotFit_AreRefused() => Assert.Throws<ArgumentException>(() =>
        WindowKernel.Add(new ushort[8], new ushort[63], 8, 0, new float[8], new float[8], new float[8], new float[8], 0, 8, new float[8], new float[8]));

    [Fact]
    public void Spare_EveryLength_IsTheFormula()
    {
        Random random = new(5);
        for (int length = 0; length < 50; length++)
        {
            ushort[] codes = [.. Enumerable.Range(0, length).Select(_ => (ushort)(random.Next(4) switch { 0 => 0, 1 => 65535, 2 => random.Next(2000), _ => random.Next(65536) }))];
            float[] moving = [.. codes.Select(_ => random.NextSingle())], share = [.. codes.Select(_ => random.NextSingle())], spared = [.. share];
            WindowKernel.Spare(codes, moving, 1000, spared);
            for (int i = 0; i < length; i++)
                Assert.Equal(share[i] * (1 - (moving[i] * Math.Max(0, 1 - (Math.Min(codes[i], 65535 - codes[i]) / 1000.0)))), spared[i], 1e-6);
        }
    }

    private static float[] Strict(float tolerance) => [.. Enumerable.Repeat(1 / tolerance, Width)];

    private static ushort[] Codes(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (ushort)random.Next(65536))];

    private static float[] Numbers(Random random, float most) => [.. Enumerable.Range(0, Width).Select(_ => ((2 * random.NextSingle()) - 1) * most)];

    [Fact]
    public void Finish_Twins_Agree()
    {
        Random random = new(9);
        const int Count = 77;
        ushort[] now = new ushort[Count], vector = new ushort[Count], scalar = new ushort[Count];
        float[] sum = new float[Count], total = new float[Count], share = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            (now[i], total[i], share[i]) = ((ushort)random.Next(65536), 1 + random.NextSingle(), random.NextSingle());
            sum[i] = total[i] * random.Next(65536);
        }

        (now[5], now[6]) = (0, 65535);
        (sum[5], sum[6], share[5], share[6]) = (0, 65535 * total[6], 1, 1);
        WindowKernel.Finish(now, sum, total, share, 3, Count - 2, vector);
        WindowKernel.FinishScalar(now, sum, total, share, 3, Count - 2, scalar);
        Assert.Equal(scalar, vector);
    }

    [Fact]
    public void ToCodes_OfFloats_RoundsAndBringsEveryCodeBack()
    {
        ushort[] codes = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i), 7, 8, 9], back = new ushort[65539];
        float[] values = new float[codes.Length];
        WindowKernel.ToFloats(codes, values);
        Assert.Equal(65535f, values[65535]);
        for (int i = 0; i < values.Length - 3; i++)
            values[i] += i == 65535 ? 0 : .3f;
        WindowKernel.ToCodes(values, back);
        Assert.Equal(codes, back);
    }
}
