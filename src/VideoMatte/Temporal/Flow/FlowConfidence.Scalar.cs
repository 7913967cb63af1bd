namespace VideoMatte.Temporal.Flow;

public static partial class FlowConfidence
{
    /// <param name="u">The flow of line y to the right.</param>
    /// <param name="v">Downwards.</param>
    /// <param name="y">The line.</param>
    /// <param name="height">Lines of the picture, as wide as this one.</param>
    /// <param name="error">The way back to the right where the flow ends; becomes the error.</param>
    /// <param name="confidence">The way back downwards; becomes the confidence.</param>
    /// <param name="from">First pixel to do.</param>
    internal static void CompareScalar(
        ReadOnlySpan<float> u, ReadOnlySpan<float> v, int y, int height, Span<float> error, Span<float> confidence, int from)
    {
        for (int i = from; i < u.Length; i++)
        {
            float restU = u[i] + error[i], restV = v[i] + confidence[i], square = (restU * restU) + (restV * restV);
            bool inside = Inside(i + u[i], y + v[i], u.Length, height);
            error[i] = inside ? MathF.Sqrt(square) : float.PositiveInfinity;
            confidence[i] = inside ? MathF.Exp(square * (-1 / (Scale * Scale))) : 0;
        }
    }
}
