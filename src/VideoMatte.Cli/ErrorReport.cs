using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli;

/// <summary>What went wrong, as the user and the JSON result get it.</summary>
/// <param name="Code">Stable, hyphenated.</param>
/// <param name="Exit">The exit code.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Stage">The stage that failed, where one did.</param>
/// <param name="Frame">The frame it failed on.</param>
internal sealed record ErrorReport(string Code, int Exit, string Message, string? Stage, long? Frame)
{
    public static ErrorReport Of(Exception error) => error switch
    {
        OperationCanceledException => new("stopped", ExitCode.Stopped, "Stopped; nothing half-written is left.", null, null),
        MatteException known => new(known.Code, (int)known.Kind, known.Message, known.Stage, known.FrameIndex),
        _ => new("defect", ExitCode.Defect, $"A defect of VideoMatte: {error.GetType().Name}: {error.Message}", null, null),
    };

    /// <summary>The one document of <c>--json</c> where no job began; that of <c>matte</c> has a job's fields, once for each input.</summary>
    public string ToJson(string verb, string[] inputs)
    {
        var failure = new MattingResult.Failure(Code, Exit, Message, Stage, Frame);
        if (verb != "matte")
            return ResultJson.Of(new { Error = failure });
        MattingResult[] results = [.. inputs.DefaultIfEmpty(string.Empty).Select(input => new MattingResult { Input = input, Error = failure })];
        return results.Length == 1 ? ResultJson.Of(results[0]) : ResultJson.Of(results);
    }

    /// <summary>Prints it; with <paramref name="verbose"/> also the child's words and the stack.</summary>
    public void Print(Terminal terminal, Exception error, bool verbose)
    {
        string frame = Frame is { } f ? string.Create(CultureInfo.InvariantCulture, $", frame {f}") : string.Empty;
        string where = Stage is null || Exit != ExitCode.Defect ? string.Empty : $" (stage {Stage}{frame})";
        terminal.Say("videomatte: " + SafeText.Show(Message) + where);
        if (verbose && error is MatteException { Detail: { } detail })
            terminal.Say(SafeText.ShowLines(detail));
        if (verbose && error is not OperationCanceledException)
            terminal.Say(SafeText.ShowLines(error.ToString()));
        else if (Exit == ExitCode.Defect)
            terminal.Say("videomatte: run it again with --verbose and send us what it prints.");
    }
}
