using System.Globalization;
using System.Runtime.InteropServices;

namespace VideoMatte.Testing;

/// <summary>A network of U2-Net's contract, [1, 3, 320, 320] to [1, 1, 320, 320] in 0..1, whose matte is the picture's brightness: with its weights inside,
/// or in two files beside it. Two of them lie in one file, one belongs to a graph in an attribute, one is an attribute's own.</summary>
public sealed class PartedGraph
{
    public const string First = "brightness.weights.bin", Second = "brightness_gain";

    public const int Side = 320;

    private readonly Dictionary<string, List<byte>> _parts = new(StringComparer.Ordinal) { [First] = [], [Second] = [] };

    /// <param name="gain">What the brightness is multiplied with: another training of the same network.</param>
    /// <param name="locations">What the tensors say of the two files, where that is not their names.</param>
    public PartedGraph(float gain = 1.25f, (string First, string Second)? locations = null)
    {
        Inside = Build((name, dimensions, values, _) => Tensor(name, dimensions, OnnxBytes.Field(9, Bytes(values))));
        (string first, string second) = locations ?? (First, Second);
        Outside = Build((name, dimensions, values, part) => Tensor(name, dimensions, Place(part, part == First ? first : second, Bytes(values))));

        byte[] Build(Func<string, long[], float[], string, byte[]> tensor) => PartedGraph.Build(gain, tensor);
    }

    public byte[] Inside { get; }

    public byte[] Outside { get; }

    /// <summary>The files that <see cref="Outside"/> needs, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Parts => _parts.ToDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.Ordinal);

    /// <summary>Writes the graph and its files into a folder.</summary>
    /// <returns>The graph's path.</returns>
    public string Save(string folder, string name)
    {
        foreach ((string file, byte[] bytes) in Parts)
            File.WriteAllBytes(Path.Combine(folder, file), bytes);
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, Outside);
        return path;
    }

    private static byte[] Build(float gain, Func<string, long[], float[], string, byte[]> tensor)
    {
        // ImageNet's normalisation brings black to about -2 and white to about 2.4.
        byte[] kernel = tensor("kernel", [1, 3, 1, 1], [.07f, .08f, .06f], First), bias = tensor("bias", [1], [.37f], First);
        byte[] lift = tensor("lift", [1], [.03f], First), strength = tensor(string.Empty, [1], [gain], Second);
        byte[] yes = [.. OnnxBytes.Number(2, 9), .. OnnxBytes.Text(8, "yes"), .. OnnxBytes.Field(9, [1])];
        byte[] lifted = OnnxBytes.Port(12, "lifted", 1, 1, Side, Side), plain = OnnxBytes.Port(12, "plain", 1, 1, Side, Side);
        byte[] then = [.. OnnxBytes.Operator("Add", ["grey", "lift"], "lifted"), .. OnnxBytes.Text(2, "then"), .. OnnxBytes.Field(5, lift), .. lifted];
        byte[] other = [.. OnnxBytes.Operator("Identity", ["grey"], "plain"), .. OnnxBytes.Text(2, "else"), .. plain];
        return OnnxBytes.Model(OnnxBytes.Graph(
            OnnxBytes.Operator("Conv", ["input.1", "kernel", "bias"], "grey"),
            OnnxBytes.Operator("If", ["yes"], "chosen", [.. GraphAttribute("then_branch", then), .. GraphAttribute("else_branch", other)]),
            OnnxBytes.Operator("Constant", [], "gain", OnnxBytes.Field(5, [.. OnnxBytes.Text(1, "value"), .. OnnxBytes.Field(5, strength), .. OnnxBytes.Number(20, 4)])),
            OnnxBytes.Operator("Mul", ["chosen", "gain"], "strong"),
            OnnxBytes.Operator("Clip", ["strong", "zero", "one"], "1959"),
            OnnxBytes.Text(2, "brightness"),
            OnnxBytes.Field(5, kernel), OnnxBytes.Field(5, bias), OnnxBytes.Field(5, yes), OnnxBytes.Field(5, Scalar("zero", 0)), OnnxBytes.Field(5, Scalar("one", 1)),
            OnnxBytes.Port(11, "input.1", 1, 3, Side, Side),
            OnnxBytes.Port(12, "1959", 1, 1, Side, Side)));
    }

    private static byte[] GraphAttribute(string name, byte[] graph) => OnnxBytes.Field(5, [.. OnnxBytes.Text(1, name), .. OnnxBytes.Field(6, graph), .. OnnxBytes.Number(20, 5)]);

    private static byte[] Scalar(string name, float value) => Tensor(name, [], OnnxBytes.Field(9, Bytes([value])));

    private static byte[] Tensor(string name, long[] dimensions, byte[] data) =>
        [.. dimensions.SelectMany(d => OnnxBytes.Number(1, (ulong)d)), .. OnnxBytes.Number(2, 1), .. OnnxBytes.Text(8, name), .. data];

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    /// <summary>Puts the data into its part, behind some that belongs to nobody.</summary>
    private byte[] Place(string part, string location, byte[] data)
    {
        List<byte> file = _parts[part];
        file.AddRange(Enumerable.Repeat((byte)0xEE, 40 + file.Count));
        int offset = file.Count;
        file.AddRange(data);
        byte[] Pair(string key, string value) => OnnxBytes.Field(13, [.. OnnxBytes.Text(1, key), .. OnnxBytes.Text(2, value)]);
        return
        [
            .. Pair("location", location), .. Pair("offset", offset.ToString(CultureInfo.InvariantCulture)),
            .. Pair("length", data.Length.ToString(CultureInfo.InvariantCulture)), .. OnnxBytes.Number(14, 1),
        ];
    }
}
