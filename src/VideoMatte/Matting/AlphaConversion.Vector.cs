using System.Numerics;
using VideoMatte.Frames;

namespace VideoMatte.Matting;

public static partial class AlphaConversion
{
    internal static void ToCodesVector(ReadOnlySpan<float> alpha, Span<ushort> codes)
    {
        int i = 0, step = Vector<float>.Count;
        Vector<float> scale = new(AlphaMatte.Opaque), low = Vector<float>.Zero;
        for (; i <= codes.Length - (2 * step); i += 2 * step)
        {
            Vector<int> a = SampleVectors.ToCode(new Vector<float>(alpha[i..]) * scale, low, scale);
            Vector<int> b = SampleVectors.ToCode(new Vector<float>(alpha[(i + step)..]) * scale, low, scale);
            Vector.Narrow(a.As<int, uint>(), b.As<int, uint>()).CopyTo(codes[i..]);
        }

        ToCodesScalar(alpha, codes, i);
    }
}
