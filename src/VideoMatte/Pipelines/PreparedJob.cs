using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Media;
using VideoMatte.Models;

namespace VideoMatte.Pipelines;

/// <summary>A job with everything settled that can be settled before frame 0.</summary>
/// <param name="Job">As asked.</param>
/// <param name="Tools">The ffmpeg in use.</param>
/// <param name="Source">What the input holds.</param>
/// <param name="Model">Verified.</param>
/// <param name="Background">What lies behind the cutout.</param>
/// <param name="Outputs">The files to write.</param>
/// <param name="Warnings">Noticed so far.</param>
internal sealed record PreparedJob(
    MattingJob Job,
    FfmpegTools Tools,
    MediaInfo Source,
    ModelFile Model,
    BackgroundOptions Background,
    IReadOnlyList<OutputSpec> Outputs,
    IReadOnlyList<MatteWarning> Warnings)
{
    public FrameFormat Format => Source.Video.Format;

    public bool Composites => Background.Kind != BackgroundKind.None;

    public bool Premultiplies => Outputs.Any(o => o.Premultiplied && !o.Preset.AssociatesLight);

    /// <summary>What the encoders are fed.</summary>
    public FrameFormat PictureFormat => Premultiplies ? PremultiplyStage.OutputFormat(Format) : Format;

    public double Ratio => Job.DownsampleRatio ?? RecurrentMattingModel.AutomaticRatio(Format.Width, Format.Height);

    /// <summary>Automatic is off: the plain average makes a recurrent matte worse in every measure.</summary>
    public bool Smooths => Job.Smoothing == "average" && Job.SmoothingStrength > 0;

    /// <summary>The model's colour goes into the band, nothing of the room outside.</summary>
    public bool PaintsForeground => !Job.ForegroundIsSource && Outputs.Any(o => !o.MatteOnly);

    /// <summary>Outside the matte a composite shows the background alone: nothing to draw there.</summary>
    public bool ExtendsForeground => PaintsForeground && !Composites;

    /// <summary>Pictures a frame owns besides its source: foreground, rendered.</summary>
    public int ExtraPictures => (PaintsForeground ? 1 : 0) + (Composites || Premultiplies ? 1 : 0);

    /// <summary>Frames as the container counts or its duration tells.</summary>
    public long? FrameCount
    {
        get
        {
            VideoStreamInfo video = Source.Video;
            if (video.FrameCount is { } counted)
                return counted;
            return (video.Duration ?? Source.Duration) is { } duration && video.AverageRate is { } rate ? (duration * rate).ToTicks(Rational.One) : null;
        }
    }

    /// <summary>The stages after the model, by name, for the plan.</summary>
    public IReadOnlyList<string> StageNames =>
    [
        "reader",
        .. Job.Shots ? (string[])["shots"] : [],
        "matting",
        .. Smooths ? (string[])["smoothing"] : [],
        .. ExtendsForeground ? (string[])["foreground"] : [],
        .. Composites ? (string[])["background"] : [],
        .. Premultiplies ? (string[])["premultiply"] : [],
        "writer",
    ];

    public static async Task<PreparedJob> PrepareAsync(
        MattingJob job, ModelStore models, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        (BackgroundOptions background, IReadOnlyList<OutputSpec> outputs) = JobRules.Settle(job);
        FfmpegTools tools = await FfmpegTools.LocateAsync(job.Ffmpeg, environment, cancellationToken).ConfigureAwait(false);
        MediaInfo source = await MediaProbe.ProbeAsync(tools, job.Input, job.MaxPixels, cancellationToken).ConfigureAwait(false);
        OutputChecks.Check(outputs, (string[])[job.Input, .. OtherInputs(job, background)]);
        ModelFile model = models.Resolve(job.Model, job.CleanPlate is not null);
        JobRules.CheckCleanPlate(job, model);
        outputs = await HevcAlpha.SettleAsync(tools, outputs, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        PreparedJob prepared = new(job, tools, source, model, background, outputs, [.. Notice(job, source, background)]);
        foreach (OutputSpec output in outputs)
            OutputLimits.Check(output, prepared.PictureFormat.Width, prepared.PictureFormat.Height);
        return prepared;
    }

    private static IEnumerable<string> OtherInputs(MattingJob job, BackgroundOptions background) =>
        ((string?[])[job.CleanPlate, background.File]).OfType<string>();

    private static IEnumerable<MatteWarning> Notice(MattingJob job, MediaInfo source, BackgroundOptions background)
    {
        if (job.ForegroundIsSource && background.Kind == BackgroundKind.None && job.Output is not null)
            yield return new("foreground-is-source", "The clip ships the whole picture behind its alpha: whoever takes the alpha away sees the room.");
        if (source.Video.HasAlpha)
            yield return new("source-alpha-ignored", "The source has an alpha of its own, which is not read.");
        if (source.Video.IsInterlaced)
            yield return new("interlaced", "The source is interlaced and is matted as it is, two fields in a frame: deinterlace it first for clean edges.");
    }
}
