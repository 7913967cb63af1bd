using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Letters of 5 by 7 dots for the labels of contact sheets: digits, <c># . s</c> and the blank.</summary>
internal static class SheetFont
{
    private const int Columns = 5;
    private const int Rows = 7;
    private const string Letters = "0123456789#.s ";

    /// <summary>Seven rows a letter, in the order of <see cref="Letters"/>; the leftmost dot is the highest of five bits.</summary>
    private static readonly byte[] Dots =
    [
        0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110,
        0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110,
        0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111,
        0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110,
        0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010,
        0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110,
        0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110,
        0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000,
        0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110,
        0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100,
        0b01010, 0b01010, 0b11111, 0b01010, 0b11111, 0b01010, 0b01010,
        0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b01100, 0b01100,
        0b00000, 0b00000, 0b01111, 0b10000, 0b01110, 0b00001, 0b11110,
        0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b00000,
    ];

    /// <summary>Writes white letters with a dark shadow into a G'B'R' frame of 8 bits; what would leave the frame is cut off.</summary>
    /// <param name="frame">Drawn into.</param>
    /// <param name="text">Only <see cref="Letters"/>; others are left blank.</param>
    /// <param name="left">Column of the first letter.</param>
    /// <param name="top">Row of the letters' upper end.</param>
    /// <param name="size">Pixels a dot, both ways.</param>
    public static void Draw(VideoFrame frame, string text, int left, int top, int size)
    {
        foreach ((int offset, byte code) in new[] { (size, (byte)0), (0, (byte)255) })
            for (int i = 0; i < text.Length; i++)
            {
                int letter = Letters.IndexOf(text[i], StringComparison.Ordinal);
                Draw(frame, letter, left + (i * (Columns + 1) * size) + offset, top + offset, size, code);
            }
    }

    private static void Draw(VideoFrame frame, int letter, int left, int top, int size, byte code)
    {
        for (int y = 0; letter >= 0 && y < Rows * size; y++)
        {
            for (int x = 0; x < Columns * size; x++)
            {
                bool dot = ((Dots[(letter * Rows) + (y / size)] >> (Columns - 1 - (x / size))) & 1) != 0;
                if (!dot || left + x >= frame.Format.Width || top + y >= frame.Format.Height)
                    continue;
                for (int plane = 0; plane < frame.Format.PlaneCount; plane++)
                    frame.Plane8(plane)[left + x, top + y] = code;
            }
        }
    }
}
