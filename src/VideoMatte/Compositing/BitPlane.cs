using System.Numerics;
using System.Runtime.Intrinsics;

namespace VideoMatte.Compositing;

/// <summary>One bit a sample, 64 to a word, column 0 in bit 0; rows begin at whole words and bits past the width are 0. Sets of pixels are
/// built, grown and walked by words: outlines are thin, so that nearly all of a picture passes 64 samples at a time.</summary>
internal sealed partial class BitPlane
{
    private readonly ulong[] _words;

    public BitPlane(int width, int height)
    {
        Width = width;
        Height = height;
        WordsPerRow = (width + 63) / 64;
        _words = new ulong[WordsPerRow * height];
    }

    public int Width { get; }

    public int Height { get; }

    public int WordsPerRow { get; }

    private ulong LastWordMask => Width % 64 == 0 ? ulong.MaxValue : (1UL << (Width % 64)) - 1;

    public Span<ulong> Row(int y) => _words.AsSpan(y * WordsPerRow, WordsPerRow);

    public bool this[int x, int y] => ((_words[(y * WordsPerRow) + (x >> 6)] >> (x & 63)) & 1) != 0;

    /// <summary>Sets exactly the samples of <paramref name="threshold"/> or more.</summary>
    /// <param name="samples">Width x Height, rows without padding.</param>
    /// <param name="threshold">1..65535.</param>
    public void SetAtLeast(ReadOnlySpan<ushort> samples, ushort threshold)
    {
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<ushort> row = samples.Slice(y * Width, Width);
            if (Vector256.IsHardwareAccelerated)
                SetAtLeastVector(row, threshold, Row(y));
            else
                SetAtLeastScalar(row, threshold, Row(y));
        }
    }

    /// <summary>Sets exactly the samples that are not set.</summary>
    public void Invert()
    {
        for (int y = 0; y < Height; y++)
        {
            Span<ulong> row = Row(y);
            foreach (ref ulong word in row)
                word = ~word;
            row[^1] &= LastWordMask;
        }
    }

    /// <summary>Sets exactly the samples within <paramref name="radius"/> (straight distance between centres) of one of <paramref
    /// name="seeds"/>.</summary>
    /// <remarks>A disc is a stack of row segments: each seed row, widened to the disc's half width at a distance of dy rows, is joined into
    /// the rows dy above and below. Half widths grow towards the centre, so the row is widened step by step, once.</remarks>
    public void SetWithin(BitPlane seeds, int radius)
    {
        Array.Clear(_words);
        ulong[] widened = new ulong[WordsPerRow];
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<ulong> seedRow = seeds.Row(y);
            if (!seedRow.ContainsAnyExcept(0UL))
                continue;
            seedRow.CopyTo(widened);
            int width = 0;
            for (int dy = radius; dy >= 0; dy--)
            {
                for (int halfWidth = (int)Math.Sqrt((radius * radius) - (dy * dy)); width < halfWidth; width++)
                    WidenByOne(widened);
                if (y - dy >= 0)
                    Join(widened, Row(y - dy));
                if (dy > 0 && y + dy < Height)
                    Join(widened, Row(y + dy));
            }
        }

        for (int y = 0; y < Height; y++)
            Row(y)[^1] &= LastWordMask;
    }

    /// <summary>Sets exactly the cells (of 2 by 2 or 2 by 1 samples, the last ones maybe less) in which <paramref name="fine"/> has
    /// any.</summary>
    public void SetWhereAny(BitPlane fine, int shiftY)
    {
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<ulong> upper = fine.Row(y << shiftY);
            ReadOnlySpan<ulong> lower = fine.Row(Math.Min((y << shiftY) + shiftY, fine.Height - 1));
            Span<ulong> row = Row(y);
            for (int i = 0; i < row.Length; i++)
            {
                int j = 2 * i;
                ulong low = upper[j] | lower[j], high = j + 1 < upper.Length ? upper[j + 1] | lower[j + 1] : 0;
                row[i] = PairsOf(low) | (PairsOf(high) << 32);
            }
        }
    }

    /// <summary>The first run of set bits from <paramref name="from"/> on in a row's words; false where there is none.</summary>
    public static bool NextRun(ReadOnlySpan<ulong> row, int from, out int start, out int end)
    {
        start = Next(row, from, invert: 0);
        end = start < row.Length * 64 ? Next(row, start, invert: ulong.MaxValue) : start;
        return end > start;
    }

    private static int Next(ReadOnlySpan<ulong> row, int from, ulong invert)
    {
        int i = from >> 6;
        if (i >= row.Length)
            return row.Length * 64;
        ulong word = (row[i] ^ invert) & (ulong.MaxValue << (from & 63));
        while (word == 0)
        {
            if (++i == row.Length)
                return row.Length * 64;
            word = row[i] ^ invert;
        }

        return (i << 6) + BitOperations.TrailingZeroCount(word);
    }

    private static void WidenByOne(Span<ulong> row)
    {
        ulong before = 0;
        for (int i = 0; i < row.Length; i++)
        {
            ulong here = row[i], after = i + 1 < row.Length ? row[i + 1] : 0;
            row[i] = here | (here << 1) | (here >> 1) | (before >> 63) | (after << 63);
            before = here;
        }
    }

    private static void Join(ReadOnlySpan<ulong> from, Span<ulong> into)
    {
        for (int i = 0; i < into.Length; i++)
            into[i] |= from[i];
    }

    /// <summary>Bit k of the result (k below 32) is set where bit 2k or 2k + 1 is; the usual halving shuffle.</summary>
    private static ulong PairsOf(ulong word)
    {
        word = (word | (word >> 1)) & 0x5555555555555555;
        word = (word | (word >> 1)) & 0x3333333333333333;
        word = (word | (word >> 2)) & 0x0F0F0F0F0F0F0F0F;
        word = (word | (word >> 4)) & 0x00FF00FF00FF00FF;
        word = (word | (word >> 8)) & 0x0000FFFF0000FFFF;
        return (word | (word >> 16)) & 0x00000000FFFFFFFF;
    }
}
