using VideoMatte.Inference.Graphs;

namespace VideoMatte.Matting.Plate;

/// <summary>
/// The light of a frame against the plate's: frame = gain x plate + offset, a channel. A camera's automatic exposure and white balance move
/// both; without this every drift would become foreground, and the part of the plate behind the subject would grow stale.
/// </summary>
internal sealed record PlateLight(GraphValue Gain, GraphValue Offset)
{
    /// <summary>Scale (standard deviations) of the weights 1 / (1 + r^2/c^2)^2 of each round.</summary>
    private static readonly float[] RoundScales = [12f / 255f, 12f / 255f, 8f / 255f];

    /// <summary>Pulls the gain to 1 where the plate is nearly of one colour: variance in which a gain cannot be told from an offset.</summary>
    private const float GainPrior = 1e-4f;

    private const float LeastGain = 0.4f;
    private const float MostGain = 2.5f;

    /// <summary>More evidence than this makes a pixel no more trustworthy.</summary>
    private const float WeightOfTrust = 10f;

    /// <summary>Robust least squares (iteratively reweighted, Geman-McClure weights) from the light of the frame before.</summary>
    public static PlateLight Follow(PlateState state, PlateMode plate, GraphValue frame)
    {
        PlateLight light = new(state.Light.Part(1, 0, 3) + 1f, state.Light.Part(1, 3, 6));
        GraphValue trust = plate.Weight.Min(WeightOfTrust);
        foreach (float scale in RoundScales)
            light = light.Fit(plate.Mean, frame, trust, scale);
        return light;
    }

    /// <summary>Colours of the plate as this frame's light shows them.</summary>
    public GraphValue Apply(GraphValue plate) => Gain * plate + Offset;

    /// <summary>Colours of the frame as the plate's own light would show them.</summary>
    public GraphValue Undo(GraphValue frame) => (frame - Offset) / Gain;

    /// <summary>As state: zeros stand for unchanged light.</summary>
    public GraphValue ToState() => (Gain - 1f).Join(1, Offset);

    private PlateLight Fit(GraphValue plate, GraphValue frame, GraphValue trust, float scale)
    {
        GraphValue residual = (frame - Apply(plate)).Square().SumOver(1);
        GraphValue weight = trust / (residual * (1f / (3f * scale * scale)) + 1f).Square();
        // Where nothing is known (the first frame) the sums are 0, the means 0, the gain the prior's 1 and the offset 0.
        GraphValue sum = weight.SumOver(2, 3) + 1e-6f;
        GraphValue plateMean = (weight * plate).SumOver(2, 3) / sum;
        GraphValue frameMean = (weight * frame).SumOver(2, 3) / sum;
        GraphValue centred = plate - plateMean;
        GraphValue lever = weight * centred;
        GraphValue covariance = (lever * frame).SumOver(2, 3) / sum;
        GraphValue variance = (lever * centred).SumOver(2, 3) / sum;
        GraphValue gain = ((covariance + GainPrior) / (variance + GainPrior)).Clip(LeastGain, MostGain);
        return new PlateLight(gain, frameMean - gain * plateMean);
    }
}
