using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>Where a job's trimap comes from.</summary>
/// <param name="File">Drawn: black is outside, white inside, the rest open; null: made of a model's matte.</param>
/// <param name="Radius">Of one that is made: pixels the open band reaches beyond what the matte is not sure of; null: by the picture's size.</param>
internal sealed record TrimapSettings(string? File, int? Radius)
{
    private const string Auto = "auto";
    private const int MostRadius = 512;

    /// <param name="text"><c>auto</c>, <c>auto:R</c>, or a file's name; null: no trimap.</param>
    /// <exception cref="MatteException">Usage, <c>trimap-radius</c>, <c>trimap-name</c>.</exception>
    public static TrimapSettings? Parse(string? text)
    {
        if (text is null)
            return null;
        if (text.Length == 0)
            throw new MatteException(ErrorKind.Usage, "trimap-name", "--trimap takes a file's name or auto[:R], and got nothing.");
        if (text == Auto)
            return new TrimapSettings(null, null);
        if (!text.StartsWith(Auto + ":", StringComparison.Ordinal))
            return new TrimapSettings(text, null);
        return int.TryParse(text.AsSpan(Auto.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int radius) && radius is >= 1 and <= MostRadius
            ? new TrimapSettings(null, radius)
            : throw new MatteException(ErrorKind.Usage, "trimap-radius", string.Create(
                CultureInfo.InvariantCulture, $"--trimap auto:R takes a whole number of pixels from 1 to {MostRadius}, not '{text[(Auto.Length + 1)..]}'; a file of that name is ./{text}."));
    }
}
