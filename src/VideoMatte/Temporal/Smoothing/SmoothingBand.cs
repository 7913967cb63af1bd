using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using VideoMatte.Temporal.Flow;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>Where smoothing acts: in the unknown band and its surround, and where a neighbour says something else. Small planes.</summary>
internal sealed class SmoothingBand(int width, int height, SoftMask mask)
{
    /// <summary>A matte under this share, or over 1 less this, is sure.</summary>
    private const float Sure = .02f;

    /// <summary>A difference of alpha that a neighbour must have, weighed by its confidence, to be heard in sure areas.</summary>
    private const float Differs = .05f;

    /// <summary>Surround of the band, pixels of the small size.</summary>
    private const int Reach = 3;

    /// <summary>Motion in pixels of the small size a frame, below which an edge stands still, and above which it moves.</summary>
    private const float StandsStill = .5f, Moves = 2;

    private static readonly float[] Edge = SoftMask.Gaussian(1.5);
    private static readonly float[] Wide = SoftMask.Gaussian(2);

    private readonly float[] _there = new float[width];

    /// <summary>1 in the band, falling to 0 around it.</summary>
    public float[] Share { get; } = new float[width * height];

    /// <summary>0 where the picture stands still, 1 where it moves.</summary>
    public float[] Moving { get; } = new float[width * height];

    /// <summary>Both at once: a moving edge.</summary>
    public float[] MovingShare { get; } = new float[width * height];

    /// <summary>The rows in which <see cref="Share"/> is above 0 and one on either side, from one to before another; empty where there are
    /// none.</summary>
    public (int From, int To) Rows { get; private set; }

    /// <summary>The same of <see cref="MovingShare"/>.</summary>
    public (int From, int To) MovingRows { get; private set; }

    /// <param name="own">The small matte in hand.</param>
    /// <param name="neighbours">The nearest on either side are looked at.</param>
    public void Find(ReadOnlySpan<float> own, ReadOnlySpan<SmoothingNeighbour> neighbours)
    {
        BandKernel.Unsure(own, Sure, Share);
        Array.Clear(Moving);
        foreach (SmoothingNeighbour neighbour in neighbours)
            for (int y = 0; y < height; y++)
                Mark(own.Slice(y * width, width), neighbour, y, Share.AsSpan(y * width, width), Moving.AsSpan(y * width, width));
        mask.Grow(Share, Reach);
        mask.Soften(Share, Edge);
        mask.Soften(Moving, Wide);
        BandKernel.Between(Moving, StandsStill, Moves);
        TensorPrimitives.Multiply(Share, Moving, MovingShare);
        (Rows, MovingRows) = (RowsOf(Share), RowsOf(MovingShare));
    }

    private (int From, int To) RowsOf(float[] plane)
    {
        // As bits: they are 0 alike, and comparing floats is not vectorised.
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(plane);
        int first = bits.IndexOfAnyExcept(0u), last = bits.LastIndexOfAnyExcept(0u);
        return first < 0 ? (0, 0) : (Math.Max(0, (first / width) - 1), Math.Min(height, (last / width) + 2));
    }

    private void Mark(ReadOnlySpan<float> own, SmoothingNeighbour neighbour, int y, Span<float> share, Span<float> speed)
    {
        ReadOnlySpan<float> u = neighbour.Link.Flow.U.Slice(y * width, width), v = neighbour.Link.Flow.V.Slice(y * width, width);
        ReadOnlySpan<float> confidence = neighbour.Link.Confidence.AsSpan(y * width, width);
        PlaceKernel.LookUp(neighbour.View.Matte, width, width, height, y, u, v, _there);
        BandKernel.Differing(own, _there, confidence, Sure, Differs, share);
        BandKernel.Fastest(u, v, speed);
    }
}
