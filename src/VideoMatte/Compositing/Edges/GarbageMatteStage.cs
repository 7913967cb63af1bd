using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

/// <summary>Garbage mattes: alpha is forced to stay inside where one mask says so and outside where the other does, as far as their grey
/// goes; where both do, outside wins. The last word on a matte.</summary>
/// <param name="include">Of the frames' size; moves in. Null: none.</param>
/// <param name="exclude">Of the frames' size; moves in. Null: none.</param>
public sealed class GarbageMatteStage(IMatteSource? include, IMatteSource? exclude) : MattedStage, IInterruptible
{
    public override string Name => "garbage-mattes";

    public void Interrupt()
    {
        (include as IInterruptible)?.Interrupt();
        (exclude as IInterruptible)?.Interrupt();
    }

    protected override void Apply(MattedFrame frame)
    {
        if (include is not null)
            MaskBlend.Include(frame.Alpha.Samples, include.Next(frame.Time).Samples);
        if (exclude is not null)
            MaskBlend.Exclude(frame.Alpha.Samples, exclude.Next(frame.Time).Samples);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        include?.Dispose();
        exclude?.Dispose();
    }
}
