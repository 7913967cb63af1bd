using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

public static partial class FlowConfidence
{
    internal static void OfErrorVector(ReadOnlySpan<float> error, Span<float> confidence)
    {
        ref float e = ref MemoryMarshal.GetReference(error), to = ref MemoryMarshal.GetReference(confidence);
        Vector256<float> scale = Vector256.Create(Scale);
        int i = 0;
        for (; i <= error.Length - 8; i += 8)
        {
            Vector256<float> part = Vector256.LoadUnsafe(ref e, (nuint)i) / scale;
            Vector256.Exp(-part * part).StoreUnsafe(ref to, (nuint)i);
        }

        OfErrorScalar(error, confidence, i);
    }
}
