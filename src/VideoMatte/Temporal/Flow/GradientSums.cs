namespace VideoMatte.Temporal.Flow;

/// <summary>Sums over a patch of its gradients and of their products.</summary>
internal readonly record struct GradientSums(float X, float Y, float Xx, float Xy, float Yy);
