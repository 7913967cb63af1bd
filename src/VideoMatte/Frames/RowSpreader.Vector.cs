using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VideoMatte.Frames;

internal sealed partial class RowSpreader
{
    /// <param name="small">Two samples or more.</param>
    /// <param name="first">For each result sample the small one before it, never the last; never falling.</param>
    /// <param name="share">Of the small sample behind that.</param>
    /// <param name="full">As many as <paramref name="first"/> and <paramref name="share"/>.</param>
    internal static unsafe void SpreadVector(ReadOnlySpan<float> small, ReadOnlySpan<int> first, ReadOnlySpan<float> share, Span<float> full)
    {
        ref int places = ref MemoryMarshal.GetReference(first);
        ref float shares = ref MemoryMarshal.GetReference(share), to = ref MemoryMarshal.GetReference(full);
        int x = 0;
        fixed (float* at = small)
        {
            for (; x <= full.Length - 8; x += 8)
            {
                Vector256<int> place = Vector256.LoadUnsafe(ref places, (nuint)x);
                int begin = first[x];
                Vector256<float> near, far;
                if (first[x + 7] - begin < 8 && begin + 9 <= small.Length)
                {
                    // Made larger, eight results come of no more than eight neighbours: picking among them is several times faster than gathering.
                    Vector256<int> picked = place - Vector256.Create(begin);
                    near = Avx2.PermuteVar8x32(Vector256.Load(at + begin), picked);
                    far = Avx2.PermuteVar8x32(Vector256.Load(at + begin + 1), picked);
                }
                else
                {
                    (near, far) = (Avx2.GatherVector256(at, place, 4), Avx2.GatherVector256(at + 1, place, 4));
                }

                (near + (Vector256.LoadUnsafe(ref shares, (nuint)x) * (far - near))).StoreUnsafe(ref to, (nuint)x);
            }
        }

        SpreadScalar(small, first, share, full, x);
    }
}
