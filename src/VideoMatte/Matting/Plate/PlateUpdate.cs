using VideoMatte.Inference.Graphs;

namespace VideoMatte.Matting.Plate;

/// <summary>
/// What a frame teaches the modes: each pixel goes to the nearest mode it matches, or replaces the lightest one
/// (after Stauffer and Grimson, "Adaptive background mixture models for real-time tracking", 1999; one mode a frame, weights in frames).
/// </summary>
internal static class PlateUpdate
{
    private const float FarAway = 1e6f;

    public static PlateState Apply(PlateState state, PlateLight light, GraphValue frame)
    {
        GraphValue colour = light.Undo(frame);
        GraphValue step = colour - state.Means;
        GraphValue distance = step.Square().MeanOver(1);
        GraphValue seen = state.Weights > 0f;
        GraphValue far = state.Weights.Graph.Constant(FarAway);
        GraphValue scaled = seen.Choose(distance / state.Variances.Max(Square(PlateSettings.LeastSigma)), far);

        GraphValue matches = scaled.MinOver(0) < PlateSettings.MatchDistance;
        GraphValue hit = PlateState.OneHot(matches.Choose(scaled.ArgMin(0), state.Weights.ArgMin(0)));
        GraphValue fresh = hit * (1f - matches.ToFloat()) > 0.5f;

        GraphValue share = hit * (1f / (state.Weights + 1f)).Max(PlateSettings.LearningFloor);
        GraphValue means = fresh.Choose(colour, state.Means + share * step);
        GraphValue variances = fresh.Choose(
            state.Means.Graph.Constant(Square(PlateSettings.FirstSigma)),
            state.Variances + share * (distance - state.Variances))
            .Clip(Square(PlateSettings.LeastSigma), Square(PlateSettings.MostSigma));

        GraphValue weights = (state.Weights + hit - (1f - hit) * PlateSettings.Forgetting).Clip(0f, PlateSettings.WeightCap);
        return new PlateState(means, fresh.Choose(state.Weights.Graph.Constant(1f), weights), variances, light.ToState());
    }

    private static float Square(float x) => x * x;
}
