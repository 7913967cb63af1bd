namespace VideoMatte.Temporal.Flow;

/// <summary>One displacement per pixel, as two planes.</summary>
public sealed class FlowField
{
    private readonly float[] _u;
    private readonly float[] _v;

    /// <summary>No motion anywhere.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public FlowField(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height) = (width, height);
        (_u, _v) = (new float[width * height], new float[width * height]);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Displacement to the right, in pixels of this field's size, row after row.</summary>
    public Span<float> U => _u;

    /// <summary>Displacement downwards, in pixels of this field's size, row after row.</summary>
    public Span<float> V => _v;
}
