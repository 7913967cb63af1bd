namespace VideoMatte.Matting.Subject;

/// <summary>Where a piece of a matte is, and how large.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Right">Last column.</param>
/// <param name="Bottom">Last row.</param>
/// <param name="Pixels">In the piece; 0: nothing is there.</param>
internal readonly record struct PieceBox(int Left, int Top, int Right, int Bottom, int Pixels)
{
    public static PieceBox Nothing { get; } = new(int.MaxValue, int.MaxValue, -1, -1, 0);

    public PieceBox With(int x, int y) =>
        new(Math.Min(Left, x), Math.Min(Top, y), Math.Max(Right, x), Math.Max(Bottom, y), Pixels + 1);

    /// <summary>Whether a piece may be this one a frame later, though the two do not overlap: half to twice as large, and no farther away than
    /// this one is wide and high.</summary>
    public bool MayBecome(PieceBox piece)
    {
        if (Pixels == 0 || piece.Pixels > 2 * Pixels || Pixels > 2 * piece.Pixels)
            return false;
        int across = Math.Max(piece.Left - Right, Left - piece.Right), down = Math.Max(piece.Top - Bottom, Top - piece.Bottom);
        return across <= Right - Left + 1 && down <= Bottom - Top + 1;
    }
}
