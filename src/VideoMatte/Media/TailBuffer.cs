using System.Text;

namespace VideoMatte.Media;

/// <summary>Keeps the last bytes of a stream of any length. Thread-safe.</summary>
internal sealed class TailBuffer(int capacity)
{
    private readonly Lock _lock = new();
    private readonly byte[] _ring = new byte[capacity];
    private long _total;

    /// <summary>Bytes ever added.</summary>
    public long TotalBytes
    {
        get
        {
            lock (_lock)
                return _total;
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            ReadOnlySpan<byte> kept = bytes.Length > _ring.Length ? bytes[^_ring.Length..] : bytes;
            _total += bytes.Length - kept.Length;
            int at = (int)(_total % _ring.Length), first = Math.Min(kept.Length, _ring.Length - at);
            kept[..first].CopyTo(_ring.AsSpan(at));
            kept[first..].CopyTo(_ring);
            _total += kept.Length;
        }
    }

    /// <summary>The kept end as text; where the beginning is lost, from the first whole line on.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            if (_total <= _ring.Length)
                return Encoding.UTF8.GetString(_ring, 0, (int)_total);
            int at = (int)(_total % _ring.Length);
            string text = Encoding.UTF8.GetString([.. _ring.AsSpan(at), .. _ring.AsSpan(0, at)]);
            int line = text.IndexOf('\n', StringComparison.Ordinal);
            return line < 0 ? text : text[(line + 1)..];
        }
    }
}
