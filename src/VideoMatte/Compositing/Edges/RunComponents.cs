namespace VideoMatte.Compositing.Edges;

/// <summary>The connected components of a set of pixels, eight neighbours each: its rows as runs, joined where they touch (union and find
/// with path halving; Tarjan, 1975). Work and memory go by the number of runs.</summary>
internal sealed class RunComponents
{
    private readonly List<Run> _runs = [];
    private readonly List<int> _parents = [];
    private readonly List<Box> _boxes = [];

    /// <summary>All runs, from the top row down.</summary>
    public IReadOnlyList<Run> Runs => _runs;

    /// <summary>Finds the components anew.</summary>
    public void Find(BitPlane set)
    {
        _runs.Clear();
        _parents.Clear();
        _boxes.Clear();
        int here = 0;
        for (int y = 0; y < set.Height; y++)
        {
            ReadOnlySpan<ulong> row = set.Row(y);
            int above = here;
            here = _runs.Count;
            for (int x = 0; BitPlane.NextRun(row, x, out int start, out int end); x = end)
            {
                int own = _runs.Count;
                _runs.Add(new Run(y, start, end, own));
                _parents.Add(own);
                _boxes.Add(new Box(start, y, end, y + 1));
                // Runs of the row above that end before this one begins touch no later one either.
                while (above < here && _runs[above].End < start)
                    above++;
                for (int other = above; other < here && _runs[other].Start <= end; other++)
                    Join(own, other);
            }
        }
    }

    /// <summary>The box of the whole component a run belongs to.</summary>
    public Box BoxOf(Run run) => _boxes[Root(run.Index)];

    private void Join(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        if (a == b)
            return;
        // The older one stays the root: components grow downwards, and paths stay short.
        (int root, int child) = a < b ? (a, b) : (b, a);
        _parents[child] = root;
        Box one = _boxes[root], other = _boxes[child];
        _boxes[root] = new Box(
            Math.Min(one.Left, other.Left), Math.Min(one.Top, other.Top), Math.Max(one.Right, other.Right), Math.Max(one.Bottom, other.Bottom));
    }

    private int Root(int run)
    {
        while (_parents[run] != run)
        {
            _parents[run] = _parents[_parents[run]];
            run = _parents[run];
        }

        return run;
    }

    /// <param name="Y">Row.</param>
    /// <param name="Start">First column.</param>
    /// <param name="End">The column after its last.</param>
    /// <param name="Index">Of this run.</param>
    internal readonly record struct Run(int Y, int Start, int End, int Index);

    /// <summary>Right and bottom are those after the last.</summary>
    internal readonly record struct Box(int Left, int Top, int Right, int Bottom);
}
