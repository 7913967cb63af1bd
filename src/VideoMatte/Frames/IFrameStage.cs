namespace VideoMatte.Frames;

/// <summary>One step of the flow. Called from one thread at a time; keeps order; gives out every frame it took, once.</summary>
/// <remarks>At the first frame of a shot the driver calls <see cref="Flush"/>, then <see cref="Reset"/>, then <see cref="Process"/>.</remarks>
public interface IFrameStage<in TIn, TOut> : IDisposable
    where TIn : IFrameCarrier
    where TOut : IFrameCarrier
{
    /// <summary>Name used in results and errors, e.g. <c>matting</c>.</summary>
    string Name { get; }

    /// <summary>Most frames it may hold back before giving one out.</summary>
    int LatencyFrames { get; }

    /// <summary>Takes <paramref name="frame"/> over (also when it throws) and puts what is ready into <paramref name="ready"/>, whose
    /// frames belong to the caller.</summary>
    void Process(TIn frame, Queue<TOut> ready);

    /// <summary>Gives out all that is held back.</summary>
    void Flush(Queue<TOut> ready);

    /// <summary>Forgets everything seen before: after a cut, a seek or a change of format. Frames still held are disposed.</summary>
    void Reset();
}
