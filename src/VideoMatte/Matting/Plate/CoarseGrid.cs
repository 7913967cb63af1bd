using VideoMatte.Inference.Graphs;

namespace VideoMatte.Matting.Plate;

/// <summary>Means over wide windows, computed on blocks of 4 x 4 pixels: a sixteenth of the work, and a wide mean has no finer detail.</summary>
/// <param name="size">[rows, columns] (int64) of the pictures averaged.</param>
internal sealed class CoarseGrid(GraphValue size)
{
    /// <summary>Side of a block in pixels.</summary>
    public const int Block = 4;

    /// <summary>On the grid: means over squares of <paramref name="blocks"/> (odd) blocks' side.</summary>
    public GraphValue Mean(GraphValue value, int blocks)
    {
        GraphValue coarse = value.Blocks(Block);
        return blocks == 1 ? coarse : coarse.BoxMean(blocks);
    }

    /// <summary>From the grid to pixels.</summary>
    public GraphValue Back(GraphValue coarse) => coarse.ResizeTo(size);
}
