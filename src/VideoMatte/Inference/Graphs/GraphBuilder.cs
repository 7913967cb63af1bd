using System.Buffers.Binary;
using System.Globalization;

namespace VideoMatte.Inference.Graphs;

/// <summary>
/// Builds an ONNX graph node by node. The same calls always give the same bytes: names count up, equal constants are stored once,
/// and nothing of the machine or the time goes into the file.
/// </summary>
public sealed class GraphBuilder
{
    private readonly List<GraphNode> _nodes = [];
    private readonly List<GraphTensor> _constants = [];
    private readonly List<GraphPort> _inputs = [];
    private readonly List<GraphPort> _outputs = [];
    private readonly Dictionary<string, GraphValue> _constantByContent = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _next;

    internal IReadOnlyList<GraphNode> Nodes => _nodes;

    internal IReadOnlyList<GraphTensor> Constants => _constants;

    internal IReadOnlyList<GraphPort> Inputs => _inputs;

    internal IReadOnlyList<GraphPort> Outputs => _outputs;

    /// <summary>Declares an input.</summary>
    /// <param name="name">As callers bind it.</param>
    /// <param name="dimensions">A number where fixed, else a symbolic name.</param>
    public GraphValue Input(string name, params string[] dimensions) => Input(name, GraphElementType.Float, dimensions);

    /// <summary>Declares an input of another element type.</summary>
    public GraphValue Input(string name, GraphElementType type, params string[] dimensions)
    {
        Claim(name);
        _inputs.Add(new GraphPort(name, type, dimensions));
        return new GraphValue(this, name);
    }

    /// <summary>Declares an output that carries <paramref name="value"/>.</summary>
    public void Output(string name, GraphValue value, params string[] dimensions) => Output(name, GraphElementType.Float, value, dimensions);

    /// <summary>Declares an output of another element type, which is the value's own.</summary>
    public void Output(string name, GraphElementType type, GraphValue value, params string[] dimensions)
    {
        Check(value);
        Claim(name);
        _nodes.Add(new GraphNode("Identity", [value.Name], [name], []));
        _outputs.Add(new GraphPort(name, type, dimensions));
    }

    /// <summary>A scalar.</summary>
    public GraphValue Constant(float value) => Constant([value], []);

    /// <summary>A tensor of floats in row-major order.</summary>
    public GraphValue Constant(float[] values, params long[] dimensions)
    {
        ArgumentNullException.ThrowIfNull(values);
        byte[] data = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * sizeof(float)), values[i]);
        return Store(GraphElementType.Float, values.Length, dimensions, data);
    }

    /// <summary>A tensor of whole numbers (shapes, axes) in row-major order.</summary>
    public GraphValue Constant(long[] values, params long[] dimensions)
    {
        ArgumentNullException.ThrowIfNull(values);
        byte[] data = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(i * sizeof(long)), values[i]);
        return Store(GraphElementType.Int64, values.Length, dimensions, data);
    }

    /// <summary>Adds an operator of the default domain with one output. A null input leaves an optional one out.</summary>
    public GraphValue Add(string op, GraphValue?[] inputs, params GraphAttribute[] attributes)
    {
        ArgumentException.ThrowIfNullOrEmpty(op);
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (GraphValue? input in inputs)
            if (input is not null)
                Check(input);
        GraphValue result = new(this, Fresh(op));
        _nodes.Add(new GraphNode(op, [.. inputs.Select(i => i?.Name ?? "")], [result.Name], attributes));
        return result;
    }

    /// <summary>The model file: a ModelProto whose only operator set is the default one.</summary>
    /// <param name="name">Of the graph.</param>
    /// <param name="description">For a reader of the file.</param>
    public byte[] ToModel(string name, string description) => OnnxModelWriter.Write(this, name, description);

    private GraphValue Store(GraphElementType type, int count, long[] dimensions, byte[] data)
    {
        if (dimensions.Aggregate(1L, (product, d) => product * d) != count)
            throw new ArgumentException("The values do not fill the shape.", nameof(dimensions));
        string content = string.Create(CultureInfo.InvariantCulture, $"{type}:{string.Join('x', dimensions)}:{Convert.ToHexString(data)}");
        if (_constantByContent.TryGetValue(content, out GraphValue? known))
            return known;
        GraphValue value = new(this, Fresh("c"));
        _constants.Add(new GraphTensor(value.Name, type, dimensions, data));
        _constantByContent.Add(content, value);
        return value;
    }

    private string Fresh(string stem)
    {
        string name = stem + "_" + _next++.ToString(CultureInfo.InvariantCulture);
        Claim(name);
        return name;
    }

    private void Claim(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_names.Add(name))
            throw new ArgumentException($"The graph already has a tensor named {name}.", nameof(name));
    }

    private void Check(GraphValue value)
    {
        if (value.Graph != this)
            throw new ArgumentException($"The tensor {value.Name} belongs to another graph.", nameof(value));
    }
}
