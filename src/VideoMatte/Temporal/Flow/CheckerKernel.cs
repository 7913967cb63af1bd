using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

/// <summary>Takes lines apart into samples at even and at odd places, and puts them together.</summary>
internal static partial class CheckerKernel
{
    /// <param name="line">Twice as many samples, or more.</param>
    /// <param name="even">Samples 0, 2, 4 ...</param>
    /// <param name="odd">Samples 1, 3, 5 ..., as many.</param>
    public static void Split(ReadOnlySpan<float> line, Span<float> even, Span<float> odd)
    {
        if (line.Length < 2 * even.Length || odd.Length != even.Length)
            throw new ArgumentException("checkerboard: a line is too short");
        if (Vector128.IsHardwareAccelerated)
            SplitVector(line, even, odd);
        else
            SplitScalar(line, even, odd, 0);
    }

    /// <inheritdoc cref="Split"/>
    public static void Join(ReadOnlySpan<float> even, ReadOnlySpan<float> odd, Span<float> line)
    {
        if (line.Length < 2 * even.Length || odd.Length != even.Length)
            throw new ArgumentException("checkerboard: a line is too short");
        if (Vector128.IsHardwareAccelerated)
            JoinVector(even, odd, line);
        else
            JoinScalar(even, odd, line, 0);
    }
}
