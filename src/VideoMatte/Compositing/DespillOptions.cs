using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>What <c>--despill</c> asks for.</summary>
/// <param name="IsOff">Nothing is done.</param>
/// <param name="Screen">The screen's colour; null: where a screen is seen, its own.</param>
public sealed record DespillOptions(bool IsOff, RgbColour? Screen)
{
    public static DespillOptions Off { get; } = new(true, null);

    public static DespillOptions Auto { get; } = new(false, null);

    /// <summary>Reads <c>auto</c>, <c>off</c> or a colour.</summary>
    /// <exception cref="MatteException">Usage: none of these, or a colour without a hue.</exception>
    public static DespillOptions Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Equals("auto", StringComparison.OrdinalIgnoreCase))
            return Auto;
        if (text.Equals("off", StringComparison.OrdinalIgnoreCase))
            return Off;
        if (!RgbColour.TryParse(text, out RgbColour colour))
            throw Wrong($"--despill {text}: neither auto, off nor a colour (#rrggbb or {string.Join(", ", RgbColour.KnownNames)}).");
        if (SpillHue.Of(colour.R / 255f, colour.G / 255f, colour.B / 255f) is null)
            throw Wrong($"--despill {text}: a screen is green, blue or another colour with a hue, and {colour} is nearly grey; name the screen's colour or say off.");
        return new DespillOptions(false, colour);
    }

    private static MatteException Wrong(string message) => new(ErrorKind.Usage, "despill-unknown", message);
}
