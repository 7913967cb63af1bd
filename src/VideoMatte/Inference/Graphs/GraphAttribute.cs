namespace VideoMatte.Inference.Graphs;

/// <summary>A fixed setting of an operator: a number, a list of numbers or a text.</summary>
public sealed class GraphAttribute
{
    private GraphAttribute(string name, object value)
    {
        Name = name;
        Value = value;
    }

    public string Name { get; }

    /// <summary>A <see cref="long"/>, a <see cref="long"/> array, a <see cref="float"/> or a <see cref="string"/>.</summary>
    internal object Value { get; }

    public static GraphAttribute Of(string name, long value) => new(name, value);

    public static GraphAttribute Of(string name, long[] value) => new(name, value);

    public static GraphAttribute Of(string name, float value) => new(name, value);

    public static GraphAttribute Of(string name, string value) => new(name, value);
}
