using System.Runtime.Intrinsics.X86;
using Xunit;

namespace VideoMatte.Testing;

/// <summary>A fact about a vector twin that gathers: only where the processor can, as the kernel itself asks.</summary>
public sealed class Avx2FactAttribute : FactAttribute
{
    public Avx2FactAttribute()
    {
        if (!Avx2.IsSupported)
            Skip = "needs AVX2; the scalar twin is what runs here";
    }
}
