using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Brings the planes of a frame into the form the pipe takes: mostly they already have it and are passed on as they lie. Else words
/// are moved up, neutral chroma stands beside grey, and an odd edge is repeated, all in one buffer that is used again.</summary>
internal sealed class PicturePacker
{
    private readonly FrameFormat _source;
    private readonly FrameFormat _sent;
    private readonly int _shift;
    private readonly bool _fills;
    private readonly byte[] _buffer;

    /// <param name="source">Of every frame.</param>
    /// <param name="sent">The same, or wider and higher by at most one, or deeper, or grey with chroma.</param>
    /// <param name="fills">The bits below a sample that is moved up to 16 are filled, so that white stays white; else they are 0.</param>
    public PicturePacker(FrameFormat source, FrameFormat sent, bool fills = false)
    {
        _fills = fills;
        _source = source;
        _sent = sent;
        _shift = sent.Depth - source.Depth;
        bool same = sent.Layout == source.Layout && sent.Depth == source.Depth && sent.Width == source.Width && sent.Height == source.Height;
        if (_shift != 0 && source.BytesPerSample != sent.BytesPerSample)
            throw new ArgumentException("bytes are not made into words here", nameof(sent));
        _buffer = same ? [] : GC.AllocateUninitializedArray<byte>(sent.ByteCount, pinned: true);
        for (int plane = source.PlaneCount; !same && plane < sent.PlaneCount; plane++)
            FillNeutral(plane);
    }

    /// <summary>The bytes to send: the frame's own, or a buffer that is valid until the next call.</summary>
    public ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> planes)
    {
        if (planes.Length != _source.ByteCount)
            throw new ArgumentException("the frame has another format than was announced", nameof(planes));
        if (_buffer.Length == 0)
            return planes;
        for (int plane = 0; plane < _source.PlaneCount; plane++)
            PackPlane(planes.Span, plane);
        return _buffer;
    }

    private void PackPlane(ReadOnlySpan<byte> planes, int plane)
    {
        int sample = _source.BytesPerSample, row = _source.PlaneWidth(plane) * sample, rows = _source.PlaneHeight(plane);
        int sentRow = _sent.PlaneWidth(plane) * sample, sentRows = _sent.PlaneHeight(plane);
        Span<byte> to = _buffer.AsSpan(_sent.PlaneOffset(plane), sentRow * sentRows);
        ReadOnlySpan<byte> from = planes.Slice(_source.PlaneOffset(plane), row * rows);
        for (int y = 0; y < sentRows; y++)
        {
            Span<byte> target = to.Slice(y * sentRow, sentRow);
            ReadOnlySpan<byte> source = from.Slice(Math.Min(y, rows - 1) * row, row);
            if (_shift == 0)
                source.CopyTo(target);
            else if (_fills)
                SampleShift.Fill(MemoryMarshal.Cast<byte, ushort>(source), MemoryMarshal.Cast<byte, ushort>(target[..row]), _source.Depth);
            else
                SampleShift.Left(MemoryMarshal.Cast<byte, ushort>(source), MemoryMarshal.Cast<byte, ushort>(target[..row]), _shift);
            if (sentRow > row)
                target.Slice(row - sample, sample).CopyTo(target[row..]);
        }
    }

    private void FillNeutral(int plane)
    {
        Span<byte> bytes = _buffer.AsSpan(_sent.PlaneOffset(plane), _sent.PlaneWidth(plane) * _sent.PlaneHeight(plane) * _sent.BytesPerSample);
        if (_sent.BytesPerSample == 1)
            bytes.Fill((byte)_sent.NeutralCode);
        else
            MemoryMarshal.Cast<byte, ushort>(bytes).Fill((ushort)_sent.NeutralCode);
    }
}
