using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Matting.Subject;

/// <summary>Points at one of the subjects in a matte: a pixel, or a box, of the picture as it is written.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Right">Last column; of a pixel the same as <paramref name="Left"/>.</param>
/// <param name="Bottom">Last row.</param>
/// <param name="At">Since the first frame.</param>
public sealed record SubjectPrompt(int Left, int Top, int Right, int Bottom, Rational At)
{
    private const int MostPixels = 1 << 20;

    public bool IsPoint => Left == Right && Top == Bottom;

    /// <param name="text"><c>X,Y</c> or <c>X1,Y1,X2,Y2</c>, and <c>@T</c> behind it where it is not for the first frame.</param>
    /// <exception cref="MatteException">Usage, <c>subject</c>.</exception>
    public static SubjectPrompt Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] halves = text.Split('@');
        Rational at = Rational.Zero;
        int[] numbers = [.. halves[0].Split(',').Select(Number)];
        bool fits = halves.Length <= 2 && numbers.Length is 2 or 4 && !numbers.Contains(-1) && (halves.Length == 1 || ClockTime.TryParse(halves[1], out at));
        if (fits && numbers.Length == 2)
            return new SubjectPrompt(numbers[0], numbers[1], numbers[0], numbers[1], at);
        if (fits && numbers[2] >= numbers[0] && numbers[3] >= numbers[1])
            return new SubjectPrompt(numbers[0], numbers[1], numbers[2], numbers[3], at);
        throw new MatteException(
            ErrorKind.Usage, "subject", $"--subject takes X,Y or X1,Y1,X2,Y2 in pixels, and @T behind it for a time after the first frame's, not '{text}'.");
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= MostPixels ? value : -1;
}
