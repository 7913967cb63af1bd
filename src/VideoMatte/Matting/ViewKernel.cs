using System.Globalization;
using System.Runtime.CompilerServices;

namespace VideoMatte.Matting;

/// <summary>One row at a time from samples to R'G'B' floats. Each operation checks its counts; the scalar twin is the truth, the vector
/// twin gives the same bits.</summary>
internal static partial class ViewKernel
{
    /// <summary>R'G'B' made from 8-bit samples is rounded to these steps, as in the 8-bit pictures the networks were trained on: on flat dark
    /// parts the mattes of RVM answer to what lies between the steps by more than a code of 8 bits. Deeper samples are not rounded.</summary>
    private const float Steps = 255;

    /// <summary>output = clamp((code - offset) / span, 0, 1), in steps where samples are bytes.</summary>
    public static void Scale<T>(ReadOnlySpan<T> codes, float offset, float span, Span<float> output)
        where T : unmanaged
    {
        CheckSample<T>();
        Check(codes.Length, output.Length);
        ScaleVector(codes, offset, 1 / span, output);
    }

    /// <summary>Between two rows: output = nearWeight near + (1 - nearWeight) far - neutral, in codes.</summary>
    public static void Blend<T>(ReadOnlySpan<T> near, ReadOnlySpan<T> far, float nearWeight, float neutral, Span<float> output)
        where T : unmanaged
    {
        CheckSample<T>();
        Check(near.Length, output.Length);
        Check(far.Length, output.Length);
        BlendVector(near, far, nearWeight, neutral, output);
    }

    /// <summary>Twice as many columns, each even one on a sample, each odd one between two (left siting); the last repeats.</summary>
    /// <param name="half">(columns + 1) / 2 values.</param>
    /// <param name="full">One value a column.</param>
    public static void SpreadLeft(ReadOnlySpan<float> half, Span<float> full)
    {
        Check(half.Length, (full.Length + 1) / 2);
        SpreadLeftVector(half, full);
    }

    /// <summary>Twice as many columns, each pair around its sample (centre siting): weights 3/4 and 1/4; the ends repeat.</summary>
    public static void SpreadCentre(ReadOnlySpan<float> half, Span<float> full)
    {
        Check(half.Length, (full.Length + 1) / 2);
        SpreadCentreVector(half, full);
    }

    /// <summary>R, G, B = clamp(luma + fromCb cb + fromCr cr, 0, 1), in steps where samples are bytes.</summary>
    /// <param name="luma">Codes.</param>
    /// <param name="cb">Codes less the neutral one.</param>
    /// <param name="cr">Codes less the neutral one.</param>
    /// <param name="weights">Its spans are divided out of the weights here.</param>
    public static void ToRgb<T>(
        ReadOnlySpan<T> luma, ReadOnlySpan<float> cb, ReadOnlySpan<float> cr, in ColourTransform weights,
        Span<float> r, Span<float> g, Span<float> b)
        where T : unmanaged
    {
        CheckSample<T>();
        int count = luma.Length;
        Check(cb.Length, count);
        Check(cr.Length, count);
        Check(r.Length, count);
        Check(g.Length, count);
        Check(b.Length, count);
        ToRgbVector(luma, cb, cr, new Factors(weights), r, g, b);
    }

    /// <exception cref="ArgumentException">The lengths differ.</exception>
    internal static void Check(int found, int expected, [CallerMemberName] string operation = "")
    {
        if (found != expected)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{operation}: {found} values where {expected} belong"));
    }

    /// <exception cref="NotSupportedException">Samples are neither bytes nor 16-bit words.</exception>
    internal static void CheckSample<T>()
    {
        if (typeof(T) != typeof(byte) && typeof(T) != typeof(ushort))
            throw new NotSupportedException($"samples of {typeof(T)}");
    }

    /// <summary>What one code of Y', Cb, Cr adds.</summary>
    internal readonly struct Factors(in ColourTransform transform)
    {
        public readonly float Black = transform.LumaOffset;
        public readonly float Luma = 1 / transform.LumaSpan;
        public readonly RgbWeights Cb = transform.FromCb * (1 / transform.ChromaSpan);
        public readonly RgbWeights Cr = transform.FromCr * (1 / transform.ChromaSpan);
    }
}
