using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Matting.Solver;

/// <summary>Closed-form matting (Levin, Lischinski and Weiss 2008): no network, the picture's own colour lines. What the trimap knows is kept
/// exactly; open pixels are solved together, from small to full size and with a preconditioner that sees far (<see cref="ColourModels"/>), so that
/// wide bands take no longer than narrow ones for each pixel.</summary>
public sealed class ClosedFormSolver : IMatteSolver
{
    public const string Id = "closed-form";

    /// <summary>Memory it may need for each pixel, all of them open: 13 entries of the matrix and 12 of its factor (8 bytes each), 12 links,
    /// 10 vectors, colour, trimap and alpha, the local colour models' 24 bytes and at most 96 of their system and its copy; the levels below
    /// add a third.</summary>
    public const int BytesAPixel = ((13 + 12 + 10) * 8 * 4 / 3) + (((12 * 4) + 24 + 96) * 4 / 3) + 32;

    /// <summary>Levin's epsilon, for colours 0..1.</summary>
    private const double Epsilon = 1e-7;

    /// <summary>Of the residual, relative: the matte then stands to well under a code of 8 bits.</summary>
    private const double Tolerance = 1e-6;

    private const int MostIterations = 2000;

    /// <summary>Below this many open pixels the full size is solved at once.</summary>
    private const int FewPixels = 4000;

    /// <summary>Iterations between two words of progress.</summary>
    private const int StepEvery = 10;

    private readonly Action<SolverStep>? _steps;
    private readonly List<MatteWarning> _warnings = [];

    /// <param name="steps">Told every few iterations, on the thread that solves; what it throws ends the solution. Null: nobody.</param>
    public ClosedFormSolver(Action<SolverStep>? steps = null) => _steps = steps;

    public MattingModelInfo Info { get; } = new(Id, "", "MIT", ModelFamily.Solver, GivenMatteModel.NoProvider, 1);

    public IReadOnlyList<MatteWarning> Warnings => _warnings;

    /// <summary>Iterations the last solution took at full size. For measurements.</summary>
    internal int Iterations { get; private set; }

    public void Solve(ReadOnlySpan<float> rgb, ReadOnlySpan<byte> trimap, Span<float> alpha, int width, int height)
    {
        int pixels = checked(width * height);
        if (rgb.Length != 3 * pixels || trimap.Length != pixels || alpha.Length != pixels)
            throw new ArgumentException("closed form: colour, trimap and alpha are not of one size");
        int open = Trimap.CountOpen(trimap);
        if (open > FewPixels && Math.Min(width, height) >= 8)
            Guess(rgb, trimap, alpha, width, height);
        Level(rgb, trimap, alpha, width, height);
        if (Iterations > MostIterations && _warnings.Count == 0)
        {
            _warnings.Add(new MatteWarning("closed-form-unsettled", string.Create(
                CultureInfo.InvariantCulture, $"The closed form did not settle in {MostIterations} iterations over {open} open pixels: the matte is close to its solution, not at it.")));
        }
    }

    public void Dispose()
    {
    }

    /// <summary>Solves at half the size and spreads the result over the open pixels.</summary>
    private void Guess(ReadOnlySpan<float> rgb, ReadOnlySpan<byte> trimap, Span<float> alpha, int width, int height)
    {
        int halfWidth = (width + 1) / 2, halfHeight = (height + 1) / 2, half = halfWidth * halfHeight, pixels = width * height;
        float[] smallRgb = new float[3 * half], smallAlpha = new float[half];
        byte[] smallTrimap = new byte[half];
        for (int c = 0; c < 3; c++)
            HalfSize.Mean(rgb.Slice(c * pixels, pixels), width, height, smallRgb.AsSpan(c * half, half));
        HalfSize.Mean(alpha, width, height, smallAlpha);
        HalfSize.Trimap(trimap, width, height, smallTrimap);
        Solve(smallRgb, smallTrimap, smallAlpha, halfWidth, halfHeight);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (trimap[(y * width) + x] == Trimap.Open)
                    alpha[(y * width) + x] = smallAlpha[(y / 2 * halfWidth) + (x / 2)];
            }
        }
    }

    private void Level(ReadOnlySpan<float> rgb, ReadOnlySpan<byte> trimap, Span<float> alpha, int width, int height)
    {
        for (int i = 0; i < trimap.Length; i++)
        {
            if (trimap[i] != Trimap.Open)
                alpha[i] = trimap[i] == Trimap.Inside ? 1 : 0;
        }

        MattingLaplacian matrix = MattingLaplacian.Build(rgb, trimap, width, height, Epsilon);
        ColourModels? far = matrix.Count > FewPixels ? ColourModels.Of(matrix, rgb, width, height) : null;
        double[] solution = new double[matrix.Count + 1];
        for (int i = 0; i < matrix.Count; i++)
            solution[i] = alpha[matrix.Pixels[i]];
        Iterations = ConjugateGradients.Solve(matrix, far, solution, Tolerance, MostIterations, Step);
        void Step(int iteration)
        {
            if (iteration % StepEvery == 0)
                _steps?.Invoke(new SolverStep(matrix.Count, iteration));
        }

        for (int i = 0; i < matrix.Count; i++)
            alpha[matrix.Pixels[i]] = (float)Math.Clamp(solution[i], 0, 1);
    }
}
