using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>Mattes made elsewhere in a model's place: each frame gets the one its source has for it, bit for bit. Nothing is inferred and
/// nothing remembered: a reset changes nothing, the mattes run on through cuts.</summary>
public sealed class GivenMatteModel : FrameMattingModel, IInterruptible
{
    /// <summary>What <see cref="MattingModelInfo.Provider"/> says where no network runs.</summary>
    public const string NoProvider = "none";

    private readonly IMatteSource _source;

    /// <param name="pool">For the mattes.</param>
    /// <param name="source">Moves in, and is disposed with the model.</param>
    /// <param name="id">For the result.</param>
    /// <param name="sha256">Of the file, lower-case hex.</param>
    /// <param name="family">For the result.</param>
    public GivenMatteModel(IFramePool pool, IMatteSource source, string id, string sha256, string family)
        : base(pool)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        Info = new MattingModelInfo(id, sha256, "unknown", family, NoProvider, 1);
    }

    public override MattingModelInfo Info { get; }

    public void Interrupt() => (_source as IInterruptible)?.Interrupt();

    /// <exception cref="ArgumentException">The source's mattes are not of the frame's size.</exception>
    protected override void Estimate(VideoFrame frame, AlphaMatte alpha)
    {
        AlphaMatte given = _source.Next(frame.Time);
        if (given.Width != alpha.Width || given.Height != alpha.Height)
            throw new ArgumentException($"{Name}: the given matte is not of the picture's size", nameof(frame));
        given.Samples.CopyTo(alpha.Samples);
    }

    protected override void Dispose(bool disposing) => _source.Dispose();
}
