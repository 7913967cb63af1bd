using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Media.Exr;

/// <summary>Makes the blocks of OpenEXR pictures of one format, as many at once as there are processors. Used by one caller at a time.</summary>
internal sealed class ExrPicture
{
    private readonly FrameFormat _format;
    private readonly bool _hasAlpha;
    private readonly bool _associated;
    private readonly CurveTable? _curve;
    private readonly byte[]?[] _blocks;

    /// <param name="format">Of every frame.</param>
    /// <param name="light">Linear light; else the source's codes.</param>
    /// <param name="hasAlpha">A channel A is written.</param>
    /// <param name="associated">Colour is multiplied by alpha, after it is light.</param>
    public ExrPicture(FrameFormat format, bool light, bool hasAlpha, bool associated)
    {
        _format = format;
        _hasAlpha = hasAlpha;
        _associated = hasAlpha && associated;
        _curve = light ? LightRows.Curve(format.Colour.Transfer) : null;
        _blocks = new byte[]?[(format.Height + ExrHeader.BlockRows - 1) / ExrHeader.BlockRows];
    }

    /// <summary>Writes a whole file.</summary>
    /// <param name="header">As <see cref="ExrHeader.Write"/> gives it.</param>
    /// <param name="picture">Borrowed; straight.</param>
    /// <param name="alpha">Borrowed; of its size.</param>
    /// <param name="file">Gets the bytes.</param>
    /// <param name="cancellationToken">Ends the work between two blocks.</param>
    public async Task WriteAsync(byte[] header, VideoFrame picture, AlphaMatte alpha, Stream file, CancellationToken cancellationToken)
    {
        if (picture.Format != _format || alpha.Width != _format.Width || alpha.Height != _format.Height)
            throw new ArgumentException($"EXR: the picture or its matte is not of the format {_format}", nameof(picture));
        await Task.Run(
            () => Parallel.For(
                0, _blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
                () => new Worker(this), (block, _, worker) =>
                {
                    _blocks[block] = worker.Encode(picture, alpha, block);
                    return worker;
                }, _ => { }),
            cancellationToken).ConfigureAwait(false);
        await file.WriteAsync(header, cancellationToken).ConfigureAwait(false);
        await file.WriteAsync(Offsets(header.Length), cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < _blocks.Length; i++)
        {
            await file.WriteAsync(_blocks[i], cancellationToken).ConfigureAwait(false);
            _blocks[i] = null;
        }
    }

    /// <summary>Where each block lies in the file.</summary>
    private byte[] Offsets(long before)
    {
        byte[] table = new byte[8 * _blocks.Length];
        long at = before + table.Length;
        for (int i = 0; i < _blocks.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(table.AsSpan(8 * i), at);
            at += _blocks[i]!.Length;
        }

        return table;
    }

    /// <summary>What one thread needs.</summary>
    private sealed class Worker
    {
        private const int BlockHeader = 8;

        private readonly ExrPicture _owner;
        private readonly LightRows _rows;
        private readonly float[] _red, _green, _blue, _alpha;
        private readonly ushort[] _samples;
        private readonly byte[] _predicted, _scratch;

        public Worker(ExrPicture owner)
        {
            _owner = owner;
            int width = owner._format.Width, samples = width * ExrHeader.BlockRows * ExrHeader.Channels(owner._hasAlpha).Length;
            _rows = new LightRows(owner._format, owner._curve);
            (_red, _green, _blue, _alpha) = (new float[width], new float[width], new float[width], new float[width]);
            (_samples, _predicted, _scratch) = (new ushort[samples], new byte[2 * samples], new byte[2 * samples]);
        }

        public byte[] Encode(VideoFrame picture, AlphaMatte alpha, int block)
        {
            FrameFormat format = _owner._format;
            int first = block * ExrHeader.BlockRows, rows = Math.Min(ExrHeader.BlockRows, format.Height - first), at = 0;
            for (int y = first; y < first + rows; y++)
            {
                _rows.Read(picture, y, _red, _green, _blue);
                if (_owner._hasAlpha)
                    Cover(alpha.Row(y), ref at);
                foreach (float[] channel in (ReadOnlySpan<float[]>)[_blue, _green, _red])
                    Pack(channel, ref at);
            }

            return Deflate(first, _samples.AsSpan(0, at));
        }

        private void Cover(ReadOnlySpan<ushort> alpha, ref int at)
        {
            for (int x = 0; x < alpha.Length; x++)
                _alpha[x] = (float)alpha[x] / AlphaMatte.Opaque;
            Pack(_alpha, ref at);
            if (!_owner._associated)
                return;
            for (int x = 0; x < alpha.Length; x++)
            {
                _red[x] *= _alpha[x];
                _green[x] *= _alpha[x];
                _blue[x] *= _alpha[x];
            }
        }

        private void Pack(float[] values, ref int at)
        {
            HalfSamples.Pack(values, _samples.AsSpan(at, values.Length));
            at += values.Length;
        }

        /// <summary>First row, length, data: deflated, or as it is where that is no shorter.</summary>
        private byte[] Deflate(int first, ReadOnlySpan<ushort> samples)
        {
            int raw = 2 * samples.Length;
            ZipPredictor.Predict(samples, _predicted.AsSpan(0, raw), _scratch.AsSpan(0, raw));
            using MemoryStream bytes = new(raw / 2);
            bytes.Write(stackalloc byte[BlockHeader]);
            using (ZLibStream zip = new(bytes, CompressionLevel.Fastest, leaveOpen: true))
                zip.Write(_predicted.AsSpan(0, raw));
            if (bytes.Length - BlockHeader >= raw)
            {
                bytes.SetLength(BlockHeader);
                bytes.Position = BlockHeader;
                bytes.Write(MemoryMarshal.AsBytes(samples));
            }

            byte[] block = bytes.ToArray();
            BinaryPrimitives.WriteInt32LittleEndian(block, first);
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), block.Length - BlockHeader);
            return block;
        }
    }
}
