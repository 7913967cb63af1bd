using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

/// <summary>Levels of a matte, alpha' = clip((alpha - black) / (white - black)) ^ (1 / gamma), as a table of all 65536 codes: each result is
/// the formula's in double precision, rounded once, halves up.</summary>
/// <param name="levels">Validated.</param>
internal sealed class LevelsTable(MatteLevels levels)
{
    private readonly ushort[] _codes = Codes(levels);

    /// <summary>The result for one code.</summary>
    public ushort this[ushort alpha] => _codes[alpha];

    /// <summary>Changes the samples in place.</summary>
    /// <remarks>No vector twin: a table of this size is faster looked up than calculated, and the processor gathers one by one.</remarks>
    public void Apply(Span<ushort> alpha)
    {
        ref ushort codes = ref _codes[0];
        for (int i = 0; i < alpha.Length; i++)
            alpha[i] = System.Runtime.CompilerServices.Unsafe.Add(ref codes, alpha[i]);
    }

    private static ushort[] Codes(MatteLevels levels)
    {
        ushort[] codes = new ushort[AlphaMatte.Opaque + 1];
        double black = levels.Black, span = levels.White - levels.Black, power = 1 / levels.Gamma;
        for (int i = 0; i < codes.Length; i++)
        {
            double share = Math.Clamp((((double)i / AlphaMatte.Opaque) - black) / span, 0, 1);
            codes[i] = (ushort)((Math.Pow(share, power) * AlphaMatte.Opaque) + 0.5);
        }

        return codes;
    }
}
