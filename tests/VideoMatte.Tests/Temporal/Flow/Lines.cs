namespace VideoMatte.Tests.Temporal.Flow;

/// <summary>Lines of samples for kernels.</summary>
internal static class Lines
{
    /// <summary>Codes with blacks and whites among them.</summary>
    public static byte[] Bytes(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (byte)(random.Next(4) switch { 0 => 0, 1 => 255, _ => random.Next(256) }))];

    /// <summary>Mattes with none and full among them.</summary>
    public static ushort[] Words(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (ushort)(random.Next(4) switch { 0 => 0, 1 => 65535, _ => random.Next(65536) }))];

    /// <summary>Values around 0, some of them 0, some as large as can be asked for.</summary>
    public static float[] Floats(Random random, int length, float most) =>
        [.. Enumerable.Range(0, length).Select(_ => random.Next(8) switch { 0 => 0, 1 => most, 2 => -most, _ => ((2 * random.NextSingle()) - 1) * most })];
}
