using System.Numerics;

namespace VideoMatte.Compositing;

/// <summary>Colours for pixels without one, diffused from weighted seeds around them by push and pull (Gortler et al. 1996, "The
/// lumigraph", section 3.4): weighted sums over ever larger blocks, then, from coarse to fine, each cell's own colour completed by the
/// interpolated coarser one as far as its own weight falls short of 1. Near seeds so outweigh far ones, and weak ones stand back where
/// there are strong ones a little farther.</summary>
/// <remarks>Up to three planes of one size go together, in X, Y, Z of a cell; W is the weight, and X, Y, Z are colour times weight. Levels
/// 1 to 5 (cells of 2 to 32 samples) are made only in blocks of 32 by 32 near the pixels asked for, coarser ones everywhere. Used by one
/// caller at a time.</remarks>
internal sealed class ColourExtension
{
    /// <summary>log2 of the block's side: the coarsest level made sparsely.</summary>
    private const int BlockLevel = 5;

    private const int BlockSide = 1 << BlockLevel;

    /// <summary>The coarsest level, cells of 512 samples: strong seeds farther than that say nothing about an edge.</summary>
    private const int TopLevel = 9;

    private readonly int _width;
    private readonly int _height;
    private readonly int _blocksX;
    private readonly int _blocksY;
    private readonly int[] _columns = new int[TopLevel + 1];
    private readonly int[] _rows = new int[TopLevel + 1];
    private readonly Vector4[]?[] _cells = new Vector4[TopLevel + 1][];
    private readonly bool[] _wanted;
    private readonly bool[] _pushed;

    /// <param name="width">Samples a row of the planes.</param>
    /// <param name="height">Rows of the planes.</param>
    public ColourExtension(int width, int height)
    {
        _width = width;
        _height = height;
        _blocksX = (width + BlockSide - 1) / BlockSide;
        _blocksY = (height + BlockSide - 1) / BlockSide;
        for (int level = 1; level <= TopLevel; level++)
        {
            int finer = level > BlockLevel ? level - BlockLevel : 0, cells = 1 << Math.Max(BlockLevel - level, 0);
            _columns[level] = ((_blocksX * cells) + (1 << finer) - 1) >> finer;
            _rows[level] = ((_blocksY * cells) + (1 << finer) - 1) >> finer;
            _cells[level] = new Vector4[_columns[level] * _rows[level]];
        }

        _wanted = new bool[_blocksX * _blocksY];
        _pushed = new bool[_blocksX * _blocksY];
    }

    /// <summary>Gathers the seeds around the pixels that will be asked for.</summary>
    /// <param name="wanted">The pixels to be asked for.</param>
    /// <param name="alpha">Of the planes' size; makes the seeds' weights.</param>
    /// <param name="weights">Weight of a seed by the upper 8 bits of its alpha, 256 values in 0..1; 0 is no seed.</param>
    /// <param name="first">Samples of a plane, rows without padding.</param>
    /// <param name="second">A second plane of the same size, or empty.</param>
    /// <param name="third">A third, or empty.</param>
    public void Gather<T>(
        BitPlane wanted, ReadOnlySpan<ushort> alpha, ReadOnlySpan<float> weights,
        ReadOnlySpan<T> first, ReadOnlySpan<T> second, ReadOnlySpan<T> third)
        where T : unmanaged
    {
        MarkWanted(wanted);
        for (int by = 0; by < _blocksY; by++)
        {
            for (int bx = 0; bx < _blocksX; bx++)
            {
                if (IsNear(_wanted, bx, by))
                    PushBlock(bx, by, alpha, weights, first, second, third);
                else
                    ClearBlock(bx, by);
            }
        }

        for (int level = BlockLevel + 1; level <= TopLevel; level++)
            Push(level);
        for (int level = TopLevel - 1; level >= BlockLevel; level--)
            PullRegion(level, 0, 0, _columns[level], _rows[level]);
        for (int level = BlockLevel - 1; level >= 1; level--)
        {
            int side = 1 << (BlockLevel - level);
            for (int block = 0; block < _pushed.Length; block++)
                if (_pushed[block])
                    PullRegion(level, block % _blocksX * side, block / _blocksX * side, side, side);
        }
    }

    /// <summary>The colour at a pixel asked for, in the planes' codes; false where no seed is in reach.</summary>
    public bool TryColour(int x, int y, out Vector3 colour)
    {
        Vector4 cell = Interpolate(1, x, y);
        colour = new Vector3(cell.X, cell.Y, cell.Z) / cell.W;
        return cell.W > 1e-6f;
    }

    private void MarkWanted(BitPlane wanted)
    {
        Array.Clear(_wanted);
        for (int y = 0; y < _height; y++)
        {
            ReadOnlySpan<ulong> row = wanted.Row(y);
            for (int i = 0; i < row.Length; i++)
            {
                int block = ((y >> BlockLevel) * _blocksX) + (2 * i);
                if ((uint)row[i] != 0)
                    _wanted[block] = true;
                if (row[i] >> 32 != 0)
                    _wanted[block + 1] = true;
            }
        }
    }

