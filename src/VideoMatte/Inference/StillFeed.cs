using VideoMatte.Models;

namespace VideoMatte.Inference;

/// <summary>A picture as a still network wants it: order, scale, mean, standard deviation and layout of its entry.</summary>
internal static class StillFeed
{
    /// <param name="rgb">Planes R, G, B of 0..1, one after another, of the network's size.</param>
    /// <param name="input">The entry's facts.</param>
    /// <param name="fed">As many values; all are written.</param>
    public static void Write(ReadOnlySpan<float> rgb, ModelInput input, Span<float> fed)
    {
        if (rgb.Length != fed.Length || rgb.Length % 3 != 0)
            throw new ArgumentException("a still network's picture has three values a pixel");
        int pixels = rgb.Length / 3;
        bool last = input.Layout == "nhwc";
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<float> plane = rgb.Slice((input.Order == "bgr" ? 2 - channel : channel) * pixels, pixels);
            // (255 v Scale - Mean) / Std as one multiplication and one addition.
            float factor = (float)(255 * input.Scale / input.Std[channel]), offset = (float)(-input.Mean[channel] / input.Std[channel]);
            int at = last ? channel : channel * pixels, step = last ? 3 : 1;
            for (int i = 0; i < pixels; i++, at += step)
                fed[at] = (plane[i] * factor) + offset;
        }
    }
}
