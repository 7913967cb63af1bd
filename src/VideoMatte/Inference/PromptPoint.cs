namespace VideoMatte.Inference;

/// <summary>A point given to a prompt network.</summary>
/// <param name="X">Column in pixels of the network's picture, from its left edge.</param>
/// <param name="Y">Row, from its upper edge.</param>
/// <param name="Label">1: inside the subject; 0: outside; 2 and 3: upper left and lower right corner of a box around it.</param>
public readonly record struct PromptPoint(float X, float Y, int Label)
{
    public const int Inside = 1, UpperLeft = 2, LowerRight = 3;
}
