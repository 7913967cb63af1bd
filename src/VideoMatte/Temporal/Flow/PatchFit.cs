namespace VideoMatte.Temporal.Flow;

/// <summary>How well a patch fits where it was laid: sums over its pixels of d, the picture looked to minus the picture looked from.</summary>
/// <param name="Sum">Sum of d.</param>
/// <param name="Squares">Sum of d d.</param>
/// <param name="AlongX">Sum of d times the gradient to the right.</param>
/// <param name="AlongY">Sum of d times the gradient downwards.</param>
internal readonly record struct PatchFit(float Sum, float Squares, float AlongX, float AlongY);
