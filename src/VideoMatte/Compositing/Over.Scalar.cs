namespace VideoMatte.Compositing;

public static partial class Over
{
    internal static void BlendScalar(
        ReadOnlySpan<ushort> alpha, ReadOnlySpan<byte> foreground, ReadOnlySpan<byte> background, Span<byte> result)
    {
        for (int i = 0; i < alpha.Length; i++)
            result[i] = (byte)Mix(alpha[i], foreground[i], background[i]);
    }

    internal static void BlendScalar(
        ReadOnlySpan<ushort> alpha, ReadOnlySpan<ushort> foreground, ReadOnlySpan<ushort> background, Span<ushort> result)
    {
        for (int i = 0; i < alpha.Length; i++)
            result[i] = (ushort)Mix(alpha[i], foreground[i], background[i]);
    }

    /// <summary>t = aF + (65535 - a)B is at most 65535^2, so t + 2^15 fits 32 bits; round(t / 65535) is then exactly
    /// (u + (u >> 16)) >> 16 with u = t + 2^15, the 16-bit brother of Blinn's 8-bit rule (1994, "Three wrongs make a right").</summary>
    private static uint Mix(uint a, uint f, uint b)
    {
        uint u = (a * f) + ((65535 - a) * b) + 0x8000;
        return (u + (u >> 16)) >> 16;
    }
}
