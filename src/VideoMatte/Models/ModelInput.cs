namespace VideoMatte.Models;

/// <summary>How a picture is fed to a still or trimap network: each sample x of 0..255 becomes (x * Scale - Mean[c]) / Std[c].</summary>
/// <param name="Width">Columns the picture is stretched to; with <paramref name="Multiple"/>, see there.</param>
/// <param name="Height">Rows the picture is stretched to.</param>
/// <param name="Layout"><c>nchw</c> or <c>nhwc</c>.</param>
/// <param name="Order"><c>rgb</c> or <c>bgr</c>.</param>
/// <param name="Scale">Factor from 0..255; not 0.</param>
/// <param name="Mean">Three numbers, in <paramref name="Order"/>.</param>
/// <param name="Std">Three numbers, none 0.</param>
/// <param name="Name">The graph's input tensor; null: its only one.</param>
/// <param name="Multiple">0: the size is fixed. Else the picture keeps its shape: its shorter side becomes the smaller of Width and Height,
/// and both sides are rounded to multiples of this number (networks of any size).</param>
/// <param name="Trimap">Of a trimap network; null: it takes none.</param>
public sealed record ModelInput(
    int Width,
    int Height,
    string Layout,
    string Order,
    double Scale,
    IReadOnlyList<double> Mean,
    IReadOnlyList<double> Std,
    string? Name = null,
    int Multiple = 0,
    ModelTrimap? Trimap = null)
{
    /// <summary>Longest side fed to a network of any size, over its shorter side's: very long pictures are squeezed beyond it.</summary>
    private const int MostElongated = 4;

    /// <summary>The size a picture of <paramref name="width"/> x <paramref name="height"/> is fed at.</summary>
    public (int Width, int Height) SizeFor(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (Multiple == 0)
            return (Width, Height);
        double shorter = Math.Min(Width, Height), scale = shorter / Math.Min(width, height);
        return (Side(width * scale), Side(height * scale));

        int Side(double length) =>
            Math.Max(1, (int)Math.Round(Math.Min(length, MostElongated * shorter) / Multiple, MidpointRounding.AwayFromZero)) * Multiple;
    }
}
