namespace VideoMatte.Temporal.Flow;

/// <summary>One row of one colour of a <see cref="Checkerboard"/>.</summary>
/// <param name="Count">Places worked on, whole vectors.</param>
/// <param name="Pixels">Of them pixels of the picture.</param>
/// <param name="LastTied">Pixels with a neighbour to the right.</param>
/// <param name="Odd">1 where x is odd, else 0.</param>
/// <param name="Stride">Samples of a plane.</param>
/// <param name="IsLastLine">No line lies below.</param>
internal readonly record struct CheckerRow(int Count, int Pixels, int LastTied, int Odd, int Stride, bool IsLastLine)
{
    public static CheckerRow Of(Checkerboard board, int colour, int y)
    {
        int odd = Checkerboard.Odd(colour, y);
        return new CheckerRow(board.Count, board.Pixels(colour, y), (board.Width - odd) / 2, odd, board.Stride, y == board.Height - 1);
    }

    /// <exception cref="ArgumentException">A row has not room for so many planes.</exception>
    public void Check(int length, int planes)
    {
        if (length != planes * Stride)
            throw new ArgumentException("refinement: a row of another length than its planes");
    }
}
