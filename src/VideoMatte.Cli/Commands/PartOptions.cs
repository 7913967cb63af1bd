using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>The options that say which part of a source is matted, at which rate and size.</summary>
internal sealed class PartOptions
{
    private const int LongestSide = 65535;

    private readonly Option<Rational?> _start = Time("--start", "Begin with the first frame at or after T, counted from the clip's first frame.");
    private readonly Option<Rational?> _end = Time("--end", "End before the first frame at or after T, counted likewise.");
    private readonly Option<long?> _frames = new("--frames")
    {
        Description = "At most N frames.",
        HelpName = "N",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long n) && n > 0
            ? n
            : Fail<long?>(result, $"--frames takes a whole number from 1, not '{result.Tokens[0].Value}'"),
    };

    private readonly Option<string> _rate = new("--rate")
    {
        Description = "keep the source's times, or conform picture, alpha and sound to a constant rate by nearest frame (25, 29.97, 30000/1001); numbered pictures are shown at it, default 25.",
        HelpName = "keep|source-average|R",
        Arity = ArgumentArity.ExactlyOne,
        DefaultValueFactory = _ => "keep",
        CustomParser = result => result.Tokens[0].Value is "keep" or "source-average" || FrameRates.TryParse(result.Tokens[0].Value, out _)
            ? result.Tokens[0].Value
            : Fail<string>(result, $"--rate is keep, source-average or frames a second such as 25, 29.97 or 30000/1001, not '{result.Tokens[0].Value}'"),
    };

    private readonly Option<(int Width, int Height)?> _size = new("--size")
    {
        Description = "Columns and rows of picture and alpha; what is not the source's shape is kept in the aspect of a sample.",
        HelpName = "WxH",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Size(result.Tokens[0].Value) is { } size
            ? size
            : Fail<(int, int)?>(result, $"--size takes columns x rows such as 1920x1080, not '{result.Tokens[0].Value}'"),
    };

    private readonly Option<string> _deinterlace = new("--deinterlace")
    {
        Description = "auto makes whole pictures of an interlaced source, one a frame; off refuses such a source.",
        HelpName = "auto|off",
        Arity = ArgumentArity.ExactlyOne,
        DefaultValueFactory = _ => "auto",
        CustomParser = result => result.Tokens[0].Value is "auto" or "off"
            ? result.Tokens[0].Value
            : Fail<string>(result, $"--deinterlace is auto or off, not '{result.Tokens[0].Value}'"),
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_start, _end, _frames, _rate, _size, _deinterlace])
            command.Add(option);
    }

    public MattingJob Apply(ParseResult parsed, MattingJob job)
    {
        Rational? start = parsed.GetValue(_start), end = parsed.GetValue(_end);
        if (end is { } until && until <= (start ?? Rational.Zero))
            throw new MatteException(
                ErrorKind.Usage, "selection-empty", $"--end {ClockTime.Show(until)} is not after --start {ClockTime.Show(start ?? Rational.Zero)}: nothing lies between.");
        return job with
        {
            Source = new SourceOptions
            {
                Selection = new FrameSelection(start, end, parsed.GetValue(_frames)),
                Rate = parsed.GetValue(_rate)!,
                Size = parsed.GetValue(_size),
                Deinterlace = parsed.GetValue(_deinterlace) == "auto",
            },
        };
    }

    private static Option<Rational?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "T",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => ClockTime.TryParse(result.Tokens[0].Value, out Rational seconds)
            ? seconds
            : Fail<Rational?>(result, $"{name} takes seconds or HH:MM:SS.mmm, not '{result.Tokens[0].Value}'"),
    };

    private static (int, int)? Size(string text)
    {
        string[] sides = text.Split('x');
        return sides.Length == 2 && Side(sides[0], out int width) && Side(sides[1], out int height) ? (width, height) : null;
    }

    private static bool Side(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is > 0 and <= LongestSide;

    private static T? Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
