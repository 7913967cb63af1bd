namespace VideoMatte.Matting.Solver;

/// <summary>Estimates alpha where a trimap leaves it open. Used by one thread at a time.</summary>
public interface IMatteSolver : IDisposable
{
    /// <summary>What runs, for the result.</summary>
    MattingModelInfo Info { get; }

    /// <summary>Warnings so far.</summary>
    IReadOnlyList<Frames.MatteWarning> Warnings { get; }

    /// <param name="rgb">3 x height x width values 0..1, the planes R, G, B; borrowed.</param>
    /// <param name="trimap">Height x width values of <see cref="Trimap"/>; borrowed.</param>
    /// <param name="alpha">As many. In: a first guess 0..1, which a solver may start from. Out: 0 and 1 where the trimap says so, between
    /// them elsewhere.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    void Solve(ReadOnlySpan<float> rgb, ReadOnlySpan<byte> trimap, Span<float> alpha, int width, int height);
}
