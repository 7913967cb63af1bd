using System.Numerics;
using System.Runtime.Intrinsics;

namespace VideoMatte.Compositing;

internal static partial class BandSweep
{
    /// <summary>A cell's F and B of both planes are one vector; sums are taken in the scalar twin's order, so that both agree bit for
    /// bit.</summary>
    internal static void RelaxVector(
        ReadOnlySpan<BandCell> cells, ReadOnlySpan<Vector2> picture, int first, Span<Vector4> values, Vector4 low, Vector4 high)
    {
        Vector128<float> least = low.AsVector128(), most = high.AsVector128();
        for (int i = 0; i < cells.Length; i++)
        {
            ref readonly BandCell cell = ref cells[i];
            Vector128<float> across = cell.Across.AsVector128(), down = cell.Down.AsVector128(), own = cell.Own.AsVector128();
            Vector128<float> mean = values[first + i].AsVector128() * Vector128.Shuffle(own, Vector128.Create(0, 0, 1, 1));
            mean += values[cell.Left].AsVector128() * Vector128.Shuffle(across, Vector128.Create(0, 0, 1, 1));
            mean += values[cell.Right].AsVector128() * Vector128.Shuffle(across, Vector128.Create(2, 2, 3, 3));
            mean += values[cell.Above].AsVector128() * Vector128.Shuffle(down, Vector128.Create(0, 0, 1, 1));
            mean += values[cell.Below].AsVector128() * Vector128.Shuffle(down, Vector128.Create(2, 2, 3, 3));
            float rest = 1 - cell.Alpha;
            Vector128<float> part = mean * Vector128.Create(cell.Alpha, cell.Alpha, rest, rest);
            Vector128<float> seen = new Vector4(picture[i], picture[i].X, picture[i].Y).AsVector128();
            Vector128<float> residual = seen - (part + Vector128.Shuffle(part, Vector128.Create(2, 3, 0, 1)));
            Vector128<float> moved = mean + (residual * Vector128.Shuffle(own, Vector128.Create(2, 2, 3, 3)));
            values[first + i] = Vector128.Min(Vector128.Max(moved, least), most).AsVector4();
        }
    }
}
