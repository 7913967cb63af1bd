using System.Numerics;

namespace VideoMatte.Temporal.Flow;

/// <summary>What the pictures say of each pixel's flow (u, v), linearised where the flow is now: three lines a u + b v = k, of constant
/// brightness and of constant gradient to the right and downwards, each divided by the length of its own (a, b) (Zimmer et al., "Optic flow in
/// harmony", 2011), so that strong edges do not count more than weak ones.</summary>
internal static partial class ConstraintKernel
{
    /// <summary>Lines of values a pixel gets: a, b, k three times.</summary>
    public const int Planes = 9;

    /// <summary>Samples that the lines of pictures must hold before the first pixel and behind the last.</summary>
    public const int Border = 2;

    /// <summary>Under the root of the divisor, in squared codes: noise below a tenth of a code does not count as an edge.</summary>
    private const float Floor = .01f;

    /// <summary>Makes one line.</summary>
    /// <param name="mean">The mean of the picture looked from and the other one brought to it: five lines, the pixel's own in the middle.</param>
    /// <param name="change">The other one brought, less the one looked from: likewise, only the inner three are read.</param>
    /// <param name="u">The flow now, to the right.</param>
    /// <param name="v">Downwards.</param>
    /// <param name="result"><see cref="Planes"/> lines of as many values.</param>
    public static void Line(in FiveLines mean, in FiveLines change, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<float> result)
    {
        int count = u.Length, reach = count + (2 * Border);
        if (v.Length != count || result.Length != Planes * count || !mean.Hold(reach) || !change.Hold(reach))
            throw new ArgumentException("constraints: a line is too short");
        if (Vector.IsHardwareAccelerated)
            LineVector(mean, change, u, v, result);
        else
            LineScalar(mean, change, u, v, result, 0);
    }
}
