using System.CommandLine;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>The options of <c>matte</c> on the foreground's colour.</summary>
internal sealed class ForegroundOptions
{
    private readonly Option<string?> _mode = MatteOptions.Choice(
        "--foreground", "Colour of the unknown band; source ships the whole picture. Default: the model's where it gives one, else estimate.",
        null, "source", "model", "estimate")!;

    private readonly Option<string?> _despill = MatteOptions.Text(
        "--despill", "auto|off|COLOUR", "Take the screen's tint out of the band; auto (default): where a green or blue screen is seen.");

    private readonly Option<string?> _output = MatteOptions.Text(
        "--foreground-out", "FILE", "Also write the straight foreground picture, without alpha and sound; kind by the extension.");

    public void AddTo(Command command)
    {
        command.Add(_mode);
        command.Add(_despill);
        command.Add(_output);
    }

    public MattingJob Apply(ParseResult parsed, MattingJob job) => job with
    {
        Foreground = new ForegroundSettings
        {
            Mode = parsed.GetValue(_mode) switch
            {
                "source" => ForegroundMode.Source,
                "model" => ForegroundMode.Model,
                "estimate" => ForegroundMode.Estimate,
                _ => ForegroundMode.Auto,
            },
            Despill = parsed.GetValue(_despill) ?? "auto",
            Output = parsed.GetValue(_output),
        },
    };
}
