namespace VideoMatte.Media;

/// <summary>Languages by ISO 639-2, where twenty have two codes, and QuickTime's own list, for which ffmpeg knows one of the two.</summary>
internal static class Languages
{
    /// <summary>Bibliographic and terminological code of a language; first the one that ffmpeg's .mov muxer writes, as far as it does.</summary>
    private static readonly (string Written, string Other)[] Pairs =
    [
        ("fra", "fre"), ("ger", "deu"), ("dut", "nld"), ("gre", "ell"), ("ces", "cze"), ("slk", "slo"), ("ron", "rum"), ("chi", "zho"), ("ice", "isl"), ("alb", "sqi"),
        ("per", "fas"), ("mac", "mkd"), ("may", "msa"), ("arm", "hye"), ("baq", "eus"), ("bur", "mya"), ("geo", "kat"), ("mao", "mri"), ("tib", "bod"), ("wel", "cym"),
    ];

    /// <summary>The code to write for the source's.</summary>
    public static string For(MediaContainer container, string code) =>
        container == MediaContainer.Mov ? Pairs.FirstOrDefault(p => p.Other == code, (Written: code, Other: code)).Written : code;

    public static bool AreSame(string one, string other) => one == other || For(MediaContainer.Mov, one) == For(MediaContainer.Mov, other);
}
