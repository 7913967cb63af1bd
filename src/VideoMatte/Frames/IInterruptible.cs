namespace VideoMatte.Frames;

/// <summary>A stage (or a part of one) that may wait inside a call for somebody the pipeline does not know, such as the reader of a
/// background, and lets itself be called off.</summary>
public interface IInterruptible
{
    /// <summary>A wait under way, and every later one, ends with <see cref="OperationCanceledException"/>. Called from any thread while the
    /// stage is not disposed, perhaps more than once; does not wait itself.</summary>
    void Interrupt();
}
