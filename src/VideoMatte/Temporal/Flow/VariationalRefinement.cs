namespace VideoMatte.Temporal.Flow;

/// <summary>Refines the flow of one scale: the sum over the pixels of delta |brightness changed| + gamma |gradient changed| + alpha |slope of
/// the flow|, each with a root of squares for |.|, made small (Brox et al., "High accuracy optical flow estimation based on a theory for
/// warping", 2004; Kroeger et al., 2016, section 2.3). Fixed-point iterations weigh the terms anew, and in each a few sweeps of
/// over-relaxation solve the linear equations, one colour of a checkerboard after the other.</summary>
internal sealed class VariationalRefinement
{
    /// <summary>OpenCV's values for DIS: weights of smoothness, brightness and gradient, and sweeps in an iteration.</summary>
    private const float Alpha = 20, Delta = 5, Gamma = 10;

    private const int Sweeps = 5;

    /// <summary>With fewer rows a sweep is shorter than it takes two threads to meet.</summary>
    private const int LeastRows = 64;

    private readonly FlowCrew _crew;
    private readonly Checkerboard _board;
    private readonly int _stride;
    private readonly float[] _mean;
    private readonly float[] _change;
    private readonly float[] _lines;
    private readonly float[] _flow;
    private readonly float[] _constraints;
    private readonly float[] _system;
    private readonly Action<int> _bring;
    private readonly Action<int> _constrain;
    private readonly Action<int> _tie;
    private readonly Action<int> _equate;
    private readonly Action<int> _relax;
    private FlowLevel _from = null!;
    private FlowLevel _to = null!;
    private FlowField _field = null!;
    private int _colour;

    /// <param name="width">Columns of the scale.</param>
    /// <param name="height">Rows of the scale.</param>
    /// <param name="crew">Who does the work.</param>
    public VariationalRefinement(int width, int height, FlowCrew crew)
    {
        _crew = crew;
        _board = new Checkerboard(width, height);
        _stride = width + (2 * ConstraintKernel.Border);
        int bordered = _stride * (height + (2 * ConstraintKernel.Border));
        (_mean, _change) = (new float[bordered], new float[bordered]);
        _lines = new float[FlowCrew.Bands * ConstraintKernel.Planes * width];
        _flow = _board.Allocate(RefinementKernel.FlowPlanes);
        _constraints = _board.Allocate(ConstraintKernel.Planes);
        _system = _board.Allocate(RefinementKernel.SystemPlanes);
        (_bring, _constrain, _tie, _equate, _relax) = (BringBand, ConstrainBand, TieBand, EquateBand, RelaxBand);
    }

    /// <param name="from">The picture looked from.</param>
    /// <param name="to">The picture looked to.</param>
    /// <param name="iterations">Fixed-point iterations.</param>
    /// <param name="field">Of the scale's size; changed.</param>
    public void Run(FlowLevel from, FlowLevel to, int iterations, FlowField field)
    {
        (_from, _to, _field) = (from, to, field);
        bool small = _board.Height < LeastRows;
        _crew.Run(_bring, small);
        Close(_mean);
        Close(_change);
        _crew.Run(_constrain, small);
        for (int n = 0; n < iterations; n++)
        {
            CloseFlow();
            _crew.Run(_tie, small);
            _crew.Run(_equate, small);
            for (int sweep = 0; sweep < Sweeps; sweep++)
            {
                for (_colour = 0; _colour < 2; _colour++)
                    _crew.Run(_relax, small);
            }
        }

        for (int y = 0; y < _board.Height; y++)
        {
            _board.Join(_flow, RefinementKernel.FlowPlanes, 0, y, field.U.Slice(y * field.Width, field.Width));
            _board.Join(_flow, RefinementKernel.FlowPlanes, 1, y, field.V.Slice(y * field.Width, field.Width));
        }
    }

    private void TieBand(int band)
    {
        (int first, int end) = FlowCrew.Rows(_board.Height, band);
        for (int y = first; y < end; y++)
            for (int colour = 0; colour < 2; colour++)
                RefinementKernel.Ties(
                    Flow(colour, y), Flow(1 - colour, y), Flow(1 - colour, y + 1), CheckerRow.Of(_board, colour, y), Alpha, System(colour, y));
    }

    private void EquateBand(int band)
    {
        (int first, int end) = FlowCrew.Rows(_board.Height, band);
        for (int y = first; y < end; y++)
            for (int colour = 0; colour < 2; colour++)
                RefinementKernel.Equations(
                    Flow(colour, y), _board.Row(_constraints, ConstraintKernel.Planes, colour, y), System(1 - colour, y), System(1 - colour, y - 1),
                    CheckerRow.Of(_board, colour, y), Delta, Gamma, System(colour, y));
    }

