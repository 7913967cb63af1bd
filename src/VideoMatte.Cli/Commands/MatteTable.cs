using System.Globalization;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>What became of several inputs, a line each, on standard error.</summary>
internal static class MatteTable
{
    private static readonly string[] Head = ["input", "frames", "seconds", "fps", "size", "warnings", "exit", "what went wrong"];

    public static void Print(IEnumerable<(MattingResult Result, int Exit)> jobs, Terminal terminal)
    {
        terminal.Say(string.Empty);
        TextTable.Write(terminal.Err, Head, jobs.Select(j => Row(j.Result, j.Exit)));
    }

    private static string[] Row(MattingResult result, int exit)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        bool failed = result.Error is not null;
        return
        [
            result.Input,
            failed ? "-" : result.FramesOut.ToString(culture),
            failed ? "-" : result.Seconds.ToString("0.0", culture),
            failed ? "-" : result.Fps.ToString("0.0", culture),
            failed ? "-" : MatteSummary.Size(result.Outputs.Sum(o => o.Bytes)),
            failed ? "-" : result.Warnings.Count.ToString(culture),
            exit.ToString(culture),
            result.Error?.Message ?? (exit == ExitCode.NotAsAsked ? "finished, but not as asked: see its warnings" : string.Empty),
        ];
    }
}
