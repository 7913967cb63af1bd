namespace VideoMatte.Models;

/// <summary>How a picture is fed to a still network: each sample x of 0..255 becomes (x * Scale - Mean[c]) / Std[c].</summary>
/// <param name="Name">The graph's input tensor.</param>
/// <param name="Width">Columns the picture is stretched to.</param>
/// <param name="Height">Rows the picture is stretched to.</param>
/// <param name="Layout"><c>nchw</c> or <c>nhwc</c>.</param>
/// <param name="Order"><c>rgb</c> or <c>bgr</c>.</param>
/// <param name="Scale">Factor from 0..255; not 0.</param>
/// <param name="Mean">Three numbers, in <paramref name="Order"/>.</param>
/// <param name="Std">Three numbers, none 0.</param>
public sealed record ModelInput(
    string Name, int Width, int Height, string Layout, string Order, double Scale, IReadOnlyList<double> Mean, IReadOnlyList<double> Std);
