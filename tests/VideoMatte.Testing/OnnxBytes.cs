using System.Text;

namespace VideoMatte.Testing;

/// <summary>Smallest ONNX files, byte by byte: protobuf fields written by hand, so that the inspection is not tested with its own kind.</summary>
public static class OnnxBytes
{
    /// <summary>y = Identity(x) with one weight inside.</summary>
    public static byte[] Whole => Model(Graph(Node(), Tensor()));

    public static byte[] Model(params byte[][] parts) => [.. Number(1, 8), .. Field(8, Number(2, 17)), .. parts.SelectMany(p => p)];

    public static byte[] Graph(params byte[][] parts) => Field(7, [.. parts.SelectMany(p => p)]);

    public static byte[] Node(params byte[] attributes) => Operator("Identity", ["x"], "y", attributes);

    public static byte[] Operator(string name, string[] inputs, string output, params byte[] attributes) =>
        Field(1, [.. inputs.SelectMany(i => Text(1, i)), .. Text(2, output), .. Text(4, name), .. attributes]);

    /// <summary>A graph's input (field 11) or output (12) of floats.</summary>
    public static byte[] Port(int field, string name, params long[] dimensions)
    {
        byte[] shape = [.. dimensions.SelectMany(d => Field(1, Number(1, (ulong)d)))];
        return Field(field, [.. Text(1, name), .. Field(2, Field(1, [.. Number(1, 1), .. Field(2, shape)]))]);
    }

    public static byte[] Tensor() => Field(5, TensorBody());

    public static byte[] TensorBody() => [.. Number(1, 1), .. Number(2, 1), .. Text(8, "w"), .. Field(9, [0, 0, 128, 63])];

    public static byte[] ExternalTensorBody(string location) =>
        [.. Number(1, 1), .. Number(2, 1), .. Text(8, "w"), .. Field(13, [.. Text(1, "location"), .. Text(2, location)]), .. Number(14, 1)];

    public static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Field(int field, byte[] payload) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)payload.Length), .. payload];

    public static byte[] Number(int field, ulong value) => [.. Varint((ulong)field << 3), .. Varint(value)];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
