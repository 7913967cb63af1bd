using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

/// <summary>Arithmetic on small grey pictures.</summary>
internal static class GreyKernel
{
    /// <summary>grey = neutral + soft (grey - neutral), rounded.</summary>
    public static void Fade(Span<byte> grey, ReadOnlySpan<float> soft, float neutral)
    {
        int i = 0;
        for (; i <= grey.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Create<byte>(grey[i..]));
            Vector128.Narrow(Faded(low, soft[i..]), Faded(high, soft[(i + Vector128<ushort>.Count)..])).CopyTo(grey[i..]);
        }

        for (; i < grey.Length; i++)
            grey[i] = (byte)(neutral + (soft[i] * (grey[i] - neutral)) + .5f);

        Vector128<ushort> Faded(Vector128<ushort> codes, ReadOnlySpan<float> shares)
        {
            (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(codes);
            Vector256<float> grey = Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32());
            Vector256<float> faded = Vector256.Create(neutral) + (Vector256.Create(shares) * (grey - Vector256.Create(neutral))) + Vector256.Create(.5f);
            Vector256<uint> rounded = Vector256.ConvertToInt32(faded).AsUInt32();
            return Vector128.Narrow(rounded.GetLower(), rounded.GetUpper());
        }
    }

    /// <summary>confidence x exp(-(d / likeness)^2), d being how far the two greys differ.</summary>
    public static void Weigh(ReadOnlySpan<byte> here, ReadOnlySpan<byte> there, float likeness, Span<float> confidence)
    {
        Vector256<float> scale = Vector256.Create(-1 / (likeness * likeness));
        int i = 0;
        for (; i <= confidence.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Difference(Vector128.Create(here[i..]), Vector128.Create(there[i..])));
            Weigh(low, scale, confidence[i..]);
            Weigh(high, scale, confidence[(i + Vector128<ushort>.Count)..]);
        }

        for (; i < confidence.Length; i++)
        {
            int d = here[i] - there[i];
            confidence[i] *= MathF.Exp(d * d * (-1 / (likeness * likeness)));
        }
    }

    private static void Weigh(Vector128<ushort> differences, Vector256<float> scale, Span<float> confidence)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(differences);
        Vector256<float> d = Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32());
        (Vector256.Create((ReadOnlySpan<float>)confidence) * Vector256.Exp(d * d * scale)).CopyTo(confidence);
    }

    private static Vector128<byte> Difference(Vector128<byte> a, Vector128<byte> b) => Vector128.Max(a, b) - Vector128.Min(a, b);
}