    private void RelaxBand(int band)
    {
        (int first, int end) = FlowCrew.Rows(_board.Height, band);
        int other = 1 - _colour;
        for (int y = first; y < end; y++)
        {
            CheckerNeighbours around = new(System(other, y), System(other, y - 1), Flow(other, y), Flow(other, y - 1), Flow(other, y + 1));
            RefinementKernel.Relax(System(_colour, y), around, CheckerRow.Of(_board, _colour, y), Flow(_colour, y));
        }
    }

    private Span<float> Flow(int colour, int y) => _board.Row(_flow, RefinementKernel.FlowPlanes, colour, y);

    private Span<float> System(int colour, int y) => _board.Row(_system, RefinementKernel.SystemPlanes, colour, y);

    /// <summary>Brings the picture looked to along the flow: its mean with the other one, and its difference.</summary>
    private void BringBand(int band)
    {
        const int Border = ConstraintKernel.Border;
        (int first, int end) = FlowCrew.Rows(_board.Height, band);
        for (int y = first; y < end; y++)
        {
            Span<float> mean = _mean.AsSpan((y + Border) * _stride, _stride), change = _change.AsSpan((y + Border) * _stride, _stride);
            Span<float> brought = change.Slice(Border, _field.Width), between = mean.Slice(Border, _field.Width);
            PlaceKernel.LookUp(
                _to.Samples[_to.At(0, 0)..], _to.Stride, _to.Width, _to.Height, y, _field.U.Slice(y * _field.Width, _field.Width),
                _field.V.Slice(y * _field.Width, _field.Width), brought);
            RowKernel.MeanAndChange(_from.Samples.Slice(_from.At(0, y), _field.Width), brought, between);
            Repeat(mean);
            Repeat(change);
        }
    }

    private void ConstrainBand(int band)
    {
        int width = _field.Width;
        Span<float> lines = _lines.AsSpan(band * ConstraintKernel.Planes * width, ConstraintKernel.Planes * width);
        (int first, int end) = FlowCrew.Rows(_board.Height, band);
        for (int y = first; y < end; y++)
        {
            ReadOnlySpan<float> u = _field.U.Slice(y * width, width), v = _field.V.Slice(y * width, width);
            FiveLines mean = new(_mean.AsSpan(y * _stride), _stride), change = new(_change.AsSpan(y * _stride), _stride);
            ConstraintKernel.Line(mean, change, u, v, lines);
            for (int plane = 0; plane < ConstraintKernel.Planes; plane++)
                _board.Split(lines.Slice(plane * width, width), _constraints, ConstraintKernel.Planes, plane, y);
            _board.Split(u, _flow, RefinementKernel.FlowPlanes, 0, y);
            _board.Split(v, _flow, RefinementKernel.FlowPlanes, 1, y);
        }
    }

    /// <summary>Repeats the first and the last sample of a line in its border.</summary>
    private static void Repeat(Span<float> line)
    {
        line[..ConstraintKernel.Border].Fill(line[ConstraintKernel.Border]);
        line[^ConstraintKernel.Border..].Fill(line[^(ConstraintKernel.Border + 1)]);
    }

    /// <summary>Repeats the first and the last line in the border.</summary>
    private void Close(float[] plane)
    {
        const int Border = ConstraintKernel.Border;
        for (int y = 0; y < Border; y++)
        {
            plane.AsSpan(Border * _stride, _stride).CopyTo(plane.AsSpan(y * _stride));
            plane.AsSpan((_board.Height + Border - 1) * _stride, _stride).CopyTo(plane.AsSpan((_board.Height + Border + y) * _stride));
        }
    }

    /// <summary>Repeats the flow beyond the right and the lower border, where no slope is to be seen.</summary>
    private void CloseFlow()
    {
        for (int colour = 0; colour < 2; colour++)
        {
            Flow(colour, _board.Height - 1).CopyTo(Flow(1 - colour, _board.Height));
            for (int y = 0; y < _board.Height; y++)
            {
                CheckerRow shape = CheckerRow.Of(_board, colour, y);
                if (shape.LastTied == shape.Pixels)
                    continue;
                int last = Checkerboard.Room + shape.Pixels - 1;
                for (int plane = 0; plane < RefinementKernel.FlowPlanes; plane++)
                    Flow(1 - colour, y)[(plane * shape.Stride) + last + shape.Odd] = Flow(colour, y)[(plane * shape.Stride) + last];
            }
        }
    }
}
