using VideoMatte.Inference.Graphs;

namespace VideoMatte.Matting.Plate;

/// <summary>
/// Where the background's texture shows through the subject, its contrast there is 1 - alpha: over a window the fine detail of the picture is
/// regressed on the plate's. An opaque subject's own texture has nothing to do with the plate's, so the slope is then not significant.
/// </summary>
/// <param name="Contrast">[1, 1, h, w]: trust x (1 - alpha).</param>
/// <param name="Trust">[1, 1, h, w], 0..1: 0 where the plate has no texture or none of it shows.</param>
internal sealed record PlateTexture(GraphValue Contrast, GraphValue Trust)
{
    /// <summary>Student's t of the slope from which on it is believed, fully from the second on.</summary>
    private const float TrustFrom = 1.5f;
    private const float TrustTo = 3f;

    /// <summary>Where the slope is surely (by two standard errors) under the first, nothing shows through and wider windows are not asked; from the second on they are.</summary>
    private const float AbsentTo = 0.3f;
    private const float AbsentFrom = 0.5f;

    /// <summary>Blocks' side over which a finding spreads to its surround.</summary>
    private const int SpreadBlocks = 11;

    /// <summary>Side of the mean taken off to get detail, window in blocks, pixels that count as one independent sample.</summary>
    private static readonly (int Detail, int Blocks, float PixelsASample)[] Scales = [(5, 3, 4f), (9, 7, 4f), (21, 11, 40f)];

    /// <param name="frame">[1, 3, h, w].</param>
    /// <param name="background">[1, 3, h, w], in the frame's light.</param>
    /// <param name="mask">[1, 1, h, w]; elsewhere the frame is the background and would always correlate.</param>
    /// <param name="grid">Of the size h, w.</param>
    public static PlateTexture Read(GraphValue frame, GraphValue background, GraphValue mask, CoarseGrid grid)
    {
        GraphValue inside = mask.Erode(3);
        GraphValue contrast = mask.Graph.Constant(0f);
        GraphValue trust = contrast;
        GraphValue open = mask.Graph.Constant(1f);
        foreach ((int detail, int blocks, float pixelsASample) in Scales)
        {
            GraphValue seen = Detail(frame, detail, grid);
            GraphValue plate = Detail(background, detail, grid);
            GraphValue seenPower = grid.Mean(inside * seen.Square().SumOver(1), blocks);
            GraphValue platePower = grid.Mean(inside * plate.Square().SumOver(1), blocks) + 1e-9f;
            GraphValue common = grid.Mean(inside * (seen * plate).SumOver(1), blocks);
            int side = blocks * CoarseGrid.Block;
            GraphValue samples = (grid.Mean(inside, blocks) + 1e-3f) * (side * side / pixelsASample);
            GraphValue slope = common / platePower;
            GraphValue rest = (seenPower - slope * common).Max(0f);
            GraphValue error = (rest / platePower / samples + 1e-9f).Sqrt();
            GraphValue believed = (slope / error).Ramp(TrustFrom, TrustTo) * (1f - trust) * open;
            contrast = contrast + believed * slope.Saturate();
            trust = trust + believed;
            open = open.Min((slope + error * 2f).Ramp(AbsentTo, AbsentFrom));
        }

        return Spread(contrast, trust, open, grid.Mean(mask, 1), grid);
    }

    private static PlateTexture Spread(GraphValue contrast, GraphValue trust, GraphValue open, GraphValue mask, CoarseGrid grid)
    {
        GraphValue found = (mask * trust).BoxMean(SpreadBlocks);
        GraphValue level = (mask * contrast).BoxMean(SpreadBlocks) / (found + 1e-3f);
        GraphValue reach = (found / (mask.BoxMean(SpreadBlocks) + 1e-3f) * 2f - 0.6f).Saturate() * (1f - trust) * open;
        return new PlateTexture(grid.Back(contrast + reach * level), grid.Back(trust + reach));
    }

    private static GraphValue Detail(GraphValue picture, int side, CoarseGrid grid) =>
        picture - (side < 4 * CoarseGrid.Block ? picture.BoxMean(side) : grid.Back(grid.Mean(picture, side / CoarseGrid.Block)));
}
