using System.Globalization;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>What a person reads when a job is done, on standard error.</summary>
internal static class MatteSummary
{
    public static void Print(MattingResult result, bool quiet, Terminal terminal)
    {
        Print(result.Warnings, terminal);
        if (quiet)
            return;
        foreach (MattingResult.Output output in result.Outputs)
            terminal.Say($"wrote {SafeText.Show(output.Path)} ({output.Preset}, {Size(output.Bytes)})");
        string model = result.Model?.Id ?? "a model of your own";
        terminal.Say(string.Create(CultureInfo.InvariantCulture,
            $"{result.FramesOut} frames {result.Width}x{result.Height} with {model} on {result.Provider} in {result.Seconds:0.0} s ({result.Fps:0.0} fps), {result.Shots.Count} {(result.Shots.Count == 1 ? "shot" : "shots")}"));
    }

    public static void Print(PreviewResult preview, Terminal terminal)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        Print(preview.Warnings, terminal);
        terminal.Say($"wrote {SafeText.Show(preview.Sheet)}");
        terminal.Say(string.Create(culture, $"{preview.Model.Id ?? "a model of your own"} on {preview.Provider}, downsample ratio {preview.DownsampleRatio:0.###}"));
        string time = preview.EstimatedSeconds is { } s ? ConsoleProgress.Duration(TimeSpan.FromSeconds(s)) : "unknown";
        string size = preview.EstimatedBytes is { } b ? Size(b) : "unknown";
        terminal.Say($"the whole clip: about {time}, about {size}");
    }

    private static void Print(IEnumerable<MattingResult.Warning> warnings, Terminal terminal)
    {
        foreach (MattingResult.Warning warning in warnings)
            terminal.Say($"warning: {SafeText.Show(warning.Message)}{(warning.Frame is { } f ? string.Create(CultureInfo.InvariantCulture, $" (frame {f})") : string.Empty)} [{warning.Code}]");
    }

    internal static string Size(long bytes) => bytes switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB"),
        < 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };
}
