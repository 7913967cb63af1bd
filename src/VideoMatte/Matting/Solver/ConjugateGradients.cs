namespace VideoMatte.Matting.Solver;

/// <summary>Preconditioned conjugate gradients.</summary>
internal static class ConjugateGradients
{
    /// <param name="matrix">Symmetric, positive semidefinite.</param>
    /// <param name="far">Sees far, beside the incomplete factor, which sees near; null: there is none.</param>
    /// <param name="solution">In: the first guess, one value more than there are rows. Out: the solution.</param>
    /// <param name="tolerance">Of the residual over the right-hand side, both as lengths.</param>
    /// <param name="most">Iterations.</param>
    /// <param name="each">Told of every iteration before it is done.</param>
    /// <returns>Iterations taken; <paramref name="most"/> + 1: the tolerance was not met.</returns>
    public static int Solve(MattingLaplacian matrix, ColourModels? far, double[] solution, double tolerance, int most, Action<int> each)
    {
        int n = matrix.Count;
        var factor = IncompleteFactor.Of(matrix);
        double[] residual = new double[n + 1], z = new double[n + 1], direction = new double[n + 1], image = new double[n + 1];
        matrix.Multiply(solution, image);
        for (int i = 0; i < n; i++)
            residual[i] = matrix.Right[i] - image[i];
        double limit = tolerance * Math.Max(Length(matrix.Right, n), double.Epsilon);
        Precondition();
        z.AsSpan().CopyTo(direction);
        double product = Dot(residual, z, n);
        for (int k = 0; k <= most; k++)
        {
            if (Length(residual, n) <= limit)
                return k;
            each(k);
            matrix.Multiply(direction, image);
            double curvature = Dot(direction, image, n);
            if (!(curvature > 0))
                return k;
            Add(solution, direction, product / curvature, n);
            Add(residual, image, -product / curvature, n);
            Precondition();
            double next = Dot(residual, z, n), share = next / product;
            product = next;
            for (int i = 0; i < n; i++)
                direction[i] = z[i] + (share * direction[i]);
        }

        return most + 1;

        // The sum of two positive operators: additive, as Schwarz methods are.
        void Precondition()
        {
            factor.Apply(residual, z);
            far?.AddTo(z, residual);
        }
    }

    private static double Length(double[] v, int n) => Math.Sqrt(Dot(v, v, n));

    private static double Dot(double[] a, double[] b, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void Add(double[] to, double[] what, double times, int n)
    {
        for (int i = 0; i < n; i++)
            to[i] += times * what[i];
    }
}
