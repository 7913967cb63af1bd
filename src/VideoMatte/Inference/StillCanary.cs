using VideoMatte.Models;

namespace VideoMatte.Inference;

/// <summary><see cref="CanaryFrame"/> for still networks: the drawn head before a wall, fed as the entry says, on the provider and on the CPU.</summary>
internal static class StillCanary
{
    /// <returns>Null where they agree, else what was seen.</returns>
    public static string? Compare(StillSession candidate, StillSession reference, ModelInput input)
    {
        (int width, int height) = input.SizeFor(input.Width, input.Height);
        float[] rgb = new float[3 * width * height];
        CanaryFrame.Draw(rgb, width, height, step: 0);
        foreach (StillSession session in (StillSession[])[candidate, reference])
        {
            StillFeed.Write(rgb, input, session.Prepare(width, height));
            session.Run();
        }

        return candidate.Plane == reference.Plane
            ? CanaryFrame.Differs("the output", candidate.Result, reference.Result, 0)
            : "its output is of another shape";
    }
}
