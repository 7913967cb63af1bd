namespace VideoMatte.Media;

/// <summary>Grey and alpha bytes side by side, as ffmpeg's <c>ya8</c> has them: grey first.</summary>
internal static partial class GreyAlphaPairs
{
    /// <param name="grey">8-bit samples.</param>
    /// <param name="alpha">8-bit codes; as long as <paramref name="grey"/>.</param>
    /// <param name="pairs">Twice as long.</param>
    public static void Join(ReadOnlySpan<byte> grey, ReadOnlySpan<byte> alpha, Span<byte> pairs)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(alpha.Length, grey.Length, nameof(alpha));
        ArgumentOutOfRangeException.ThrowIfNotEqual(pairs.Length, 2 * grey.Length, nameof(pairs));
        JoinVector(grey, alpha, pairs);
    }
}
