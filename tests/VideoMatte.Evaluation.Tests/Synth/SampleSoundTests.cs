using System.Buffers.Binary;
using VideoMatte.Evaluation.Synth;
using Xunit;
using static System.FormattableString;

namespace VideoMatte.Evaluation.Tests.Synth;

public sealed class SampleSoundTests
{
    private const int Rate = SampleSound.SampleRate;

    private static readonly short[] Samples = SampleSound.Render(SampleClips.Dancer());

    [Fact]
    public void Render_Clip_LastsAsLongAndIsLoudButNeverClipped()
    {
        Assert.Equal(6 * Rate * 2, Samples.Length);
        Assert.All(Samples, sample => Assert.InRange(sample, -32767, 32766));
        for (int second = 0; second < 6; second++)
            Assert.InRange(Loudness(second * Rate, Rate), 1500, 12000);
    }

    [Fact]
    public void Render_EachStep_IsATapThatStartsThere()
    {
        // Feet come down every 12.5 frames from 6.25 on; after the cut the count begins anew.
        for (int step = 0; step < 12; step++)
        {
            int at = (int)((((step / 6) * 75) + 6.25 + (12.5 * (step % 6))) / 25 * Rate);
            double before = Roughness(at - 480, 480), after = Roughness(at, 480);
            Assert.True(after > 3 * before, Invariant($"step {step}: {before:f0} before, {after:f0} after"));
        }
    }

    [Fact]
    public void RenderWave_Header_DescribesTheSamples()
    {
        byte[] wave = SampleSound.RenderWave(SampleClips.Dancer());
        Assert.Equal("RIFF"u8.ToArray(), wave[..4]);
        Assert.Equal("WAVEfmt "u8.ToArray(), wave[8..16]);
        Assert.Equal(wave.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(wave.AsSpan(4)));
        Assert.Equal(2, BinaryPrimitives.ReadInt16LittleEndian(wave.AsSpan(22)));
        Assert.Equal(Rate, BinaryPrimitives.ReadInt32LittleEndian(wave.AsSpan(24)));
        Assert.Equal(wave.Length - 44, BinaryPrimitives.ReadInt32LittleEndian(wave.AsSpan(40)));
        for (int i = 0; i < Samples.Length; i += 997)
            Assert.Equal(Samples[i], BinaryPrimitives.ReadInt16LittleEndian(wave.AsSpan(44 + (2 * i))));
    }

    private static double Loudness(int from, int count)
    {
        double sum = 0;
        for (int i = 2 * from; i < 2 * (from + count); i++)
            sum += (double)Samples[i] * Samples[i];
        return Math.Sqrt(sum / (2 * count));
    }

    /// <summary>Of the second difference: noise has it, strings hardly.</summary>
    private static double Roughness(int from, int count)
    {
        double sum = 0;
        for (int i = 2 * from; i < 2 * (from + count); i++)
            sum += Math.Pow(Samples[i] - (2.0 * Samples[i + 2]) + Samples[i + 4], 2);
        return Math.Sqrt(sum / (2 * count));
    }
}
