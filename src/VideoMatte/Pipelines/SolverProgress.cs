using System.Globalization;
using VideoMatte.Matting.Solver;

namespace VideoMatte.Pipelines;

/// <summary>Joins what the line says of frames with what a solver says of the one it is at, which may take a minute; and stops the solver where
/// the run is stopped. Both may speak at once.</summary>
/// <param name="sink">Told of both; null: nobody.</param>
/// <param name="total">Frames of the run; null: unknown.</param>
/// <param name="time">The clock.</param>
/// <param name="stop">The run's.</param>
internal sealed class SolverProgress(IProgress<PipelineProgress>? sink, long? total, TimeProvider time, CancellationToken stop) : IProgress<PipelineProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private PipelineProgress _last = new(0, total, 0, null);
    private long _said = time.GetTimestamp();

    public void Report(PipelineProgress value)
    {
        lock (_gate)
        {
            _last = value;
            sink?.Report(value);
        }
    }

    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void Report(SolverStep step)
    {
        stop.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (time.GetElapsedTime(_said) < Interval)
                return;
            _said = time.GetTimestamp();
            sink?.Report(_last with { Step = string.Create(CultureInfo.InvariantCulture, $"solving {step.OpenPixels} open pixels, step {step.Iteration}") });
        }
    }
}
