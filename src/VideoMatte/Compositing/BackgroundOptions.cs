using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>What <c>--background</c> asks for.</summary>
/// <param name="Kind">Which of the others counts.</param>
/// <param name="Colour">Of <see cref="BackgroundKind.Colour"/>.</param>
/// <param name="BlurRadius">Of <see cref="BackgroundKind.Blur"/>: standard deviation in pixels, 2 to 1000; null: 3 % of the height.</param>
/// <param name="File">Of <see cref="BackgroundKind.File"/>: as the user named it; not looked at here.</param>
public sealed record BackgroundOptions(BackgroundKind Kind, RgbColour Colour = default, double? BlurRadius = null, string? File = null)
{
    public static BackgroundOptions None { get; } = new(BackgroundKind.None);

    /// <summary>Reads <c>none</c>, a colour (<c>#rgb</c>, <c>#rrggbb</c>, a CSS name), <c>blur</c>, <c>blur:R</c>, or a file's name. A
    /// plain word that is none of these is taken for a misspelt colour: a file without extension is named with its folder,
    /// <c>./name</c>.</summary>
    /// <exception cref="MatteException">Usage: none of these, or the radius is not 2 to 1000.</exception>
    public static BackgroundOptions Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return None;
        if (text.Equals("blur", StringComparison.OrdinalIgnoreCase))
            return new(BackgroundKind.Blur);
        if (text.StartsWith("blur:", StringComparison.OrdinalIgnoreCase))
            return new(BackgroundKind.Blur, BlurRadius: Radius(text[5..]));
        if (RgbColour.TryParse(text, out RgbColour colour))
            return new(BackgroundKind.Colour, colour);
        if (text.StartsWith('#') && text.AsSpan(1).IndexOfAny("./\\") < 0)
            throw Wrong($"--background {text}: a colour is # and 3 or 6 hexadecimal digits, such as #00b140.");
        if (text.AsSpan().IndexOfAny("./\\") < 0)
        {
            throw Wrong($"--background {text}: neither none, blur, blur:R, a colour (#rrggbb or {string.Join(", ", RgbColour.KnownNames)}) "
                + "nor a file name with an extension; write ./NAME for a file without one.");
        }

        return new(BackgroundKind.File, File: text);
    }

    private static double Radius(string text)
    {
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double radius)
            || radius is not (>= BlurBackground.LeastRadius and <= BlurBackground.MostRadius))
            throw Wrong(string.Create(CultureInfo.InvariantCulture,
                $"--background blur:{text}: the radius is in pixels, {BlurBackground.LeastRadius} to {BlurBackground.MostRadius}."));
        return radius;
    }

    private static MatteException Wrong(string message) => new(ErrorKind.Usage, "background-unknown", message);
}
