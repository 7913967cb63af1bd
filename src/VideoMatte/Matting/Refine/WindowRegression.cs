namespace VideoMatte.Matting.Refine;

/// <summary>In every window of a small picture, alpha regressed on colour by weighted least squares: 14 sums a window, and from them three slopes
/// and a level.</summary>
internal sealed class WindowRegression
{
    // What is summed: the weight, weight x alpha, weight x colour (3), weight x colour x alpha (3), weight x colour x colour (6).
    private const int Sums = 14;

    private readonly float[][] _sums;
    private readonly float[][] _before;
    private readonly float[][] _solution;
    private readonly double _epsilon;
    private bool _hasBefore;

    public WindowRegression(int pixels, double epsilon)
    {
        _epsilon = epsilon;
        _sums = Planes(Sums, pixels);
        _before = Planes(Sums, pixels);
        _solution = Planes(4, pixels);
    }

    public void Forget() => _hasBefore = false;

    /// <param name="colour">Three planes, 0..1.</param>
    /// <param name="alpha">0..1.</param>
    /// <param name="window">Sums them.</param>
    /// <param name="leastWeight">Of alpha 0.5; alpha 0 and 1 count as 1.</param>
    /// <param name="carry">What the sums of the frame before count, beside 1.</param>
    public void Gather(float[][] colour, float[] alpha, WindowSums window, float leastWeight, float carry)
    {
        for (int i = 0; i < alpha.Length; i++)
        {
            float side = (2 * alpha[i]) - 1, weight = leastWeight + ((1 - leastWeight) * side * side), weighted = weight * alpha[i];
            // Around grey: differences of products of large numbers would lose the digits that matter.
            float r = colour[0][i] - 0.5f, g = colour[1][i] - 0.5f, b = colour[2][i] - 0.5f;
            (_sums[0][i], _sums[1][i]) = (weight, weighted);
            (_sums[2][i], _sums[3][i], _sums[4][i]) = (weight * r, weight * g, weight * b);
            (_sums[5][i], _sums[6][i], _sums[7][i]) = (weighted * r, weighted * g, weighted * b);
            (_sums[8][i], _sums[9][i], _sums[10][i]) = (weight * r * r, weight * r * g, weight * r * b);
            (_sums[11][i], _sums[12][i], _sums[13][i]) = (weight * g * g, weight * g * b, weight * b * b);
        }

        for (int s = 0; s < Sums; s++)
        {
            window.Replace(_sums[s]);
            float[] sums = _sums[s], before = _before[s];
            for (int i = 0; i < sums.Length; i++)
            {
                if (_hasBefore)
                    sums[i] += carry * before[i];
                before[i] = sums[i];
            }
        }

        _hasBefore = true;
    }

    /// <summary>The slopes on R, G, B and the level, each the mean over the windows a pixel lies in. Borrowed until the next call.</summary>
    public float[][] Solve(WindowSums window, int width)
    {
        for (int i = 0; i < _sums[0].Length; i++)
            SolveAt(i);
        foreach (float[] plane in _solution)
        {
            window.Replace(plane);
            for (int y = 0, i = 0; i < plane.Length; y++)
                for (int x = 0; x < width; x++, i++)
                    plane[i] /= window.Count(x, y);
        }

        return _solution;
    }

    private static float[][] Planes(int count, int pixels) => [.. Enumerable.Range(0, count).Select(_ => new float[pixels])];

    private void SolveAt(int i)
    {
        double share = 1.0 / _sums[0][i], alpha = _sums[1][i] * share;
        double r = _sums[2][i] * share, g = _sums[3][i] * share, b = _sums[4][i] * share;
        double ar = (_sums[5][i] * share) - (alpha * r), ag = (_sums[6][i] * share) - (alpha * g), ab = (_sums[7][i] * share) - (alpha * b);
        double rr = (_sums[8][i] * share) - (r * r) + _epsilon, rg = (_sums[9][i] * share) - (r * g), rb = (_sums[10][i] * share) - (r * b);
        double gg = (_sums[11][i] * share) - (g * g) + _epsilon, gb = (_sums[12][i] * share) - (g * b), bb = (_sums[13][i] * share) - (b * b) + _epsilon;
        // The symmetric 3 x 3 system by its cofactors; epsilon keeps the determinant off zero.
        double c0 = (gg * bb) - (gb * gb), c1 = (rb * gb) - (rg * bb), c2 = (rg * gb) - (rb * gg);
        double c3 = (rr * bb) - (rb * rb), c4 = (rg * rb) - (rr * gb), c5 = (rr * gg) - (rg * rg);
        double scale = 1 / ((rr * c0) + (rg * c1) + (rb * c2));
        double onR = ((c0 * ar) + (c1 * ag) + (c2 * ab)) * scale, onG = ((c1 * ar) + (c3 * ag) + (c4 * ab)) * scale, onB = ((c2 * ar) + (c4 * ag) + (c5 * ab)) * scale;
        (_solution[0][i], _solution[1][i], _solution[2][i]) = ((float)onR, (float)onG, (float)onB);
        // The slopes' colours are counted from grey; the level takes that back.
        _solution[3][i] = (float)(alpha - (onR * (r + 0.5)) - (onG * (g + 0.5)) - (onB * (b + 0.5)));
    }
}
