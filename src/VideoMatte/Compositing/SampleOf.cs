using System.Runtime.CompilerServices;

namespace VideoMatte.Compositing;

/// <summary>Reads and writes 8- and 16-bit samples by one piece of code; the word size is settled when the code is compiled.</summary>
internal static class SampleOf
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Code<T>(ReadOnlySpan<T> samples, int index)
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(samples[index]) : Unsafe.BitCast<T, ushort>(samples[index]);

    /// <param name="value">In the word's range.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(int value)
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? Unsafe.BitCast<byte, T>((byte)value) : Unsafe.BitCast<ushort, T>((ushort)value);
}
