using System.Numerics;

namespace VideoMatte.Temporal.Flow;

/// <summary>The scales that a size and options make: shared by the pictures and the search.</summary>
internal sealed class FlowScales
{
    private static readonly int PatchBits = BitOperations.Log2(PatchGrid.PatchSize);

    private readonly PatchGrid[] _grids;

    private FlowScales(int width, int height, int finest, int coarsest, int stride)
    {
        (Width, Height, Finest, Coarsest) = (width, height, finest, coarsest);
        _grids = [.. Enumerable.Range(finest, coarsest - finest + 1).Select(s => new PatchGrid(width >> s, height >> s, stride))];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Where the search ends.</summary>
    public int Finest { get; }

    /// <summary>Where it begins.</summary>
    public int Coarsest { get; }

    /// <summary>Begins where a quarter of the longer side is about a patch, as the paper has it and OpenCV chooses, and where the shorter side is at least
    /// one patch.</summary>
    public static FlowScales For(int width, int height, FlowOptions options)
    {
        int byMotion = (int)(Math.Log2(Math.Max(width, height) / (4.0 * PatchGrid.PatchSize)) + .5);
        int byPatch = BitOperations.Log2((uint)Math.Min(width, height)) - PatchBits;
        int coarsest = Math.Max(0, Math.Min(byMotion, byPatch));
        return new FlowScales(width, height, Math.Min(options.FinestScale, coarsest), coarsest, options.PatchStride);
    }

    public PatchGrid Grid(int scale) => _grids[scale - Finest];

    /// <summary>Whether pictures made for one may be used with the other.</summary>
    public bool Fits(FlowScales other) =>
        Width == other.Width && Height == other.Height && Finest == other.Finest && Coarsest == other.Coarsest
        && _grids[0].Stride == other._grids[0].Stride;
}
