using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>A trimap: what is surely outside, surely inside, and open. One byte a pixel.</summary>
public static class Trimap
{
    public const byte Outside = 0;
    public const byte Open = 128;
    public const byte Inside = 255;

    /// <summary>What stands for open in a picture of 16-bit codes, and for a guess where nothing is known.</summary>
    internal const ushort Grey = 32768;

    /// <summary>Drawn trimaps hold three greys, and a lossy file blurs them: the outer twentieth at either end counts as sure.</summary>
    private const int Slack = AlphaMatte.Opaque / 20;

    /// <summary>Codes of 8 bits to either side of the commonest grey that count as it: what a lossy file makes of one grey.</summary>
    private const int GreySpread = 10;

    /// <summary>Most of a trimap that may be of other greys: blurred borders, or a whole soft matte (the hairiest of the measured ones, drawn
    /// by itself, has 22 % of them). Of a photo nearly all is.</summary>
    private const double MostOtherGreys = .3;

    /// <summary>From a picture in which black is outside, white inside and anything between them open.</summary>
    /// <param name="drawn">16-bit samples.</param>
    /// <param name="trimap">As many.</param>
    public static void Read(ReadOnlySpan<ushort> drawn, Span<byte> trimap)
    {
        ViewKernel.Check(drawn.Length, trimap.Length);
        for (int i = 0; i < drawn.Length; i++)
            trimap[i] = drawn[i] <= Slack ? Outside : drawn[i] >= AlphaMatte.Opaque - Slack ? Inside : Open;
    }

    /// <summary>What a level is in a picture of 16-bit codes: 0, 65535, or grey.</summary>
    internal static ushort CodeOf(byte level) => level switch { Outside => 0, Inside => AlphaMatte.Opaque, _ => Grey };

    /// <summary>What share of a picture is neither black nor white nor of one grey, 0..1.</summary>
    /// <param name="drawn">16-bit samples.</param>
    public static double OtherGreys(ReadOnlySpan<ushort> drawn)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        int open = 0;
        foreach (ushort code in drawn)
        {
            if (code is <= Slack or >= AlphaMatte.Opaque - Slack)
                continue;
            counts[code >> 8]++;
            open++;
        }

        int most = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            int near = 0;
            foreach (int count in counts[Math.Max(0, i - GreySpread)..Math.Min(counts.Length, i + GreySpread + 1)])
                near += count;
            most = Math.Max(most, near);
        }

        return drawn.IsEmpty ? 0 : (double)(open - most) / drawn.Length;
    }

    /// <param name="drawn">16-bit samples.</param>
    /// <param name="name">Of the file, for the error.</param>
    /// <exception cref="MatteException">Input, <c>trimap-levels</c>: this is some picture and no trimap.</exception>
    public static void RequireDrawn(ReadOnlySpan<ushort> drawn, string name)
    {
        double others = OtherGreys(drawn);
        if (others > MostOtherGreys)
            throw new MatteException(ErrorKind.Input, "trimap-levels", string.Create(
                CultureInfo.InvariantCulture, $"{name} is no trimap: {100 * others:0} % of it is neither black nor white nor of one grey; paint black outside, white inside, and one grey where the edge is to be found."));
    }

    /// <summary>How many pixels are open.</summary>
    public static int CountOpen(ReadOnlySpan<byte> trimap) => trimap.Count(Open);

    /// <summary>False where there is nothing outside or nothing inside: alpha then follows from nothing.</summary>
    public static bool HasBothEnds(ReadOnlySpan<byte> trimap) => trimap.Contains(Outside) && trimap.Contains(Inside);
}
