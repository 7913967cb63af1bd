using VideoMatte.Inference;
using VideoMatte.Models;

namespace VideoMatte.Matting.Still;

/// <summary>The alpha plane in a still network's output, as its entry says. Values are clamped to 0..1 and never stretched to them: a stretch by
/// a frame's own extremes makes a film flicker.</summary>
internal static class StillAlpha
{
    /// <param name="result">The network's output.</param>
    /// <param name="plane">How it lies.</param>
    /// <param name="output">The entry's facts.</param>
    /// <param name="alpha">plane.Pixels values, row after row.</param>
    public static void Read(ReadOnlySpan<float> result, StillPlane plane, ModelOutput output, Span<float> alpha)
    {
        if (alpha.Length != plane.Pixels || result.Length != plane.Pixels * plane.Channels)
            throw new ArgumentException("a still network's alpha has one value a pixel");
        int offset = plane.Offset(output.Channel), step = plane.Step;
        switch (output.Activation)
        {
            case "softmax":
                Softmax(result, plane, output.Channel, alpha);
                return;
            case "sigmoid":
                for (int i = 0, at = offset; i < alpha.Length; i++, at += step)
                    alpha[i] = Unit(1 / (1 + MathF.Exp(-result[at])));
                return;
            default:
                for (int i = 0, at = offset; i < alpha.Length; i++, at += step)
                    alpha[i] = Unit(result[at]);
                return;
        }
    }

    /// <summary>exp(c) / sum of exp: over the differences to the channel's own value, so that nothing overflows into nonsense.</summary>
    private static void Softmax(ReadOnlySpan<float> result, StillPlane plane, int channel, Span<float> alpha)
    {
        int step = plane.Step;
        for (int i = 0; i < alpha.Length; i++)
        {
            float own = result[plane.Offset(channel) + (i * step)], sum = 0;
            for (int c = 0; c < plane.Channels; c++)
                sum += MathF.Exp(result[plane.Offset(c) + (i * step)] - own);
            alpha[i] = Unit(1 / sum);
        }
    }

    /// <summary>What is no number is 0.</summary>
    private static float Unit(float value) => value > 0 ? Math.Min(value, 1) : 0;
}