    private bool IsNear(bool[] blocks, int bx, int by)
    {
        for (int y = Math.Max(by - 1, 0); y <= Math.Min(by + 1, _blocksY - 1); y++)
            for (int x = Math.Max(bx - 1, 0); x <= Math.Min(bx + 1, _blocksX - 1); x++)
                if (blocks[(y * _blocksX) + x])
                    return true;
        return false;
    }

    /// <summary>Blocks away from all that is asked for count as empty; those made for an earlier picture are emptied. (The
    /// block's own cell always: from this level up, pulling fills every cell.)</summary>
    private void ClearBlock(int bx, int by)
    {
        int block = (by * _blocksX) + bx;
        _cells[BlockLevel]![block] = default;
        if (!_pushed[block])
            return;
        _pushed[block] = false;
        for (int level = 1; level < BlockLevel; level++)
        {
            int side = 1 << (BlockLevel - level);
            for (int y = 0; y < side; y++)
                _cells[level].AsSpan((((by * side) + y) * _columns[level]) + (bx * side), side).Clear();
        }
    }

    private void PushBlock<T>(
        int bx, int by, ReadOnlySpan<ushort> alpha, ReadOnlySpan<float> weights,
        ReadOnlySpan<T> first, ReadOnlySpan<T> second, ReadOnlySpan<T> third)
        where T : unmanaged
    {
        _pushed[(by * _blocksX) + bx] = true;
        const int Side = BlockSide / 2;
        for (int y = 0; y < Side; y++)
        {
            int cy = (by * Side) + y, lastRow = Math.Min((2 * cy) + 1, _height - 1);
            Span<Vector4> cells = _cells[1].AsSpan((cy * _columns[1]) + (bx * Side), Side);
            cells.Clear();
            for (int row = 2 * cy; row <= lastRow; row++)
            {
                int end = Math.Min((bx + 1) * BlockSide, _width), at = row * _width;
                for (int x = bx * BlockSide; x < end; x++)
                {
                    float weight = weights[alpha[at + x] >> 8];
                    if (weight == 0)
                        continue;
                    Vector4 seed = second.IsEmpty
                        ? new Vector4(SampleOf.Code(first, at + x), 0, 0, 1)
                        : new Vector4(SampleOf.Code(first, at + x), SampleOf.Code(second, at + x),
                            third.IsEmpty ? 0 : SampleOf.Code(third, at + x), 1);
                    cells[(x >> 1) - (bx * Side)] += seed * weight;
                }
            }

            for (int x = 0; x < Side; x++)
                cells[x] = Saturate(cells[x]);
        }

        for (int level = 2; level <= BlockLevel; level++)
        {
            int side = 1 << (BlockLevel - level);
            PushRegion(level, bx * side, by * side, side, side);
        }
    }

    private void Push(int level) => PushRegion(level, 0, 0, _columns[level], _rows[level]);

    private void PushRegion(int level, int left, int top, int width, int height)
    {
        Vector4[] finer = _cells[level - 1]!, cells = _cells[level]!;
        int columns = _columns[level - 1], rows = _rows[level - 1];
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                bool right = (2 * x) + 1 < columns, below = (2 * y) + 1 < rows;
                int at = (2 * y * columns) + (2 * x);
                Vector4 sum = finer[at];
                if (right)
                    sum += finer[at + 1];
                if (below)
                    sum += finer[at + columns];
                if (right && below)
                    sum += finer[at + columns + 1];
                cells[(y * _columns[level]) + x] = Saturate(sum);
            }
        }
    }

    private void PullRegion(int level, int left, int top, int width, int height)
    {
        for (int y = top; y < top + height; y++)
        {
            Span<Vector4> cells = _cells[level].AsSpan((y * _columns[level]) + left, width);
            for (int x = 0; x < width; x++)
                if (cells[x].W < 1)
                    cells[x] += (1 - cells[x].W) * Interpolate(level + 1, left + x, y);
        }
    }

    /// <summary>The cells of <paramref name="level"/> interpolated at the centre of a cell of the next finer level: 3/4 of the one it lies
    /// in and 1/4 of the nearest beside, both ways.</summary>
    private Vector4 Interpolate(int level, int x, int y)
    {
        Vector4[] cells = _cells[level]!;
        int columns = _columns[level], cx = x >> 1, cy = y >> 1;
        int nx = Math.Clamp(cx + ((x & 1) << 1) - 1, 0, columns - 1), ny = Math.Clamp(cy + ((y & 1) << 1) - 1, 0, _rows[level] - 1);
        Vector4 near = (0.75f * cells[(cy * columns) + cx]) + (0.25f * cells[(cy * columns) + nx]);
        Vector4 beside = (0.75f * cells[(ny * columns) + cx]) + (0.25f * cells[(ny * columns) + nx]);
        return (0.75f * near) + (0.25f * beside);
    }

    private static Vector4 Saturate(Vector4 sum) => sum.W > 1 ? sum / sum.W : sum;
}
