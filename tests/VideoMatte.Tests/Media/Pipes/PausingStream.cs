namespace VideoMatte.Tests.Media.Pipes;

/// <summary>A pipe whose other end pauses once, after half of what goes through.</summary>
internal sealed class PausingStream(Stream inner, long half, TimeSpan pause) : Stream
{
    private readonly ManualResetEventSlim _never = new();
    private long _passed;
    private bool _paused;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Pass(0);
        int read = inner.Read(buffer, offset, (int)Math.Min(count, Math.Max(1, _paused ? count : half - _passed)));
        Pass(read);
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Pass(count);
        inner.Write(buffer, offset, count);
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Pass(int count)
    {
        _passed += count;
        if (_paused || _passed < half)
            return;
        _paused = true;
        _never.Wait(pause);
    }
}
