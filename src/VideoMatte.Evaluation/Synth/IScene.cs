namespace VideoMatte.Evaluation.Synth;

/// <summary>A place without people. The camera stands still in it.</summary>
internal interface IScene
{
    /// <summary>Its colour at a place of a picture 640 wide and 360 high.</summary>
    Tint At(double x, double y);
}
