using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting.Still;
using VideoMatte.Matting.Subject;
using VideoMatte.Models;

namespace VideoMatte.Matting.Prompt;

/// <summary>The prompt family: the matte holds what was pointed at, and nothing else. From frame to frame each subject is pointed at again by the
/// box around its mask of the frame before, with that mask's logits where the network takes them. A mask is no alpha: its edge is a sigmoid's,
/// brought to full size along the picture's edges, and <c>--refine band</c> or <c>--trimap auto</c> makes more of it.</summary>
public sealed class PromptMattingModel : FrameMattingModel, IPointable
{
    private readonly PromptSession _session;
    private readonly ModelInput _input;
    private readonly MatteFrameUp _up = new();
    private readonly List<SubjectPrompt> _pending;
    private readonly List<FollowedMask> _followed = [];
    private readonly List<MatteWarning> _warnings = [];
    private readonly NetworkView _view = new();
    private MattingModelInfo _info;
    private float[] _rgb = [];
    private float[] _alpha = [];
    private float[] _full = [];
    private float[] _small = [];
    private LinearScaler? _down;
    private FrameFormat? _format;
    private Rational? _begin;
    private bool _cut;
    private bool _disposed;

    /// <param name="pool">For the mattes.</param>
    /// <param name="session">Moves in, and is disposed with the model.</param>
    /// <param name="input">How the encoder is fed.</param>
    /// <param name="prompts">One or more.</param>
    /// <param name="info">For the result.</param>
    public PromptMattingModel(IFramePool pool, PromptSession session, ModelInput input, IReadOnlyList<SubjectPrompt> prompts, MattingModelInfo info)
        : base(pool)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentOutOfRangeException.ThrowIfZero(prompts.Count);
        (_session, _input, _info) = (session, input, info);
        _pending = [.. prompts.OrderBy(p => p.At)];
    }

    public override MattingModelInfo Info => _info;

    public override IReadOnlyList<MatteWarning> Warnings => [.. _warnings, .. _pending.Select(p => new MatteWarning(
        "subject-not-found", $"The clip ended before {ClockTime.Show(p.At)} s, where a --subject points: nothing was matted for it.", null, NotAsAsked: true))];

    /// <summary>Nobody is known after a cut.</summary>
    public override void Reset()
    {
        _cut = _followed.Count > 0;
        _followed.Clear();
    }

    public void PointAt(IReadOnlyList<SubjectPrompt> prompts, Rational begin)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        (_begin, _cut) = (begin, false);
        _followed.Clear();
        _pending.Clear();
        _pending.AddRange(prompts.OrderBy(p => p.At));
    }

    protected override void Estimate(VideoFrame frame, AlphaMatte alpha)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (frame.Format != _format)
            Begin(frame.Format);
        Rational time = frame.Time.PresentationTime - (_begin ??= frame.Time.PresentationTime);
        while (_pending.Count > 0 && _pending[0].At <= time)
        {
            _followed.Add(new FollowedMask(_pending[0], frame.Format, _input));
            _pending.RemoveAt(0);
        }

        alpha.Samples.Clear();
        if (_followed.Count == 0)
        {
            if (_cut)
                Warn("subject-lost-at-cut", "After a cut nobody is known, and the matte is empty until the next --subject X,Y@T: point at the subject in each shot.", frame);
            _cut = false;
            return;
        }

        _view.Write(frame, _rgb);
        int pixels = _rgb.Length / 3, small = _small.Length / 3;
        for (int c = 0; c < 3; c++)
            _down!.Scale(_rgb.AsSpan(c * pixels, pixels), _small.AsSpan(c * small, small));
        _session.Embed(_small);
        bool first = true;
        foreach (FollowedMask followed in _followed)
        {
            if (!followed.Find(_session))
                Warn("subject-lost", $"The subject pointed at at {ClockTime.Show(followed.Prompt.At)} s is not seen any more from frame {frame.Time.Index.ToString(CultureInfo.InvariantCulture)} on; point at it again with @T where it comes back.", frame);
            if (followed.Logits is not { } logits)
                continue;
            if (_alpha.Length != logits.Length)
                _alpha = new float[logits.Length];
            for (int i = 0; i < logits.Length; i++)
                _alpha[i] = 1 / (1 + MathF.Exp(-logits[i]));
            _up.Guide(_alpha, followed.Width, followed.Height, _small, (_input.Width, _input.Height), _rgb, frame.Format, _full);
            Join(alpha.Samples, first);
            first = false;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _session.Dispose();
    }

    private void Join(Span<ushort> codes, bool first)
    {
        if (first)
        {
            AlphaConversion.ToCodes(_full, codes);
            return;
        }

        for (int i = 0; i < codes.Length; i++)
            codes[i] = Math.Max(codes[i], (ushort)((_full[i] * AlphaMatte.Opaque) + 0.5f));
    }

    private void Begin(FrameFormat format)
    {
        int pixels = format.Width * format.Height;
        (_rgb, _full, _small) = (new float[3 * pixels], new float[pixels], new float[3 * _input.Width * _input.Height]);
        _down = new LinearScaler(format.Width, format.Height, _input.Width, _input.Height);
        _info = _info with { DownsampleRatio = Math.Min(1, (double)_input.Width / format.Width) };
        if (_format is null && NetworkView.Notice(format) is { } warning)
            _warnings.Add(warning);
        _format = format;
    }

    private void Warn(string code, string message, VideoFrame frame)
    {
        if (_warnings.All(w => w.Message != message))
            _warnings.Add(new MatteWarning(code, message, frame.Time.Index, NotAsAsked: code == "subject-lost"));
    }
}
