namespace VideoMatte.Tests.Matting;

/// <summary>Seeded samples with the extremes among them.</summary>
internal static class Samples
{
    public static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        for (int i = 0; i < count; i += 7)
            bytes[i] = (byte)(i % 2 == 0 ? 0 : 255);
        return bytes;
    }

    public static ushort[] Words(Random random, int count)
    {
        ushort[] words = new ushort[count];
        for (int i = 0; i < count; i++)
            words[i] = (ushort)(i % 7 == 0 ? (i % 2 == 0 ? 0 : 65535) : random.Next(65536));
        return words;
    }

    /// <summary>Coverage with long full and empty runs, single odd pixels between.</summary>
    public static ushort[] Alpha(Random random, int count)
    {
        ushort[] alpha = new ushort[count];
        int state = 0;
        for (int i = 0; i < count; i++)
        {
            if (random.Next(40) == 0)
                state = random.Next(3);
            alpha[i] = state switch { 0 => 65535, 1 => 0, _ => (ushort)random.Next(65536) };
        }

        return alpha;
    }

    /// <summary>Values from -reach to reach.</summary>
    public static float[] Floats(Random random, int count, float reach = 1.5f)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = ((random.NextSingle() * 2) - 1) * reach;
        return values;
    }

    /// <summary>The same with infinities and what is no number among them.</summary>
    public static float[] Wild(Random random, int count)
    {
        float[] values = Floats(random, count);
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, 1, -0f, 1e-40f, 65504, 6e-5f, 1f / 65535 / 2];
        for (int i = random.Next(5); i < count; i += 5)
            values[i] = odd[random.Next(odd.Length)];
        return values;
    }
}
