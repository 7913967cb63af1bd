using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting.Still;
using VideoMatte.Models;

namespace VideoMatte.Matting.Solver;

/// <summary>A trimap network as a solver: picture and trimap are brought to the network's size, its alpha back to the picture's.</summary>
public sealed class TrimapNetworkSolver : IMatteSolver
{
    private readonly TrimapSession _session;
    private readonly ModelInput _input;
    private readonly ModelOutput _output;

    /// <param name="session">Moves in, and is disposed with the solver.</param>
    /// <param name="input">How it is fed.</param>
    /// <param name="output">Where its alpha stands.</param>
    /// <param name="info">For the result.</param>
    public TrimapNetworkSolver(TrimapSession session, ModelInput input, ModelOutput output, MattingModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        (_session, _input, _output, Info) = (session, input, output, info);
    }

    public MattingModelInfo Info { get; }

    public IReadOnlyList<MatteWarning> Warnings => [];

    public void Solve(ReadOnlySpan<float> rgb, ReadOnlySpan<byte> trimap, Span<float> alpha, int width, int height)
    {
        int pixels = checked(width * height);
        if (rgb.Length != 3 * pixels || trimap.Length != pixels || alpha.Length != pixels)
            throw new ArgumentException("trimap network: colour, trimap and alpha are not of one size");
        (int fedWidth, int fedHeight) = _input.SizeFor(width, height);
        int fed = fedWidth * fedHeight;
        var down = new LinearScaler(width, height, fedWidth, fedHeight);
        float[] smallRgb = new float[3 * fed];
        for (int c = 0; c < 3; c++)
            down.Scale(rgb.Slice(c * pixels, pixels), smallRgb.AsSpan(c * fed, fed));
        (float[] result, StillPlane plane) = _session.Run(smallRgb, Smaller(trimap, down, fed), fedWidth, fedHeight);
        float[] smallAlpha = new float[plane.Pixels];
        StillAlpha.Read(result, plane, _output, smallAlpha);
        new LinearScaler(plane.Width, plane.Height, width, height).Scale(smallAlpha, alpha);
        for (int i = 0; i < pixels; i++)
        {
            if (trimap[i] != Trimap.Open)
                alpha[i] = trimap[i] == Trimap.Inside ? 1 : 0;
        }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>What covers pixels of two kinds, or any open one, is open.</summary>
    private static byte[] Smaller(ReadOnlySpan<byte> trimap, LinearScaler down, int fed)
    {
        float[] level = new float[trimap.Length], share = new float[fed];
        for (int i = 0; i < trimap.Length; i++)
            level[i] = trimap[i] == Trimap.Inside ? 1 : trimap[i] == Trimap.Outside ? 0 : .5f;
        down.Scale(level, share);
        const float Rounding = 1e-4f;
        return [.. share.Select(s => s < Rounding ? Trimap.Outside : s > 1 - Rounding ? Trimap.Inside : Trimap.Open)];
    }
}
