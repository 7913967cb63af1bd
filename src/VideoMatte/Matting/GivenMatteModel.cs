using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>Mattes made elsewhere in a model's place: each frame gets the one its source has for it, bit for bit. Nothing is inferred and
/// nothing remembered: a reset changes nothing, the mattes run on through cuts.</summary>
public sealed class GivenMatteModel : IMattingModel, IInterruptible
{
    /// <summary>What <see cref="MattingModelInfo.Provider"/> says where no network runs.</summary>
    public const string NoProvider = "none";

    private readonly IFramePool _pool;
    private readonly IMatteSource _source;

    /// <param name="pool">For the mattes.</param>
    /// <param name="source">Moves in, and is disposed with the model.</param>
    /// <param name="id">For the result.</param>
    /// <param name="sha256">Of the file, lower-case hex.</param>
    /// <param name="family">For the result.</param>
    public GivenMatteModel(IFramePool pool, IMatteSource source, string id, string sha256, string family)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(source);
        _pool = pool;
        _source = source;
        Info = new MattingModelInfo(id, sha256, "unknown", family, NoProvider, 1);
    }

    public string Name => "matting";

    public int LatencyFrames => 0;

    public MattingModelInfo Info { get; }

    public IReadOnlyList<MatteWarning> Warnings => [];

    /// <exception cref="ArgumentException">The source's mattes are not of the frame's size.</exception>
    public void Process(VideoFrame frame, Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        AlphaMatte? alpha = null;
        try
        {
            ArgumentNullException.ThrowIfNull(ready);
            AlphaMatte given = _source.Next(frame.Time);
            if (given.Width != frame.Format.Width || given.Height != frame.Format.Height)
                throw new ArgumentException($"{Name}: the given matte is not of the picture's size", nameof(frame));
            alpha = AlphaMatte.Rent(_pool, given.Width, given.Height);
            given.Samples.CopyTo(alpha.Samples);
            ready.Enqueue(new MattedFrame(frame, alpha));
        }
        catch (Exception error)
        {
            (error as MatteException)?.Locate(Name, frame.Time.Index);
            frame.Dispose();
            alpha?.Dispose();
            throw;
        }
    }

    /// <summary>Nothing is held back.</summary>
    public void Flush(Queue<MattedFrame> ready) => ArgumentNullException.ThrowIfNull(ready);

    public void Reset()
    {
    }

    public void Interrupt() => (_source as IInterruptible)?.Interrupt();

    public void Dispose() => _source.Dispose();
}
