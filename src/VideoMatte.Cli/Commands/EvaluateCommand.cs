using System.CommandLine;
using System.Globalization;
using VideoMatte.Evaluation.Metrics;
using VideoMatte.Evaluation.Scoring;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Cli.Commands;

/// <summary>Mattes against true ones, in figures.</summary>
internal static class EvaluateCommand
{
    public static Command Build(Terminal terminal)
    {
        var command = new Command("evaluate", "Score mattes against true ones: MAD, MSE, Grad, dtSSD.");
        var options = new EvaluateOptions();
        options.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(options.Read(parsed), terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(EvaluateRequest request, Terminal terminal, CancellationToken stop)
    {
        FfmpegTools tools = await FfmpegTools.LocateAsync(request.Ffmpeg, terminal.Environment, stop).ConfigureAwait(false);
        using FrameTable? table = request.PerFrame is { } file ? FrameTable.Create(file, request.Overwrite) : null;
        var scorer = new ClipScorer(tools, request.Settings, new FramePool(), TimeProvider.System);
        await scorer.CheckAsync(request.Pairs, stop).ConfigureAwait(false);
        List<ClipScore> scores = [];
        foreach (ClipPair pair in request.Pairs)
        {
            var progress = new ScoredFrames(pair.Name, terminal);
            try
            {
                scores.Add(await scorer.ScoreAsync(pair, request.Quiet ? null : progress, stop).ConfigureAwait(false));
            }
            finally
            {
                progress.Clear();
            }

            table?.Add(scores[^1], request.Settings.From);
        }

        table?.Commit();
        foreach (MatteWarning warning in scores.SelectMany(s => s.Warnings))
            terminal.Say($"warning: {SafeText.Show(warning.Message)} [{warning.Code}]");
        if (request.Json)
            await terminal.Out.WriteLineAsync(ResultJson.Of(EvaluateReport.Of(request.Settings, scores, tools)).AsMemory(), CancellationToken.None).ConfigureAwait(false);
        else
            Print(request.Settings, scores, terminal.Out);
        return scores.Any(s => s.Warnings.Any(w => w.NotAsAsked)) && !request.Lenient ? ExitCode.NotAsAsked : ExitCode.Done;
    }

    private static void Print(ScoringSettings settings, List<ClipScore> scores, TextWriter to)
    {
        string[] head = ["clip", "frames", "size", "MAD", "MSE", $"Grad ({EvaluateReport.Name(settings.Grad)})", "dtSSD"];
        IEnumerable<string[]> rows = scores.Select(s => Row(s.Pair.Name, Whole(s.Frames.Count), $"{Whole(s.Width)}x{Whole(s.Height)}", s.Mean));
        if (scores.Count > 1)
            rows = rows.Append(Row("mean", Whole(MatteFigures.FramesInMean([.. scores.Select(s => s.Frames)])), string.Empty, MatteFigures.MeanOfClips([.. scores.Select(s => s.Frames)])));
        TextTable.Write(to, head, rows);
    }

    private static string[] Row(string name, string frames, string size, MatteFigures mean) =>
        [name, frames, size, Figure(mean.Mad), Figure(mean.Mse), Figure(mean.Grad), Figure(mean.DtSsd)];

    private static string Figure(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>How far a clip is.</summary>
    private sealed class ScoredFrames(string name, Terminal terminal) : IProgress<int>
    {
        private readonly StatusLine _line = new(terminal, TimeProvider.System, drawnEvery: TimeSpan.FromMilliseconds(200));

        public void Report(int value) => _line.Show(_ => $"{SafeText.Show(name)}: {Whole(value)} frames");

        public void Clear() => _line.Clear();
    }
}
