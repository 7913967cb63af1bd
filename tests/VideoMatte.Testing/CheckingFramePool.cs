using System.Diagnostics;
using System.Runtime.CompilerServices;
using VideoMatte.Frames;
using Xunit;

namespace VideoMatte.Testing;

/// <summary>The pool for tests: every buffer is new, knows who rented it, and is poisoned when it comes back. <see cref="Dispose"/> fails
/// the test on a leak, a double or foreign return, or a write after return.</summary>
public sealed class CheckingFramePool : IFramePool, IDisposable
{
    private const byte Poison = 0xDB;

    private readonly Lock _lock = new();
    private readonly ConditionalWeakTable<byte[], StackTrace> _lent = [];
    private readonly List<byte[]> _returned = [];
    private readonly HashSet<byte[]> _outstanding = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _faults = [];
    private long _bytes;
    private long _kept;

    /// <summary>Returned buffers are kept for the check at the end, up to this many bytes.</summary>
    public long KeptBytes { get; init; } = 256 << 20;

    public long OutstandingBytes => Interlocked.Read(ref _bytes);

    /// <summary>Buffers that are lent and not returned yet.</summary>
    public int OutstandingBuffers
    {
        get
        {
            lock (_lock)
                return _outstanding.Count;
        }
    }

    /// <summary>Most bytes ever lent at once.</summary>
    public long PeakBytes { get; private set; }

    public byte[] Rent(int byteCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
        byte[] buffer = GC.AllocateUninitializedArray<byte>(byteCount, pinned: true);
        Array.Fill(buffer, (byte)0xA5);
        lock (_lock)
        {
            // Turned into text only where something is wrong: thousands of runs rent from here.
            _lent.Add(buffer, new StackTrace(1, fNeedFileInfo: false));
            _outstanding.Add(buffer);
            _bytes += byteCount;
            PeakBytes = Math.Max(PeakBytes, _bytes);
        }

        return buffer;
    }

    public void Return(byte[] buffer)
    {
        lock (_lock)
        {
            if (!_outstanding.Remove(buffer))
            {
                string who = _lent.TryGetValue(buffer, out StackTrace? stack) ? "returned twice; rented at\n" + stack : "returned but never rented here";
                _faults.Add($"a buffer of {buffer.Length} bytes was {who}\nsecond return at\n{new StackTrace(1)}");
                return;
            }

            _bytes -= buffer.Length;
            Array.Fill(buffer, Poison);
            if (_kept + buffer.Length <= KeptBytes)
            {
                _returned.Add(buffer);
                _kept += buffer.Length;
            }
        }
    }

    /// <summary>Fails where anything is wrong so far; leaks count only when <paramref name="atEnd"/>.</summary>
    public void Verify(bool atEnd = true)
    {
        lock (_lock)
        {
            foreach (byte[] buffer in _returned.Where(b => b.AsSpan().ContainsAnyExcept(Poison)))
                _faults.Add($"a buffer of {buffer.Length} bytes was written after its return; rented at\n{Stack(buffer)}");
            _returned.Clear();
            _kept = 0;
            if (atEnd)
                _faults.AddRange(_outstanding.Select(b => $"a buffer of {b.Length} bytes was never returned; rented at\n{Stack(b)}"));
            Assert.True(_faults.Count == 0, string.Join("\n\n", _faults.Take(5)));
        }
    }

    public void Dispose() => Verify();

    private string Stack(byte[] buffer) => _lent.TryGetValue(buffer, out StackTrace? stack) ? stack.ToString() : "?";
}
