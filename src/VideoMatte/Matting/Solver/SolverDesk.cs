using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>The buffers between frames and a solver: the picture as R'G'B', the trimap, alpha as floats. They are kept from frame to frame.</summary>
internal sealed class SolverDesk(IMatteSolver solver)
{
    private readonly NetworkView _view = new();
    private float[] _rgb = [];
    private float[] _alpha = [];
    private byte[] _trimap = [];

    /// <summary>The trimap of a frame of that many pixels, to be filled before <see cref="Solve"/>.</summary>
    public Span<byte> Trimap(int pixels)
    {
        if (_trimap.Length != pixels)
            (_rgb, _alpha, _trimap) = (new float[3 * pixels], new float[pixels], new byte[pixels]);
        return _trimap;
    }

    /// <summary>Solves what the trimap leaves open. A trimap without an inside or an outside says what the pixels it knows are: the open ones
    /// keep their guess, for alpha follows from nothing.</summary>
    /// <param name="frame">Borrowed.</param>
    /// <param name="alpha">In: a guess. Out: the matte.</param>
    /// <returns>False where the guess was kept.</returns>
    public bool Solve(VideoFrame frame, AlphaMatte alpha)
    {
        ReadOnlySpan<byte> trimap = _trimap;
        Span<ushort> codes = alpha.Samples;
        for (int i = 0; i < codes.Length; i++)
        {
            if (trimap[i] != Solver.Trimap.Open)
                codes[i] = trimap[i] == Solver.Trimap.Inside ? (ushort)AlphaMatte.Opaque : (ushort)0;
        }

        if (!Solver.Trimap.HasBothEnds(trimap) || Solver.Trimap.CountOpen(trimap) == 0)
            return Solver.Trimap.CountOpen(trimap) == 0;
        _view.Write(frame, _rgb);
        for (int i = 0; i < codes.Length; i++)
            _alpha[i] = codes[i] * (1f / AlphaMatte.Opaque);
        solver.Solve(_rgb, trimap, _alpha, frame.Format.Width, frame.Format.Height);
        AlphaConversion.ToCodes(_alpha, codes);
        return true;
    }
}
