using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Tells whether what lies outside a matte is a screen: green or blue, saturated, and of one colour nearly everywhere.</summary>
internal static class ScreenFinder
{
    /// <summary>Every so many samples each way are looked at.</summary>
    private const int Stride = 4;

    /// <summary>Outside samples looked at below which nothing is said.</summary>
    private const int LeastSamples = 64;

    /// <summary>Least tint of the mean colour. Screens have .2 (in shadow) to .6; lawns and woods about .1.</summary>
    private const float LeastTint = .17f;

    /// <summary>A sample is the screen where its tint is at least this part of the mean's.</summary>
    private const float LeastPart = .5f;

    /// <summary>Least share of the outside that must be the screen: a stand or a lamp may show.</summary>
    private const double LeastShare = .85;

    /// <param name="picture">Of three planes.</param>
    /// <param name="alpha">At the samples of its second plane.</param>
    /// <param name="hue">The screen's; null where there is none.</param>
    /// <returns>False where too little of the outside is seen to tell.</returns>
    public static bool TryFind<T>(VideoFrame picture, ReadOnlySpan<ushort> alpha, out SpillHue? hue)
        where T : unmanaged
    {
        hue = null;
        FrameSamples<T> all = new(picture);
        int width = picture.Format.PlaneWidth(1);
        foreach (SpillHue candidate in (ReadOnlySpan<SpillHue>)[new(false, true, false), new(false, false, true)])
        {
            TintPlanes planes = new(picture.Format, candidate);
            int samples = 0, screen = 0;
            float mean = Walk(all, alpha, planes, width, float.MinValue, ref samples) / Math.Max(samples, 1);
            if (samples < LeastSamples)
                return false;
            Walk(all, alpha, planes, width, mean * LeastPart, ref screen);
            if (mean >= LeastTint && screen >= LeastShare * samples)
                hue = candidate;
        }

        return true;
    }

    /// <summary>Sum of the tints of at least <paramref name="least"/> outside the matte, and their number.</summary>
    private static float Walk<T>(in FrameSamples<T> picture, ReadOnlySpan<ushort> alpha, in TintPlanes planes, int width, float least, ref int count)
        where T : unmanaged
    {
        float sum = 0;
        for (int y = Stride / 2; y < alpha.Length / width; y += Stride)
        {
            for (int x = Stride / 2; x < width; x += Stride)
            {
                int i = (y * width) + x;
                if (alpha[i] >= ForegroundStage.LeastAlpha)
                    continue;
                float tint = planes.Tint(picture, i);
                if (tint < least)
                    continue;
                sum += tint;
                count++;
            }
        }

        return sum;
    }
}
