using System.Numerics;

namespace VideoMatte.Models;

/// <summary>Writes a graph anew so that it holds its weights itself: a tensor that names a place outside loses that and gets raw_data, left open
/// for whoever has the bytes. All else stays as it was written.</summary>
internal sealed class OnnxInliner
{
    private const int Delimited = 2;

    private readonly ReadOnlyMemory<byte> _graph;
    private readonly IReadOnlyList<long> _lengths;

    /// <summary>Of each message that is walked, in the order the walk enters them: a message's length is written before what it holds.</summary>
    private readonly List<long> _sizes = [];

    private int _tensor;

    /// <param name="graph">A file that <see cref="OnnxInspection"/> found to be ONNX.</param>
    /// <param name="lengths">Bytes of each external tensor's data, in the order of <see cref="OnnxVerdict.External"/>; each at most 2^31.</param>
    public OnnxInliner(ReadOnlyMemory<byte> graph, IReadOnlyList<long> lengths)
    {
        _graph = graph;
        _lengths = lengths;
        Size = Measure(graph.Span, OnnxMessage.Model);
    }

    /// <summary>Of the new file, bytes.</summary>
    public long Size { get; }

    /// <summary>Writes all but the open data.</summary>
    /// <param name="whole">Of <see cref="Size"/> bytes.</param>
    /// <returns>Where the data of each external tensor belongs, in the order of the lengths.</returns>
    public int[] Write(Span<byte> whole)
    {
        var output = new Output(whole, new int[_lengths.Count]);
        _tensor = 0;
        Write(ref output, _graph.Span, OnnxMessage.Model);
        return output.Places;
    }

    private long Measure(ReadOnlySpan<byte> bytes, OnnxMessage message)
    {
        int slot = _sizes.Count;
        _sizes.Add(0);
        bool external = message == OnnxMessage.Tensor && ExternalTensor.IsIn(bytes);
        long size = 0;
        var field = new WireReader(bytes);
        while (field.Next())
        {
            if (external && IsReplaced(field.Field))
                continue;
            size += Child(message, field) is { } child ? Framed(field.Field, Measure(field.Payload, child)) : field.Whole.Length;
        }

        if (external)
            size += Framed(OnnxFields.RawDataOfTensor, _lengths[_tensor++]);
        return _sizes[slot] = size;
    }

    private void Write(ref Output output, ReadOnlySpan<byte> bytes, OnnxMessage message)
    {
        output.Slot++;
        bool external = message == OnnxMessage.Tensor && ExternalTensor.IsIn(bytes);
        var field = new WireReader(bytes);
        while (field.Next())
        {
            if (external && IsReplaced(field.Field))
                continue;
            if (Child(message, field) is not { } child)
            {
                output.Copy(field.Whole);
                continue;
            }

            output.Head(field.Field, _sizes[output.Slot]);
            Write(ref output, field.Payload, child);
        }

        if (!external)
            return;
        output.Head(OnnxFields.RawDataOfTensor, _lengths[_tensor]);
        output.Places[_tensor] = output.At;
        output.At += (int)_lengths[_tensor++];
    }

    private static bool IsReplaced(int field) => field is OnnxFields.RawDataOfTensor or OnnxFields.ExternalDataOfTensor or OnnxFields.DataLocationOfTensor;

    private static OnnxMessage? Child(OnnxMessage message, in WireReader field) => field.HasPayload ? OnnxFields.Child(message, field.Field) : null;

    private static long Framed(int field, long size) => VarintBytes(((ulong)field << 3) | Delimited) + VarintBytes((ulong)size) + size;

    private static int VarintBytes(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    private ref struct Output(Span<byte> whole, int[] places)
    {
        private readonly Span<byte> _whole = whole;

        public int[] Places { get; } = places;

        public int At { get; set; }

        /// <summary>The message that is entered next.</summary>
        public int Slot { get; set; }

        public void Copy(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_whole[At..]);
            At += bytes.Length;
        }

        public void Head(int field, long size)
        {
            Varint(((ulong)field << 3) | Delimited);
            Varint((ulong)size);
        }

        private void Varint(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
                _whole[At++] = (byte)(value | 0x80);
            _whole[At++] = (byte)value;
        }
    }
}
