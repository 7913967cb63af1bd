using VideoMatte.Frames;

namespace VideoMatte.Testing;

/// <summary>A stage that passes frames on, <paramref name="latency"/> frames later.</summary>
public sealed class FakeStage<T>(string name, int latency = 0) : FakeStageBase<T, T>(name, latency)
    where T : class, IFrameCarrier
{
    protected override T Convert(T frame) => frame;
}
