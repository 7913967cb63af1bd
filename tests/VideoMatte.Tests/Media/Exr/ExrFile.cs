using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace VideoMatte.Tests.Media.Exr;

/// <summary>An EXR as others read it: samples by ffmpeg's decoder, the header by its own short grammar (name, type, size, value).</summary>
internal sealed class ExrFile
{
    private readonly Dictionary<string, (string Type, byte[] Value)> _attributes = new(StringComparer.Ordinal);

    public ExrFile(string path, bool hasAlpha = true)
    {
        byte[] head = File.ReadAllBytes(path);
        int at = 8;
        while (head[at] != 0)
        {
            string name = Text(head, ref at), type = Text(head, ref at);
            int size = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(at));
            _attributes[name] = (type, head[(at + 4)..(at + 4 + size)]);
            at += 4 + size;
        }

        Width = BinaryPrimitives.ReadInt32LittleEndian(_attributes["dataWindow"].Value.AsSpan(8)) + 1;
        Height = BinaryPrimitives.ReadInt32LittleEndian(_attributes["dataWindow"].Value.AsSpan(12)) + 1;
        byte[] planes = FfmpegRun.Ffmpeg("-i", path, "-f", "rawvideo", "-pix_fmt", hasAlpha ? "gbrapf32le" : "gbrpf32le", "pipe:1");
        float[] all = MemoryMarshal.Cast<byte, float>(planes).ToArray();
        int samples = Width * Height;
        (G, B, R) = (all[..samples], all[samples..(2 * samples)], all[(2 * samples)..(3 * samples)]);
        A = hasAlpha ? all[(3 * samples)..] : [];
    }

    public int Width { get; }

    public int Height { get; }

    public float[] R { get; }

    public float[] G { get; }

    public float[] B { get; }

    public float[] A { get; }

    public bool Has(string name) => _attributes.ContainsKey(name);

    public float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(_attributes[name].Value).ToArray();

    public int[] Ints(string name) => MemoryMarshal.Cast<byte, int>(_attributes[name].Value).ToArray();

    /// <summary>A timecode's digits as they are read aloud.</summary>
    public string Timecode()
    {
        uint packed = (uint)Ints("timeCode")[0];
        return string.Create(CultureInfo.InvariantCulture,
            $"{(packed >> 24) & 0x3F:x2}:{(packed >> 16) & 0x7F:x2}:{(packed >> 8) & 0x7F:x2}{((packed & 0x40) != 0 ? ';' : ':')}{packed & 0x3F:x2}");
    }

    private static string Text(byte[] bytes, ref int at)
    {
        int end = Array.IndexOf(bytes, (byte)0, at);
        string text = Encoding.ASCII.GetString(bytes, at, end - at);
        at = end + 1;
        return text;
    }
}
