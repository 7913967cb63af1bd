using VideoMatte.Media.Exr;
using Xunit;

namespace VideoMatte.Tests.Media.Exr;

/// <summary>EXR's kernels: their truth against .NET's own conversion, their vector twins against the truth.</summary>
public sealed class ExrKernelTests
{
    /// <summary>Past every vector width, with every remainder.</summary>
    private const int MostLength = 520;

    private static readonly float[] Extremes =
        [0, -0f, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 65504, 65519.99f, 65520, 1e30f, 5.9604645e-8f, 2.98e-8f, 6.1035156e-5f, 6.1e-5f, 1, .5f];

    private readonly Random _random = new(21);

    [Fact]
    public void HalfSamples_AnyLength_TwinsAgree()
    {
        for (int length = 0; length <= MostLength; length++)
        {
            float[] light = [.. Enumerable.Range(0, length).Select(_ => Value())];
            ushort[] vector = new ushort[length], scalar = new ushort[length];
            HalfSamples.PackVector(light, vector);
            HalfSamples.PackScalar(light, scalar);
            Assert.Equal(scalar, vector);
        }
    }

    [Fact]
    public void HalfSamples_OrdinaryLight_IsTheNearestHalf()
    {
        float[] light = [.. Enumerable.Range(0, 200_000).Select(i => i * 0.00031f)];
        ushort[] bits = new ushort[light.Length];
        HalfSamples.Pack(light, bits);
        for (int i = 0; i < light.Length; i++)
            Assert.Equal((Half)light[i], BitConverter.UInt16BitsToHalf(bits[i]));
    }

    [Fact]
    public void ZipPredictor_AnyLength_TwinsAgreeAndItIsUndone()
    {
        for (int length = 0; length <= MostLength; length++)
        {
            ushort[] samples = [.. Enumerable.Range(0, length).Select(_ => (ushort)_random.Next(65536))];
            byte[] vector = new byte[2 * length], scalar = new byte[2 * length], differences = new byte[2 * length], truth = new byte[2 * length];
            ZipPredictor.SplitVector(samples, vector);
            ZipPredictor.SplitScalar(samples, scalar);
            Assert.Equal(scalar, vector);
            ZipPredictor.DifferencesVector(scalar, differences);
            ZipPredictor.DifferencesScalar(scalar, truth);
            Assert.Equal(truth, differences);

            for (int i = 1; i < differences.Length; i++)
                differences[i] = (byte)(differences[i - 1] + differences[i] - 128);
            for (int i = 0; i < length; i++)
                Assert.Equal(samples[i], differences[i] | (differences[length + i] << 8));
        }
    }

    private float Value() => _random.Next(4) switch
    {
        0 => Extremes[_random.Next(Extremes.Length)],
        1 => (float)_random.NextDouble(),
        2 => (float)_random.NextDouble() * 1e-4f,
        _ => (float)Math.Exp((_random.NextDouble() * 24) - 12),
    };
}
