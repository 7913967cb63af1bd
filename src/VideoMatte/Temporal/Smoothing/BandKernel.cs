using System.Numerics;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>What <see cref="SmoothingBand"/> does pixel by pixel.</summary>
internal static class BandKernel
{
    /// <summary>share = 1 where alpha is between sure and 1 - sure, else 0.</summary>
    public static void Unsure(ReadOnlySpan<float> alpha, float sure, Span<float> share)
    {
        int i = 0;
        for (; i <= share.Length - Vector<float>.Count; i += Vector<float>.Count)
            (Vector<float>.One & IsUnsure(new Vector<float>(alpha[i..]), sure)).CopyTo(share[i..]);
        for (; i < share.Length; i++)
            share[i] = IsUnsure(alpha[i], sure) ? 1 : 0;
    }

    /// <summary>share = 1 where a neighbour that is trusted more than <paramref name="sure"/> is unsure, or differs by more than
    /// <paramref name="differs"/>, weighed by its confidence; the rest stays.</summary>
    public static void Differing(
        ReadOnlySpan<float> own, ReadOnlySpan<float> there, ReadOnlySpan<float> confidence, float sure, float differs, Span<float> share)
    {
        int i = 0;
        for (; i <= share.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> other = new(there[i..]), trust = new(confidence[i..]);
            Vector<int> marked = Vector.GreaterThan(trust, new Vector<float>(sure))
                & (IsUnsure(other, sure).As<float, int>() | Vector.GreaterThan(trust * Vector.Abs(other - new Vector<float>(own[i..])), new Vector<float>(differs)));
            Vector.ConditionalSelect(marked, Vector<float>.One, new Vector<float>(share[i..])).CopyTo(share[i..]);
        }

        for (; i < share.Length; i++)
            if (confidence[i] > sure && (IsUnsure(there[i], sure) || confidence[i] * Math.Abs(there[i] - own[i]) > differs))
                share[i] = 1;
    }

    /// <summary>speed = the greater of itself and the vector's length.</summary>
    public static void Fastest(ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<float> speed)
    {
        int i = 0;
        for (; i <= speed.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> right = new(u[i..]), down = new(v[i..]);
            Vector.MaxNative(new Vector<float>(speed[i..]), Vector.SquareRoot((right * right) + (down * down))).CopyTo(speed[i..]);
        }

        for (; i < speed.Length; i++)
            speed[i] = Math.Max(speed[i], MathF.Sqrt((u[i] * u[i]) + (v[i] * v[i])));
    }

    /// <summary>Each value by its place between two bounds: 0 at the lower and below, 1 at the upper and above.</summary>
    public static void Between(Span<float> values, float lower, float upper)
    {
        int i = 0;
        float scale = 1 / (upper - lower);
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.MinNative(Vector.MaxNative((new Vector<float>(values[i..]) - new Vector<float>(lower)) * scale, Vector<float>.Zero), Vector<float>.One)
                .CopyTo(values[i..]);
        for (; i < values.Length; i++)
            values[i] = Math.Clamp((values[i] - lower) * scale, 0, 1);
    }

    private static Vector<float> IsUnsure(Vector<float> alpha, float sure) =>
        (Vector.GreaterThan(alpha, new Vector<float>(sure)) & Vector.LessThan(alpha, new Vector<float>(1 - sure))).As<int, float>();

    private static bool IsUnsure(float alpha, float sure) => alpha > sure && alpha < 1 - sure;
}
