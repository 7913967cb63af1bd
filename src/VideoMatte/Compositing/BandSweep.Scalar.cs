using System.Numerics;

namespace VideoMatte.Compositing;

internal static partial class BandSweep
{
    internal static void RelaxScalar(
        ReadOnlySpan<BandCell> cells, ReadOnlySpan<Vector2> picture, int first, Span<Vector4> values, Vector4 low, Vector4 high)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            BandCell cell = cells[i];
            Vector4 left = values[cell.Left], right = values[cell.Right], above = values[cell.Above], below = values[cell.Below];
            Vector4 own = values[first + i], result = default;
            for (int plane = 0; plane < 2; plane++)
            {
                int back = plane + 2;
                float f = (own[plane] * cell.Own.X) + (left[plane] * cell.Across.X) + (right[plane] * cell.Across.Z)
                    + (above[plane] * cell.Down.X) + (below[plane] * cell.Down.Z);
                float b = (own[back] * cell.Own.Y) + (left[back] * cell.Across.Y) + (right[back] * cell.Across.W)
                    + (above[back] * cell.Down.Y) + (below[back] * cell.Down.W);
                float residual = picture[i][plane] - ((f * cell.Alpha) + (b * (1 - cell.Alpha)));
                result[plane] = Math.Min(Math.Max(f + (residual * cell.Own.Z), low[plane]), high[plane]);
                result[back] = Math.Min(Math.Max(b + (residual * cell.Own.W), low[back]), high[back]);
            }

            values[first + i] = result;
        }
    }
}
