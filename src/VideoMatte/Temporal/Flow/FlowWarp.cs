using VideoMatte.Frames;

namespace VideoMatte.Temporal.Flow;

/// <summary>Brings a plane along a flow: result(p) = source(p + flow(p)), so that the flow is the one from the result's moment to the
/// source's. Linear interpolation between the four samples around; beyond the border its samples are repeated. The flow may be of a lower
/// size than the plane: its vectors are interpolated linearly and grown as the plane is. Nothing is allocated per plane. Used by one caller
/// at a time.</summary>
public sealed class FlowWarp
{
    private readonly int _flowWidth;
    private readonly int _flowHeight;
    private readonly RowSpreader _spreader;
    private readonly float[] _u;
    private readonly float[] _v;

    /// <param name="flowWidth">Columns of the flows that will come.</param>
    /// <param name="flowHeight">Rows of the flows.</param>
    /// <param name="width">Columns of the planes.</param>
    /// <param name="height">Rows of the planes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public FlowWarp(int flowWidth, int flowHeight, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(flowWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(flowHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (_flowWidth, _flowHeight, Width, Height) = (flowWidth, flowHeight, width, height);
        _spreader = new RowSpreader(flowWidth, width);
        (_u, _v) = (new float[width], new float[width]);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Warps a matte.</summary>
    /// <param name="source">Width x Height samples, row after row.</param>
    /// <param name="flow">Of the flow's size, in its own pixels.</param>
    /// <param name="result">As many samples; not the source's memory. Rounded to the nearest; equal samples around stay exact.</param>
    /// <exception cref="ArgumentException">A size is not the one it was made for.</exception>
    public void Warp(ReadOnlySpan<ushort> source, FlowField flow, Span<ushort> result) => Warp(source, flow, result, 0, Height);

    /// <summary>Warps some rows of a matte; the rest of the result stays.</summary>
    /// <param name="source">As for the whole.</param>
    /// <param name="flow">As for the whole.</param>
    /// <param name="result">As for the whole.</param>
    /// <param name="firstRow">First row to do.</param>
    /// <param name="endRow">The row after the last, at most Height.</param>
    public void Warp(ReadOnlySpan<ushort> source, FlowField flow, Span<ushort> result, int firstRow, int endRow)
    {
        Check(source.Length, flow, result.Length, firstRow, endRow);
        for (int y = firstRow; y < endRow; y++)
        {
            Vectors(flow, y, out ReadOnlySpan<float> u, out ReadOnlySpan<float> v);
            WarpKernel.Warp(source, Width, Height, y, u, v, result.Slice(y * Width, Width));
        }
    }

    /// <summary>Warps an 8-bit picture.</summary>
    /// <inheritdoc cref="Warp(ReadOnlySpan{ushort}, FlowField, Span{ushort})"/>
    public void Warp(ReadOnlySpan<byte> source, FlowField flow, Span<byte> result) => Warp(source, flow, result, 0, Height);

    /// <summary>Warps some rows of an 8-bit picture; the rest of the result stays.</summary>
    /// <inheritdoc cref="Warp(ReadOnlySpan{ushort}, FlowField, Span{ushort}, int, int)"/>
    public void Warp(ReadOnlySpan<byte> source, FlowField flow, Span<byte> result, int firstRow, int endRow)
    {
        Check(source.Length, flow, result.Length, firstRow, endRow);
        for (int y = firstRow; y < endRow; y++)
        {
            Vectors(flow, y, out ReadOnlySpan<float> u, out ReadOnlySpan<float> v);
            WarpKernel.Warp(source, Width, Height, y, u, v, result.Slice(y * Width, Width));
        }
    }

    /// <summary>Brings labels along: each has the one at the nearest place.</summary>
    /// <inheritdoc cref="Warp(ReadOnlySpan{ushort}, FlowField, Span{ushort})"/>
    public void WarpNearest(ReadOnlySpan<byte> source, FlowField flow, Span<byte> result)
    {
        Check(source.Length, flow, result.Length, 0, Height);
        for (int y = 0; y < Height; y++)
        {
            Vectors(flow, y, out ReadOnlySpan<float> u, out ReadOnlySpan<float> v);
            Span<byte> row = result.Slice(y * Width, Width);
            for (int x = 0; x < row.Length; x++)
            {
                int column = Math.Clamp((int)MathF.Round(x + u[x]), 0, Width - 1), line = Math.Clamp((int)MathF.Round(y + v[x]), 0, Height - 1);
                row[x] = source[(line * Width) + column];
            }
        }
    }

    /// <summary>The flow of a row of the plane, in the plane's pixels.</summary>
    private void Vectors(FlowField flow, int y, out ReadOnlySpan<float> u, out ReadOnlySpan<float> v)
    {
        if (_flowWidth == Width && _flowHeight == Height)
        {
            u = flow.U.Slice(y * Width, Width);
            v = flow.V.Slice(y * Width, Width);
            return;
        }

        float at = Math.Clamp(((y + .5f) * _flowHeight / Height) - .5f, 0, _flowHeight - 1);
        int near = (int)at, far = Math.Min(near + 1, _flowHeight - 1);
        _spreader.Select(flow.U, flow.V, near, far);
        RowKernel.Mix(_spreader.Near1, _spreader.Far1, 1 - (at - near), at - near, (float)Width / _flowWidth, _u);
        RowKernel.Mix(_spreader.Near2, _spreader.Far2, 1 - (at - near), at - near, (float)Height / _flowHeight, _v);
        u = _u;
        v = _v;
    }

    private void Check(int source, FlowField flow, int result, int firstRow, int endRow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (source != Width * Height || result != source || flow.Width != _flowWidth || flow.Height != _flowHeight)
            throw new ArgumentException("flow warp: a plane or flow of another size than it was made for");
        if (firstRow < 0 || endRow > Height)
            throw new ArgumentException("flow warp: rows outside the plane");
        _spreader.Forget();
    }
}
