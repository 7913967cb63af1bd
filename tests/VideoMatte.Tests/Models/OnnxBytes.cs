using System.Text;

namespace VideoMatte.Tests.Models;

/// <summary>Smallest ONNX files, byte by byte: protobuf fields written by hand, so that the inspection is not tested with its own kind.</summary>
internal static class OnnxBytes
{
    /// <summary>y = Identity(x) with one weight inside.</summary>
    public static byte[] Whole => Model(Graph(Node(), Tensor()));

    public static byte[] Model(params byte[][] parts) => [.. Number(1, 8), .. Field(8, Number(2, 17)), .. parts.SelectMany(p => p)];

    public static byte[] Graph(params byte[][] parts) => Field(7, [.. parts.SelectMany(p => p)]);

    public static byte[] Node(params byte[] attributes) => Field(1, [.. Text(1, "x"), .. Text(2, "y"), .. Text(4, "Identity"), .. attributes]);

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
