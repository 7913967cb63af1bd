using VideoMatte.Frames;

namespace VideoMatte.Tests.Compositing.Edges;

/// <summary>A disc whose coverage is known, and what can be measured of it.</summary>
internal static class AnalyticDisc
{
    private const int Subsamples = 16, Rays = 360;

    /// <summary>Area-sampled: with <paramref name="ramp"/> up to 1 a hard edge, antialiased; else a linear ramp of that many pixels about the
    /// radius. Pixel centres lie at whole coordinates.</summary>
    public static AlphaMatte Draw(IFramePool pool, int size, double centreX, double centreY, double radius, double ramp)
    {
        AlphaMatte matte = AlphaMatte.Rent(pool, size, size);
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                double distance = Math.Sqrt(((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY)));
                // Far from the edge there is nothing to sample.
                matte.Row(y)[x] = Math.Abs(distance - radius) > ramp + 2
                    ? (ushort)(distance < radius ? 65535 : 0)
                    : (ushort)Math.Round(65535 * Coverage(x - centreX, y - centreY, radius, ramp));
            }

        return matte;
    }

    /// <summary>Mean distance from the centre at which alpha falls below a level, over all directions, between samples linearly.</summary>
    public static double RadiusAt(AlphaMatte matte, double centreX, double centreY, double level)
    {
        double sum = 0;
        for (int ray = 0; ray < Rays; ray++)
        {
            double angle = 2 * Math.PI * ray / Rays, c = Math.Cos(angle), s = Math.Sin(angle), radius = 5;
            while (At(matte, centreX + (radius * c), centreY + (radius * s)) >= level * 65535)
                radius += 0.02;
            sum += radius;
        }

        return sum / Rays;
    }

    private static double Coverage(double x, double y, double radius, double ramp)
    {
        double sum = 0;
        for (int i = 0; i < Subsamples; i++)
            for (int j = 0; j < Subsamples; j++)
            {
                double dx = x + ((i + 0.5) / Subsamples) - 0.5, dy = y + ((j + 0.5) / Subsamples) - 0.5, inside = radius - Math.Sqrt((dx * dx) + (dy * dy));
                sum += ramp <= 1 ? inside > 0 ? 1 : 0 : Math.Clamp((inside / ramp) + 0.5, 0, 1);
            }

        return sum / (Subsamples * Subsamples);
    }

    private static double At(AlphaMatte matte, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double across = x - left, down = y - top;
        ReadOnlySpan<ushort> upper = matte.Row(top), lower = matte.Row(top + 1);
        return ((1 - down) * (((1 - across) * upper[left]) + (across * upper[left + 1])))
            + (down * (((1 - across) * lower[left]) + (across * lower[left + 1])));
    }
}
