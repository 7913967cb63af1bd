using VideoMatte.Frames;

namespace VideoMatte.Media.Pipes;

/// <summary>A NUT that comes through standard input: its head is read ahead, to know what comes, and given again to whoever reads it.</summary>
internal sealed class PipedInput
{
    /// <summary>As messages name it.</summary>
    public const string Name = "standard input";

    /// <summary>Headers and text before the first frame; more is an attack or a defect.</summary>
    private const int MostHead = 16 << 20;

    private readonly Stream _stream;
    private readonly BlockingCalls _calls = new("standard input");
    private readonly MemoryStream _seen = new();
    private long _given;
    private bool _isTaken;

    private PipedInput(Stream stream) => _stream = stream;

    /// <summary>Up to the first frame, as far as a demuxer must see to know its streams.</summary>
    public ReadOnlyMemory<byte> Head { get; private set; }

    /// <summary>Waits for the head, however long that takes.</summary>
    /// <param name="stream">Standard input; stays the caller's.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <exception cref="MatteException">Input: <c>pipe-empty</c>, <c>pipe-not-nut</c>, <c>pipe-damaged</c>.</exception>
    public static async Task<PipedInput> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        PipedInput input = new(stream);
        try
        {
            await input.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
            return input;
        }
        catch (MatteException e) when (e.Code is NutReader.CutCode or NutReader.DamagedCode)
        {
            input._calls.End();
            throw Wrong("pipe-damaged", e.Code == NutReader.CutCode
                ? "Standard input ended before its first frame: look at what the program before the pipe said."
                : "Standard input begins like NUT and goes on like something else: write it with ffmpeg's -f nut.");
        }
        catch
        {
            input._calls.End();
            throw;
        }
    }

    /// <summary>The stream from its beginning, once.</summary>
    /// <param name="into">Borrowed until the call behind it has ended, also where the wait was given up.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <returns>Bytes read; 0 at the end.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        if (_given == _seen.Length)
            return await FromStreamAsync(into, cancellationToken).ConfigureAwait(false);
        int part = (int)Math.Min(into.Length, _seen.Length - _given);
        _seen.GetBuffer().AsMemory((int)_given, part).CopyTo(into);
        _given += part;
        return part;
    }

    /// <summary>Claims the stream: what comes once is read once.</summary>
    public void Take()
    {
        if (_isTaken)
            throw new InvalidOperationException("standard input was read already");
        _isTaken = true;
    }

    /// <summary>Nobody reads any more.</summary>
    public void End() => _calls.End();

    private async Task ReadHeadAsync(CancellationToken cancellationToken)
    {
        NutByteReader bytes = new(SeeAsync);
        foreach (byte expected in NutFormat.Signature.ToArray())
        {
            if (await bytes.IsAtEndAsync(cancellationToken).ConfigureAwait(false))
                throw _seen.Length == 0
                    ? Wrong("pipe-empty", "Standard input is empty: the program before the pipe gave nothing; look at what it said.")
                    : NotNut();
            if (await bytes.NextAsync(cancellationToken).ConfigureAwait(false) != expected)
                throw NotNut();
        }

        while (await bytes.NextAsync(cancellationToken).ConfigureAwait(false) == NutFormat.StartcodeByte)
        {
            ulong code = await bytes.StartCodeAsync(cancellationToken).ConfigureAwait(false);
            // ffmpeg's demuxer wants to see that frames follow.
            if (code == NutFormat.SyncpointStartcode)
                break;
            await bytes.PacketAsync(code, cancellationToken).ConfigureAwait(false);
        }

        Head = _seen.GetBuffer().AsMemory(0, (int)bytes.Position);
    }

    private async ValueTask<int> SeeAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        int read = await FromStreamAsync(into, cancellationToken).ConfigureAwait(false);
        _seen.Write(into.Span[..read]);
        return _seen.Length <= MostHead
            ? read
            : throw Wrong("pipe-damaged", "Standard input has more than 16 MB before its first frame: write it with ffmpeg's -f nut.");
    }

    private async Task<int> FromStreamAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        try
        {
            return await _calls.RunAsync(() => _stream.Read(into.Span), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong("pipe-damaged", $"Standard input cannot be read: {e.Message}");
        }
    }

    private static MatteException NotNut() => Wrong(
        "pipe-not-nut", "Standard input is no NUT, which is what - reads: send it through ffmpeg -i … -c:v rawvideo -f nut - or name a file.");

    private static MatteException Wrong(string code, string message) => new(ErrorKind.Input, code, message) { Clip = Name };
}
