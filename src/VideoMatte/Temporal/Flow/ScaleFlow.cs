namespace VideoMatte.Temporal.Flow;

/// <summary>The flow of one scale: search, spread, refine; in two bands.</summary>
internal sealed class ScaleFlow
{
    /// <summary>A scale with fewer rows of patches is searched as one band: the rows at the seam learn from one side less.</summary>
    private const int LeastRows = 8;

    private readonly PatchGrid _grid;
    private readonly FlowCrew _crew;
    private readonly PatchSearch _search;
    private readonly PatchSpread _spread;
    private readonly VariationalRefinement? _refinement;
    private readonly Action<int> _searchBand;
    private readonly Action<int> _spreadBand;
    private readonly int _iterations;
    private FlowLevel _from = null!;
    private FlowLevel _to = null!;
    private FlowField? _coarser;

    /// <param name="width">Columns of the scale.</param>
    /// <param name="height">Rows of the scale.</param>
    /// <param name="grid">Its patches.</param>
    /// <param name="options">How much work to do.</param>
    /// <param name="crew">Who does it.</param>
    public ScaleFlow(int width, int height, PatchGrid grid, FlowOptions options, FlowCrew crew)
    {
        (_grid, _crew, Field) = (grid, crew, new FlowField(width, height));
        _search = new PatchSearch(grid, options.Iterations / 2);
        _spread = new PatchSpread(grid, width, height);
        _iterations = options.RefinementIterations;
        _refinement = _iterations == 0 ? null : new VariationalRefinement(width, height, crew);
        (_searchBand, _spreadBand) = (SearchBand, SpreadBand);
    }

    /// <summary>What was found last, in pixels of the scale.</summary>
    public FlowField Field { get; }

    /// <param name="from">The picture looked from.</param>
    /// <param name="to">The picture looked to.</param>
    /// <param name="coarser">The flow of the next coarser scale; none at the coarsest.</param>
    public void Run(FlowLevel from, FlowLevel to, FlowField? coarser)
    {
        (_from, _to, _coarser) = (from, to, coarser);
        bool small = _grid.Rows < LeastRows;
        _crew.Run(_searchBand, small);
        _crew.Run(_spreadBand, small);
        _refinement?.Run(from, to, _iterations, Field);
    }

    private void SearchBand(int band)
    {
        (int first, int end) = _grid.Rows < LeastRows ? (0, band == 0 ? _grid.Rows : 0) : FlowCrew.Rows(_grid.Rows, band);
        _search.Run(_from, _to, _coarser, first, end);
    }

    private void SpreadBand(int band)
    {
        (int first, int end) = FlowCrew.Rows(Field.Height, band);
        _spread.Run(_from, _to, _search, Field, first, end);
    }
}
