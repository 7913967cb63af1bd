namespace VideoMatte.Frames;

/// <summary>What travels through the stages. Exactly one owner at a time; passing it to a stage, queue or writer moves it, also when
/// the call fails; the last owner disposes.</summary>
public interface IFrameCarrier : IDisposable
{
    FrameTime Time { get; }

    /// <summary>True on the first frame of a shot: a stage with state is flushed and reset before it sees this frame.</summary>
    bool StartsShot { get; }
}
