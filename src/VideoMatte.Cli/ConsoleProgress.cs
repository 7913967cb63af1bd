using System.Globalization;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli;

/// <summary>Frames, frames per second and time left: one line redrawn in place on a terminal, a plain line every few seconds elsewhere.</summary>
internal sealed class ConsoleProgress(Terminal terminal, TimeProvider clock) : IProgress<PipelineProgress>
{
    private const int BarCells = 24;

    private readonly StatusLine _line = new(terminal, clock, drawnEvery: TimeSpan.Zero);

    public void Report(PipelineProgress value) => _line.Show(bar => Line(value, bar));

    /// <inheritdoc cref="StatusLine.Clear"/>
    public void Clear() => _line.Clear();

    internal static string Line(PipelineProgress value, bool bar)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string frames = value.FramesTotal is { } total ? string.Create(culture, $"{value.FramesDone}/{total} frames") : string.Create(culture, $"{value.FramesDone} frames");
        string left = value.TimeLeft is { } time ? ", " + Duration(time) + " left" : string.Empty;
        string cells = string.Empty;
        if (bar && value.FramesTotal is > 0 and { } all)
        {
            int full = (int)Math.Clamp(value.FramesDone * BarCells / all, 0, BarCells);
            cells = "[" + new string('#', full) + new string('.', BarCells - full) + "] ";
        }

        string step = value.Step is { } doing ? ", " + doing : string.Empty;
        return string.Create(culture, $"{cells}{frames}, {value.FramesPerSecond:0.0} fps{left}{step}");
    }

    internal static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
