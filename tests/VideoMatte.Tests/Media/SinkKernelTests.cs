using VideoMatte.Media;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>The writer's kernels: their truth against exact arithmetic, their vector twins against the truth.</summary>
public sealed class SinkKernelTests
{
    /// <summary>Past every vector width, with every remainder.</summary>
    private const int MostLength = 520;

    private readonly Random _random = new(20);

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(16)]
    public void AlphaRounding_EveryValue_IsTheNearestCode(int depth)
    {
        ushort[] alpha = [.. Enumerable.Range(0, 65536).Select(v => (ushort)v)];
        ushort[] codes = new ushort[alpha.Length];
        if (depth == 8)
        {
            byte[] bytes = new byte[alpha.Length];
            AlphaRounding.ToBytes(alpha, bytes);
            codes = [.. bytes.Select(b => (ushort)b)];
        }
        else
        {
            AlphaRounding.ToWords(alpha, codes, depth);
        }

        decimal full = (1 << depth) - 1;
        for (int a = 0; a < alpha.Length; a++)
            Assert.Equal((int)Math.Round(a * full / 65535, MidpointRounding.AwayFromZero), codes[a]);
        Assert.Equal(0, codes[0]);
        Assert.Equal((int)full, codes[65535]);
    }

    [Fact]
    public void AlphaRounding_AnyLength_TwinsAgree()
    {
        for (int length = 0; length <= MostLength; length++)
        {
            ushort[] alpha = Words(length, 65535);
            byte[] bytes = new byte[length], trueBytes = new byte[length];
            AlphaRounding.ToBytesVector(alpha, bytes);
            AlphaRounding.ToBytesScalar(alpha, trueBytes);
            Assert.Equal(trueBytes, bytes);
            for (int depth = 9; depth <= 15; depth++)
            {
                ushort[] words = new ushort[length], trueWords = new ushort[length];
                AlphaRounding.ToWordsVector(alpha, words, depth);
                AlphaRounding.ToWordsScalar(alpha, trueWords, depth);
                Assert.Equal(trueWords, words);
            }
        }
    }

    [Fact]
    public void SampleShift_AnyLength_TwinsAgreeAndShiftBack()
    {
        for (int length = 0; length <= MostLength; length++)
        {
            for (int shift = 0; shift <= 8; shift++)
            {
                ushort[] samples = Words(length, 65535 >> shift), vector = new ushort[length], scalar = new ushort[length];
                SampleShift.LeftVector(samples, vector, shift);
                SampleShift.LeftScalar(samples, scalar, shift);
                Assert.Equal(scalar, vector);
                Assert.Equal(samples, vector.Select(v => (ushort)(v >> shift)));
            }
        }
    }

    [Fact]
    public void SampleShift_Filled_TwinsAgreeShiftBackAndKeepWhite()
    {
        for (int length = 0; length <= MostLength; length++)
        {
            for (int depth = 8; depth <= 16; depth++)
            {
                ushort[] samples = Words(length, 65535 >> (16 - depth)), vector = new ushort[length], scalar = new ushort[length];
                SampleShift.FillVector(samples, vector, depth);
                SampleShift.FillScalar(samples, scalar, depth);
                Assert.Equal(scalar, vector);
                Assert.Equal(samples, vector.Select(v => (ushort)(v >> (16 - depth))));
                ushort[] ends = new ushort[2];
                SampleShift.Fill([0, (ushort)(65535 >> (16 - depth))], ends, depth);
                Assert.Equal([0, 65535], ends.Select(v => (int)v));
            }
        }
    }

    [Fact]
    public void GreyAlphaPairs_AnyLength_TwinsAgree()
    {
        for (int length = 0; length <= MostLength; length++)
        {
            byte[] grey = new byte[length], alpha = new byte[length], vector = new byte[2 * length], scalar = new byte[2 * length];
            _random.NextBytes(grey);
            _random.NextBytes(alpha);
            GreyAlphaPairs.JoinVector(grey, alpha, vector);
            GreyAlphaPairs.JoinScalar(grey, alpha, scalar);
            Assert.Equal(scalar, vector);
            Assert.Equal(grey, vector.Where((_, i) => i % 2 == 0));
            Assert.Equal(alpha, vector.Where((_, i) => i % 2 == 1));
        }
    }

    [Fact]
    public void Kernels_OtherLengths_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AlphaRounding.ToBytes(new ushort[3], new byte[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlphaRounding.ToWords(new ushort[3], new ushort[3], 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleShift.Left(new ushort[3], new ushort[3], 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => GreyAlphaPairs.Join(new byte[3], new byte[3], new byte[5]));
    }

    /// <summary>Random words with the extremes put in.</summary>
    private ushort[] Words(int length, int largest)
    {
        ushort[] words = [.. Enumerable.Range(0, length).Select(_ => (ushort)_random.Next(largest + 1))];
        for (int i = 0; i < length; i += 7)
            words[i] = (ushort)(i % 2 == 0 ? largest : 0);
        return words;
    }
}
