using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>ffmpeg's names of the code points of H.273: as ffprobe prints them, and as options take them.</summary>
public static class ColourNames
{
    private static readonly (ColourMatrix Value, string Name)[] Matrices =
    [
        (ColourMatrix.Identity, "gbr"), (ColourMatrix.Bt709, "bt709"), (ColourMatrix.Fcc, "fcc"), (ColourMatrix.Bt470Bg, "bt470bg"),
        (ColourMatrix.Smpte170M, "smpte170m"), (ColourMatrix.Smpte240M, "smpte240m"), (ColourMatrix.YCgCo, "ycgco"),
        (ColourMatrix.Bt2020NonConstant, "bt2020nc"), (ColourMatrix.Bt2020Constant, "bt2020c"),
    ];

    private static readonly (ColourPrimaries Value, string Name)[] PrimariesNames =
    [
        (ColourPrimaries.Bt709, "bt709"), (ColourPrimaries.Bt470M, "bt470m"), (ColourPrimaries.Bt470Bg, "bt470bg"),
        (ColourPrimaries.Smpte170M, "smpte170m"), (ColourPrimaries.Smpte240M, "smpte240m"), (ColourPrimaries.Film, "film"),
        (ColourPrimaries.Bt2020, "bt2020"), (ColourPrimaries.Smpte428, "smpte428"), (ColourPrimaries.Smpte431, "smpte431"),
        (ColourPrimaries.Smpte432, "smpte432"), (ColourPrimaries.Ebu3213, "ebu3213"),
    ];

    private static readonly (ColourTransfer Value, string Name)[] Transfers =
    [
        (ColourTransfer.Bt709, "bt709"), (ColourTransfer.Gamma22, "bt470m"), (ColourTransfer.Gamma28, "bt470bg"),
        (ColourTransfer.Smpte170M, "smpte170m"), (ColourTransfer.Smpte240M, "smpte240m"), (ColourTransfer.Linear, "linear"),
        (ColourTransfer.Log100, "log100"), (ColourTransfer.Log316, "log316"), (ColourTransfer.Iec61966X2X4, "iec61966-2-4"),
        (ColourTransfer.Bt1361, "bt1361e"), (ColourTransfer.Srgb, "iec61966-2-1"), (ColourTransfer.Bt2020Bits10, "bt2020-10"),
        (ColourTransfer.Bt2020Bits12, "bt2020-12"), (ColourTransfer.Pq, "smpte2084"), (ColourTransfer.Smpte428, "smpte428"),
        (ColourTransfer.Hlg, "arib-std-b67"),
    ];

    private static readonly (ChromaSiting Value, string Name)[] Sitings =
        [(ChromaSiting.Left, "left"), (ChromaSiting.Centre, "center"), (ChromaSiting.TopLeft, "topleft")];

    /// <summary>As ffprobe and <c>setparams</c> name it; <c>unknown</c> where unspecified.</summary>
    public static string Of(ColourMatrix matrix) => Name(Matrices, matrix, "unknown");

    /// <summary><c>tv</c> or <c>pc</c>.</summary>
    public static string Of(ColourRange range) => range == ColourRange.Full ? "pc" : "tv";

    /// <summary>As ffprobe and <c>setparams</c> name it; <c>unknown</c> where unspecified.</summary>
    public static string Of(ColourPrimaries primaries) => Name(PrimariesNames, primaries, "unknown");

    /// <summary>As ffprobe and <c>setparams</c> name it; <c>unknown</c> where unspecified.</summary>
    public static string Of(ColourTransfer transfer) => Name(Transfers, transfer, "unknown");

    /// <summary>As ffprobe names it; <c>unspecified</c> where unspecified.</summary>
    public static string Of(ChromaSiting siting) => Name(Sitings, siting, "unspecified");

    /// <summary>Anything unknown is <see cref="ColourMatrix.Unspecified"/>.</summary>
    public static ColourMatrix Matrix(string? name) => name == "rgb" ? ColourMatrix.Identity : Value(Matrices, name, ColourMatrix.Unspecified);

    /// <summary>Null where the source does not say.</summary>
    public static ColourRange? Range(string? name) => name switch { "tv" => ColourRange.Limited, "pc" => ColourRange.Full, _ => null };

    /// <summary>Anything unknown is <see cref="ColourPrimaries.Unspecified"/>.</summary>
    public static ColourPrimaries Primaries(string? name) => Value(PrimariesNames, name, ColourPrimaries.Unspecified);

    /// <summary>Anything unknown is <see cref="ColourTransfer.Unspecified"/>.</summary>
    public static ColourTransfer Transfer(string? name) => name switch
    {
        "gamma22" => ColourTransfer.Gamma22,
        "gamma28" => ColourTransfer.Gamma28,
        _ => Value(Transfers, name, ColourTransfer.Unspecified),
    };

    /// <summary>Anything unknown, and the sitings we have no name for, is <see cref="ChromaSiting.Unspecified"/>.</summary>
    public static ChromaSiting Siting(string? name) => Value(Sitings, name, ChromaSiting.Unspecified);

    /// <summary>A matrix as the <c>scale</c> filter takes it in <c>in_color_matrix</c> and <c>out_color_matrix</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The filter cannot convert from or to it.</exception>
    public static string ForScale(ColourMatrix matrix) => matrix switch
    {
        ColourMatrix.Bt709 => "bt709",
        ColourMatrix.Fcc => "fcc",
        ColourMatrix.Bt470Bg or ColourMatrix.Smpte170M => "smpte170m",
        ColourMatrix.Smpte240M => "smpte240m",
        ColourMatrix.Bt2020NonConstant or ColourMatrix.Bt2020Constant => "bt2020",
        _ => throw new ArgumentOutOfRangeException(nameof(matrix), matrix, "ffmpeg's scaler has no such matrix"),
    };

    private static string Name<T>((T Value, string Name)[] table, T value, string otherwise)
        where T : struct, Enum
    {
        foreach ((T known, string name) in table)
            if (EqualityComparer<T>.Default.Equals(known, value))
                return name;
        return otherwise;
    }

    private static T Value<T>((T Value, string Name)[] table, string? name, T otherwise)
        where T : struct, Enum
    {
        foreach ((T value, string known) in table)
            if (known == name)
                return value;
        return otherwise;
    }
}
