using VideoMatte.Frames;

namespace VideoMatte.Matting.Refine;

/// <summary>Any model's matte, its edge solved again at the picture's size (<c>--refine band</c>): networks see a small picture, and hair is
/// finer than that. Cheap enough for every frame; <see cref="Solver.RefinedMattingModel"/> is the thorough one.</summary>
public sealed class BandRefinedModel : WrappedMattingModel
{
    private readonly NetworkView _view = new();
    private BandFilter? _filter;
    private float[] _rgb = [];

    /// <param name="coarse">Moves in, and is disposed with the model.</param>
    public BandRefinedModel(IMattingModel coarse)
        : base(coarse)
    {
    }

    public override void Reset()
    {
        base.Reset();
        _filter?.Forget();
    }

    protected override void Change(MattedFrame frame)
    {
        int width = frame.Alpha.Width, height = frame.Alpha.Height;
        if (_filter is null || !_filter.Fits(width, height))
            (_filter, _rgb) = (new BandFilter(width, height), new float[3 * width * height]);
        _view.Write(frame.Picture, _rgb);
        _filter.Apply(_rgb, frame.Alpha.Samples);
    }
}
