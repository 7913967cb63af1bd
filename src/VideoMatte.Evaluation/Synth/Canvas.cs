namespace VideoMatte.Evaluation.Synth;

/// <summary>One instant of the subject: premultiplied colour and alpha, drawn shape over shape. Edges are exact: a pixel's coverage is
/// the area of the shape within it.</summary>
internal sealed class Canvas
{
    private readonly double[] _area;
    private readonly int[] _rowLow;
    private readonly int[] _rowHigh;
    private int _left;
    private int _top;
    private int _right;
    private int _bottom;

    public Canvas(int width, int height)
    {
        Width = width;
        Height = height;
        Layer = new float[4 * width * height];
        _area = new double[(width + 2) * height];
        _rowLow = new int[height];
        _rowHigh = new int[height];
        Array.Fill(_rowLow, int.MaxValue);
        Array.Fill(_rowHigh, -1);
        ForgetBounds();
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>R, G, B (premultiplied) and alpha of each pixel, row after row.</summary>
    public float[] Layer { get; }

    /// <summary>Adds the layer to <paramref name="sum"/> (same layout) and makes it empty.</summary>
    public void MoveInto(float[] sum)
    {
        for (int y = _top; y < _bottom; y++)
        {
            int from = 4 * ((y * Width) + _left), count = 4 * (_right - _left);
            Span<float> source = Layer.AsSpan(from, count), target = sum.AsSpan(from, count);
            for (int i = 0; i < count; i++)
                target[i] += source[i];
            source.Clear();
        }

        ForgetBounds();
    }

    /// <summary>Draws the shape over what is there. Where it overlaps itself it counts once.</summary>
    public void Fill<TPaint>(Outline outline, TPaint paint)
        where TPaint : struct, IPaint
    {
        ReadOnlySpan<(double X, double Y)> points = outline.Points;
        int top = Height, bottom = -1;
        for (int i = 0; i < points.Length; i++)
        {
            (double X, double Y) a = points[i], b = points[i + 1 < points.Length ? i + 1 : 0];
            if (a.Y < b.Y)
                AddEdge(a.X, a.Y, b.X, b.Y, 1, ref top, ref bottom);
            else if (a.Y > b.Y)
                AddEdge(b.X, b.Y, a.X, a.Y, -1, ref top, ref bottom);
        }

        for (int y = top; y <= bottom; y++)
            PaintRow(y, paint);
    }

    /// <summary>Puts down what the edge adds to the coverage of each pixel right of it, as differences from column to column.</summary>
    private void AddEdge(double x0, double y0, double x1, double y1, double sign, ref int top, ref int bottom)
    {
        if (y1 <= 0 || y0 >= Height)
            return;
        double slope = (x1 - x0) / (y1 - y0);
        int first = Math.Max((int)Math.Floor(y0), 0), last = Math.Min((int)Math.Ceiling(y1), Height) - 1;
        top = Math.Min(top, first);
        bottom = Math.Max(bottom, last);
        for (int y = first; y <= last; y++)
        {
            double from = Math.Max(y0, y), to = Math.Min(y1, y + 1);
            double a = Math.Clamp(x0 + ((from - y0) * slope), 0, Width), b = Math.Clamp(x0 + ((to - y0) * slope), 0, Width);
            AddRowEdge(y, Math.Min(a, b), Math.Max(a, b), sign * (to - from));
        }
    }

    private void AddRowEdge(int y, double low, double high, double height)
    {
        int first = (int)low, last = (int)high + 1;
        _rowLow[y] = Math.Min(_rowLow[y], first);
        _rowHigh[y] = Math.Max(_rowHigh[y], last);
        Span<double> row = _area.AsSpan(y * (Width + 2), Width + 2);
        double before = 0, covered = 0;
        for (int x = first; x <= last; x++)
        {
            // Right(x) is the mean, over the edge's run from low to high, of how much of [.., x) lies right of it.
            double until = Right(x + 1, low, high), share = until - covered;
            covered = until;
            row[x] += height * (share - before);
            before = share;
        }
    }

    private static double Right(double x, double low, double high)
    {
        if (x <= low)
            return 0;
        return x >= high ? x - (0.5 * (low + high)) : (x - low) * (x - low) / (2 * (high - low));
    }

    private void PaintRow<TPaint>(int y, TPaint paint)
        where TPaint : struct, IPaint
    {
        int low = _rowLow[y], high = Math.Min(_rowHigh[y], Width + 1);
        if (high < 0)
            return;
        _rowLow[y] = int.MaxValue;
        _rowHigh[y] = -1;
        Span<double> row = _area.AsSpan(y * (Width + 2), Width + 2);
        Span<float> pixels = Layer.AsSpan(4 * y * Width, 4 * Width);
        double sum = 0;
        paint.StartRow(y + 0.5);
        for (int x = low; x <= high; x++)
        {
            sum += row[x];
            row[x] = 0;
            double coverage = Math.Min(Math.Abs(sum), 1);
            if (coverage < 1e-6 || x >= Width)
                continue;
            Tint tint = paint.At(x + 0.5, y + 0.5, out double opacity);
            Over(pixels.Slice(4 * x, 4), tint, coverage * opacity);
        }

        _left = Math.Min(_left, Math.Min(low, Width));
        _right = Math.Max(_right, Math.Min(high + 1, Width));
        _top = Math.Min(_top, y);
        _bottom = Math.Max(_bottom, y + 1);
    }

    private static void Over(Span<float> pixel, Tint tint, double alpha)
    {
        double rest = 1 - alpha;
        pixel[0] = (float)((tint.R * alpha) + (pixel[0] * rest));
        pixel[1] = (float)((tint.G * alpha) + (pixel[1] * rest));
        pixel[2] = (float)((tint.B * alpha) + (pixel[2] * rest));
        pixel[3] = (float)(alpha + (pixel[3] * rest));
    }

    private void ForgetBounds()
    {
        _left = Width;
        _top = Height;
        _right = 0;
        _bottom = 0;
    }
}
