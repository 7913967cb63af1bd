namespace VideoMatte.Inference.Graphs;

/// <summary>The operators of ONNX (opset 17) that models built here use, on tensors of four dimensions [n, channel, row, column].</summary>
public static class GraphOperators
{
    public static GraphValue Max(this GraphValue a, GraphValue b) => a.Graph.Add("Max", [a, b]);

    public static GraphValue Max(this GraphValue a, float b) => a.Max(a.Graph.Constant(b));

    public static GraphValue Min(this GraphValue a, GraphValue b) => a.Graph.Add("Min", [a, b]);

    public static GraphValue Min(this GraphValue a, float b) => a.Min(a.Graph.Constant(b));

    public static GraphValue Clip(this GraphValue a, float low, float high) =>
        a.Graph.Add("Clip", [a, a.Graph.Constant(low), a.Graph.Constant(high)]);

    /// <summary>Limits to 0..1.</summary>
    public static GraphValue Saturate(this GraphValue a) => a.Clip(0f, 1f);

    /// <summary>0 up to <paramref name="from"/>, 1 from <paramref name="to"/> on, straight between.</summary>
    public static GraphValue Ramp(this GraphValue a, float from, float to) => ((a - from) * (1f / (to - from))).Saturate();

    public static GraphValue Square(this GraphValue a) => a * a;

    public static GraphValue Sqrt(this GraphValue a) => a.Graph.Add("Sqrt", [a]);

    public static GraphValue Abs(this GraphValue a) => a.Graph.Add("Abs", [a]);

    /// <summary>1 where the condition holds, else 0.</summary>
    public static GraphValue ToFloat(this GraphValue condition) => condition.Cast(GraphElementType.Float);

    public static GraphValue Cast(this GraphValue a, GraphElementType type) => a.Graph.Add("Cast", [a], GraphAttribute.Of("to", (long)type));

    /// <summary>Where this condition holds the first, else the second.</summary>
    public static GraphValue Choose(this GraphValue condition, GraphValue then, GraphValue otherwise) =>
        condition.Graph.Add("Where", [condition, then, otherwise]);

    public static GraphValue SumOver(this GraphValue a, params long[] axes) => a.Graph.Add("ReduceSum", [a, a.Graph.Constant(axes, axes.Length)]);

    public static GraphValue MeanOver(this GraphValue a, params long[] axes) => a.Graph.Add("ReduceMean", [a], GraphAttribute.Of("axes", axes));

    public static GraphValue MaxOver(this GraphValue a, params long[] axes) => a.Graph.Add("ReduceMax", [a], GraphAttribute.Of("axes", axes));

    public static GraphValue MinOver(this GraphValue a, params long[] axes) => a.Graph.Add("ReduceMin", [a], GraphAttribute.Of("axes", axes));

    /// <summary>Index of the largest along an axis, the first of equals; int64, the axis kept with size 1.</summary>
    public static GraphValue ArgMax(this GraphValue a, long axis) => a.Graph.Add("ArgMax", [a], GraphAttribute.Of("axis", axis));

    /// <summary>Index of the smallest along an axis, the first of equals; int64, the axis kept with size 1.</summary>
    public static GraphValue ArgMin(this GraphValue a, long axis) => a.Graph.Add("ArgMin", [a], GraphAttribute.Of("axis", axis));

    public static GraphValue IsEqualTo(this GraphValue a, GraphValue b) => a.Graph.Add("Equal", [a, b]);

    public static GraphValue Join(this GraphValue a, long axis, params GraphValue[] others) =>
        a.Graph.Add("Concat", [a, .. others], GraphAttribute.Of("axis", axis));

    /// <summary>Elements <paramref name="from"/> up to and without <paramref name="to"/> along an axis.</summary>
    public static GraphValue Part(this GraphValue a, long axis, long from, long to) =>
        a.Graph.Add("Slice", [a, a.Graph.Constant([from], 1), a.Graph.Constant([to], 1), a.Graph.Constant([axis], 1)]);

    /// <summary>The shape, one dimension, int64.</summary>
    public static GraphValue Shape(this GraphValue a) => a.Graph.Add("Shape", [a]);

    /// <summary>Repeats dimensions of size 1 up to a shape (int64, one dimension).</summary>
    public static GraphValue Expand(this GraphValue a, GraphValue shape) => a.Graph.Add("Expand", [a, shape]);

    /// <summary>Mean over a square window of odd side; at the borders over what the picture holds of it.</summary>
    /// <remarks>Rows first, then columns: the same mean for 2k instead of k*k reads.</remarks>
    public static GraphValue BoxMean(this GraphValue a, int side)
    {
        long reach = side / 2;
        GraphValue rows = Pool(a, "AveragePool", [1, side], [0, reach, 0, reach], [1, 1]);
        return Pool(rows, "AveragePool", [side, 1], [reach, 0, reach, 0], [1, 1]);
    }

    /// <summary>Largest value in a square window of odd side.</summary>
    public static GraphValue Dilate(this GraphValue a, int side)
    {
        long reach = side / 2;
        GraphValue rows = Pool(a, "MaxPool", [1, side], [0, reach, 0, reach], [1, 1]);
        return Pool(rows, "MaxPool", [side, 1], [reach, 0, reach, 0], [1, 1]);
    }

    /// <summary>Smallest value of values in 0..1 in a square window of odd side.</summary>
    public static GraphValue Erode(this GraphValue a, int side) => 1f - (1f - a).Dilate(side);

    /// <summary>Means of blocks of <paramref name="factor"/> x <paramref name="factor"/>; the size must be a multiple.</summary>
    public static GraphValue Shrink(this GraphValue a, int factor) =>
        Pool(a, "AveragePool", [factor, factor], [0, 0, 0, 0], [factor, factor]);

    /// <summary>Means of blocks of <paramref name="factor"/> x <paramref name="factor"/>, the last block of a line of what is left of it.</summary>
    public static GraphValue Blocks(this GraphValue a, int factor) =>
        Pool(a, "AveragePool", [factor, factor], [0, 0, factor - 1, factor - 1], [factor, factor]);

    /// <summary>Bilinear, pixel centres at halves, to a size [rows, columns] (int64).</summary>
    public static GraphValue ResizeTo(this GraphValue a, GraphValue size)
    {
        GraphValue sizes = a.Shape().Part(0, 0, 2).Join(0, size);
        return a.Graph.Add(
            "Resize",
            [a, null, null, sizes],
            GraphAttribute.Of("mode", "linear"),
            GraphAttribute.Of("coordinate_transformation_mode", "half_pixel"));
    }

    private static GraphValue Pool(GraphValue a, string op, long[] kernel, long[] pads, long[] strides) =>
        a.Graph.Add(
            op,
            [a],
            GraphAttribute.Of("kernel_shape", kernel),
            GraphAttribute.Of("pads", pads),
            GraphAttribute.Of("strides", strides));
}
