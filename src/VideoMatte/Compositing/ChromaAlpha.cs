using System.Numerics;
using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Alpha where the chroma samples lie: the full-size matte filtered by the kernel of the source's siting, the same that made the
/// chroma. Point-sampled alpha leaves a mean chroma error of 1.75 codes along a hard edge where this leaves .11.</summary>
/// <remarks>Across: [1 2 1]/4 around the column a chroma sample lies on (left, top left), [1 1]/2 where it lies between two (centre).
/// Down (4:2:0 only): [1 1]/2 between two rows (left, centre), [1 2 1]/4 on a row (top left). Borders are replicated. Sums are whole
/// numbers, rounded once: alpha 0 and 65535 stay exact.</remarks>
public static partial class ChromaAlpha
{
    /// <summary>The matte at the size of the format's chroma planes. The caller owns the result.</summary>
    /// <param name="alpha">Of the format's size; borrowed.</param>
    /// <param name="format">4:2:0 or 4:2:2.</param>
    /// <param name="pool">Lends the result's memory.</param>
    /// <exception cref="ArgumentException">The format's chroma is not subsampled, or the sizes differ.</exception>
    public static AlphaMatte Rent(AlphaMatte alpha, FrameFormat format, IFramePool pool)
    {
        ArgumentNullException.ThrowIfNull(alpha);
        ArgumentNullException.ThrowIfNull(format);
        if (format.ChromaShiftX == 0)
            throw new ArgumentException($"chroma alpha: {format.Layout} has no subsampled chroma", nameof(format));
        if (alpha.Width != format.Width || alpha.Height != format.Height)
            throw new ArgumentException("chroma alpha: the matte is not of the format's size", nameof(alpha));
        AlphaMatte result = AlphaMatte.Rent(pool, format.PlaneWidth(1), format.PlaneHeight(1));
        for (int y = 0; y < result.Height; y++)
            FilterRow(alpha, format, y, result.Row(y));
        return result;
    }

    /// <summary>One row of chroma alpha from up to three rows of alpha. Weights are 0..2; they and the row's own sum to 1, 2 or
    /// 4.</summary>
    /// <param name="above">Row of weight <paramref name="weightAbove"/>; all three rows are of one length, 1 or more.</param>
    /// <param name="middle">Row of weight <paramref name="weightMiddle"/>.</param>
    /// <param name="below">Row of weight <paramref name="weightBelow"/>.</param>
    /// <param name="onColumn">True: chroma lies on the even columns ([1 2 1]); false: between two columns ([1 1]).</param>
    /// <param name="shift">log2 of the sum of all weights, both ways together.</param>
    /// <param name="result">(length + 1) / 2 samples.</param>
    internal static void FilterRow(
        ReadOnlySpan<ushort> above, ReadOnlySpan<ushort> middle, ReadOnlySpan<ushort> below,
        uint weightAbove, uint weightMiddle, uint weightBelow, bool onColumn, int shift, Span<ushort> result)
    {
        if (above.Length != middle.Length || below.Length != middle.Length || result.Length != (middle.Length + 1) / 2)
            throw new ArgumentException("chroma alpha: rows of different lengths");
        if (Vector.IsHardwareAccelerated)
            FilterRowVector(above, middle, below, weightAbove, weightMiddle, weightBelow, onColumn, shift, result);
        else
            FilterRowScalar(above, middle, below, weightAbove, weightMiddle, weightBelow, onColumn, shift, 0, result.Length, result);
    }

    private static void FilterRow(AlphaMatte alpha, FrameFormat format, int y, Span<ushort> result)
    {
        bool onColumn = format.Colour.Siting != ChromaSiting.Centre;
        int across = onColumn ? 2 : 1;
        if (format.ChromaShiftY == 0)
        {
            ReadOnlySpan<ushort> row = alpha.Row(y);
            FilterRow(row, row, row, 0, 1, 0, onColumn, across, result);
            return;
        }

        ReadOnlySpan<ushort> middle = alpha.Row(2 * y), below = alpha.Row(Math.Min((2 * y) + 1, alpha.Height - 1));
        if (format.Colour.Siting == ChromaSiting.TopLeft)
            FilterRow(alpha.Row(Math.Max((2 * y) - 1, 0)), middle, below, 1, 2, 1, onColumn, across + 2, result);
        else
            FilterRow(middle, middle, below, 0, 1, 1, onColumn, across + 1, result);
    }
}
