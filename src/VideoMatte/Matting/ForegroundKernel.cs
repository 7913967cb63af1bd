namespace VideoMatte.Matting;

/// <summary>One row at a time from R'G'B' floats to the codes of a picture, keeping the source's own where coverage is full. Scalar twins
/// are the truth, vector twins give the same bits.</summary>
internal static partial class ForegroundKernel
{
    /// <summary>output = alpha full ? source : nearest code to offset + weights . (r, g, b), within low..high.</summary>
    public static void Codes<T>(
        ReadOnlySpan<float> r, ReadOnlySpan<float> g, ReadOnlySpan<float> b, in Quantiser quantiser,
        ReadOnlySpan<ushort> alpha, ReadOnlySpan<T> source, Span<T> output)
        where T : unmanaged
    {
        ViewKernel.CheckSample<T>();
        int count = output.Length;
        ViewKernel.Check(r.Length, count);
        ViewKernel.Check(g.Length, count);
        ViewKernel.Check(b.Length, count);
        ViewKernel.Check(alpha.Length, count);
        ViewKernel.Check(source.Length, count);
        CodesVector(r, g, b, quantiser, alpha, source, output);
    }

    /// <summary>output (+)= weights . (r, g, b).</summary>
    /// <param name="add">True adds to what is there, false writes.</param>
    public static void Weigh(
        ReadOnlySpan<float> r, ReadOnlySpan<float> g, ReadOnlySpan<float> b, RgbWeights weights, bool add, Span<float> output)
    {
        ViewKernel.Check(r.Length, output.Length);
        ViewKernel.Check(g.Length, output.Length);
        ViewKernel.Check(b.Length, output.Length);
        WeighVector(r, g, b, weights, add, output);
    }

    /// <summary>output (+)= alpha full ? 0 : weight. After the same filter as the colour's, 0 says: every pixel below is full.</summary>
    public static void MarkUnsure(ReadOnlySpan<ushort> alpha, float weight, bool add, Span<float> output)
    {
        ViewKernel.Check(alpha.Length, output.Length);
        MarkUnsureVector(alpha, weight, add, output);
    }

    /// <summary>Half as many columns, each around an even one: weights 1/4, 1/2, 1/4; the ends repeat.</summary>
    /// <param name="half">(columns + 1) / 2 values.</param>
    public static void GatherLeft(ReadOnlySpan<float> full, Span<float> half)
    {
        ViewKernel.Check(half.Length, (full.Length + 1) / 2);
        GatherLeftVector(full, half);
    }

    /// <summary>Half as many columns, each the mean of a pair; a single last one is itself.</summary>
    public static void GatherCentre(ReadOnlySpan<float> full, Span<float> half)
    {
        ViewKernel.Check(half.Length, (full.Length + 1) / 2);
        GatherCentreVector(full, half);
    }

    /// <summary>output = unsure 0 ? source : nearest code to offset + value, within low..high.</summary>
    public static void ChromaCodes<T>(
        ReadOnlySpan<float> values, ReadOnlySpan<float> unsure, in Quantiser quantiser, ReadOnlySpan<T> source, Span<T> output)
        where T : unmanaged
    {
        ViewKernel.CheckSample<T>();
        ViewKernel.Check(values.Length, output.Length);
        ViewKernel.Check(unsure.Length, output.Length);
        ViewKernel.Check(source.Length, output.Length);
        ChromaCodesVector(values, unsure, quantiser, source, output);
    }

    /// <param name="Weights">Codes a unit of R, G, B adds.</param>
    /// <param name="Offset">The code of 0.</param>
    /// <param name="Low">The lowest legal code.</param>
    /// <param name="High">The highest legal code.</param>
    internal readonly record struct Quantiser(RgbWeights Weights, float Offset, float Low, float High);
}
