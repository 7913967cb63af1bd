using System.Buffers.Binary;

namespace VideoMatte.Evaluation.Synth;

/// <summary>The sound of a clip: a plucked tune in 6/8, and a heel tap wherever a foot comes down, heard from where the dancer is.
/// 48 kHz, stereo, 16 bits.</summary>
public static class SampleSound
{
    public const int SampleRate = 48000;

    private const int Channels = 2;
    private const int HeaderBytes = 44;

    /// <summary>Semitones above A3 of each plucked note, a bar of six a second; the second line is played after the cut.</summary>
    private static readonly int[][] Tunes =
    [
        [0, 7, 12, 15, 12, 7, -2, 5, 10, 14, 10, 5, -4, 3, 8, 12, 8, 7],
        [3, 10, 15, 19, 15, 10, 1, 8, 13, 17, 13, 8, -2, 5, 10, 14, 10, 8],
    ];

    /// <returns>A whole WAV file of the clip's length.</returns>
    public static byte[] RenderWave(SampleClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        short[] samples = Render(clip);
        int bytes = samples.Length * sizeof(short);
        var file = new byte[HeaderBytes + bytes];
        Span<byte> header = file;
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], HeaderBytes - 8 + bytes);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], SampleRate * Channels * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], Channels * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], bytes);
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(header[(HeaderBytes + (i * sizeof(short)))..], samples[i]);
        return file;
    }

    /// <returns>Left and right in turn.</returns>
    public static short[] Render(SampleClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        int length = (int)(clip.FrameCount * SampleRate * clip.Rate.Denominator / clip.Rate.Numerator);
        var mix = new double[Channels * length];
        double perFrame = (double)SampleRate * clip.Rate.Denominator / clip.Rate.Numerator;
        for (int shot = 0; shot < clip.Shots.Count; shot++)
        {
            SampleShot drawn = clip.Shots[shot];
            int[] tune = Tunes[shot % Tunes.Length];
            double start = drawn.Start * perFrame;
            for (int note = 0; note < tune.Length; note++)
                Pluck(mix, (int)(start + (note * SampleRate / 6.0)), tune[note], note % 6 == 0 ? 0.26 : 0.15);
            foreach ((double time, double column) in drawn.Steps(clip.Format.Width))
                Tap(mix, (int)(start + (time * perFrame)), Math.Clamp(column / clip.Format.Width, 0, 1), clip.Seed + (ulong)(time * 4));
        }

        var samples = new short[mix.Length];
        for (int i = 0; i < mix.Length; i++)
            samples[i] = (short)Math.Floor((Math.Clamp(mix[i], -1, 1) * 32767) + 0.5);
        return samples;
    }

    /// <summary>A string: five harmonics, the higher the sooner gone.</summary>
    private static void Pluck(double[] mix, int start, int semitones, double loud)
    {
        double pitch = 220;
        for (int i = 0; i < Math.Abs(semitones); i++)
            pitch *= semitones > 0 ? 1.0594630943592953 : 1 / 1.0594630943592953; // the twelfth root of 2
        for (int harmonic = 1; harmonic <= 5; harmonic++)
        {
            double step = 2 * Math.PI * pitch * harmonic / SampleRate, height = loud / harmonic, decay = 1 - (harmonic * 0.00007);
            for (int i = 0; i < SampleRate * 3 / 4 && (2 * (start + i)) + 1 < mix.Length; i++)
            {
                double value = height * Math.Min(i / 96.0, 1) * Trigonometry.Sin(step * i);
                mix[2 * (start + i)] += value * (harmonic % 2 == 0 ? 0.8 : 1);
                mix[(2 * (start + i)) + 1] += value * (harmonic % 2 == 0 ? 1 : 0.8);
                height *= decay;
            }
        }
    }

    /// <summary>A heel on a floor: a short burst of noise over a thud.</summary>
    private static void Tap(double[] mix, int start, double side, ulong seed)
    {
        var random = new Pcg32(seed, 77);
        double noise = 0.3, thud = 0.5;
        for (int i = 0; i < SampleRate / 8 && (2 * (start + i)) + 1 < mix.Length; i++)
        {
            double value = (noise * random.NextNoise() * 0.5) + (thud * Trigonometry.Sin(2 * Math.PI * 170 * i / SampleRate));
            mix[2 * (start + i)] += value * (0.9 - (0.6 * side));
            mix[(2 * (start + i)) + 1] += value * (0.3 + (0.6 * side));
            noise *= 0.996;
            thud *= 0.9987;
        }
    }
}
