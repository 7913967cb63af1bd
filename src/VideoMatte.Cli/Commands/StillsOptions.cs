using System.CommandLine;
using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>The options of EXR and of numbered pictures.</summary>
internal sealed class StillsOptions
{
    private readonly Option<string?> _transfer = MatteOptions.Text(
        "--exr-transfer", "linear|source", "EXR holds linear light, or the source's codes; default: linear.");

    private readonly Option<string?> _start = MatteOptions.Text(
        "--start-number", "N|source", "Number of a sequence's first picture; default 1001 for EXR, 1 for PNG. source: by the numbers of its pictures, its timecode, else its frames from 0.");

    public void AddTo(Command command)
    {
        command.Add(_transfer);
        command.Add(_start);
    }

    /// <exception cref="MatteException">Usage: a value is neither of those named.</exception>
    public MattingJob Apply(ParseResult parsed, MattingJob job) => job with
    {
        Sequence = new SequenceSettings { KeepsTransfer = KeepsTransfer(parsed.GetValue(_transfer)), Numbering = Numbering(parsed.GetValue(_start)) },
    };

    private static bool? KeepsTransfer(string? value) => value switch
    {
        null => null,
        "linear" => false,
        "source" => true,
        _ => throw new MatteException(ErrorKind.Usage, "usage", $"--exr-transfer is linear or source, not '{value}'."),
    };

    private static FrameNumbering Numbering(string? value)
    {
        if (value is null)
            return FrameNumbering.Default;
        if (value == "source")
            return new FrameNumbering(FromSource: true);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new FrameNumbering(number)
            : throw new MatteException(ErrorKind.Usage, "usage", $"--start-number takes a whole number from 0 or source, not '{value}'.");
    }
}
