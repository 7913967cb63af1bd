using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

/// <summary>What <c>--matte-levels</c> asks for.</summary>
/// <param name="Black">Alpha that becomes 0, 0..1.</param>
/// <param name="White">Alpha that becomes 1, above <paramref name="Black"/>, up to 1.</param>
/// <param name="Gamma">Above 1 lifts the middle, below 1 lowers it; 0.01 to 100.</param>
public sealed record MatteLevels(double Black, double White, double Gamma = 1)
{
    private const double LeastGamma = 0.01, MostGamma = 100;

    public static MatteLevels Unchanged { get; } = new(0, 1);

    public bool ChangesNothing => this == Unchanged;

    /// <summary>Reads <c>B,W</c> or <c>B,W,GAMMA</c>, with a point before decimals.</summary>
    /// <exception cref="MatteException">Usage, <c>matte-levels</c>.</exception>
    public static MatteLevels Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(',');
        double[] values = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
            if (!double.TryParse(parts[i], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out values[i]))
                throw Wrong(text);
        if (values.Length is not (2 or 3) || !(values[0] >= 0) || !(values[1] <= 1) || !(values[0] < values[1]))
            throw Wrong(text);
        double gamma = values.Length == 3 ? values[2] : 1;
        return gamma is >= LeastGamma and <= MostGamma ? new MatteLevels(values[0], values[1], gamma) : throw Wrong(text);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Black},{White},{Gamma}");

    private static MatteException Wrong(string text) => new(ErrorKind.Usage, "matte-levels", string.Create(CultureInfo.InvariantCulture,
        $"--matte-levels {text}: give B,W or B,W,GAMMA with 0 <= B < W <= 1 and GAMMA from {LeastGamma} to {MostGamma}, such as 0.05,0.9."));
}
