namespace VideoMatte.Temporal.Flow;

/// <summary>One scale of a picture: samples with a border of repeated ones, and where the search comes by, gradients and the patches'
/// tensors. All three planes have one layout.</summary>
internal sealed class FlowLevel
{
    /// <summary>Samples around the picture: a patch may lie outside by all but one row or column.</summary>
    public const int Border = PatchGrid.PatchSize;

    private readonly float[] _samples;
    private readonly float[] _gradientX;
    private readonly float[] _gradientY;
    private readonly PatchTensor[] _tensors;

    /// <param name="width">Columns of the scale.</param>
    /// <param name="height">Rows of the scale.</param>
    /// <param name="grid">Its patches, or none where it is only passed through on the way to smaller ones.</param>
    public FlowLevel(int width, int height, PatchGrid? grid)
    {
        (Width, Height, Grid) = (width, height, grid);
        Stride = width + (2 * Border);
        _samples = new float[Stride * (height + (2 * Border))];
        _gradientX = grid is null ? [] : new float[_samples.Length];
        _gradientY = grid is null ? [] : new float[_samples.Length];
        _tensors = new PatchTensor[grid?.Count ?? 0];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Samples from line to line, in every plane.</summary>
    public int Stride { get; }

    public PatchGrid? Grid { get; }

    /// <summary>Codes, border and all.</summary>
    public ReadOnlySpan<float> Samples => _samples;

    /// <summary>Codes a pixel to the right; the border is not written.</summary>
    public ReadOnlySpan<float> GradientX => _gradientX;

    /// <summary>Codes a pixel downwards; the border is not written.</summary>
    public ReadOnlySpan<float> GradientY => _gradientY;

    /// <summary>One per patch, row after row.</summary>
    public ReadOnlySpan<PatchTensor> Tensors => _tensors;

    /// <summary>Index of a pixel in every plane; the border has negative places, and places past the size.</summary>
    public int At(int x, int y) => ((y + Border) * Stride) + x + Border;

    /// <summary>A line without its border, to be written.</summary>
    public Span<float> Line(int y) => _samples.AsSpan(At(0, y), Width);

    /// <summary>Makes the rest, once every line is written.</summary>
    public void Finish()
    {
        if (Grid is null)
            return;
        for (int y = 0; y < Height; y++)
        {
            Span<float> line = Line(y);
            _samples.AsSpan(At(-Border, y), Border).Fill(line[0]);
            _samples.AsSpan(At(Width, y), Border).Fill(line[^1]);
        }

        ReadOnlySpan<float> first = Whole(0), last = Whole(Height - 1);
        for (int y = 1; y <= Border; y++)
        {
            first.CopyTo(_samples.AsSpan(At(-Border, -y)));
            last.CopyTo(_samples.AsSpan(At(-Border, Height - 1 + y)));
        }

        for (int y = 0; y < Height; y++)
            GradientKernel.Sobel(
                Whole(y - 1)[(Border - 1)..], Whole(y)[(Border - 1)..], Whole(y + 1)[(Border - 1)..],
                _gradientX.AsSpan(At(0, y), Width), _gradientY.AsSpan(At(0, y), Width));
        for (int row = 0, i = 0; row < Grid.Rows; row++)
        {
            for (int column = 0; column < Grid.Columns; column++, i++)
            {
                int at = At(Grid.X(column), Grid.Y(row));
                _tensors[i] = PatchTensor.From(PatchKernel.Gradients(_gradientX.AsSpan(at), _gradientY.AsSpan(at), Stride));
            }
        }
    }

    private ReadOnlySpan<float> Whole(int y) => _samples.AsSpan(At(-Border, y), Stride);
}
