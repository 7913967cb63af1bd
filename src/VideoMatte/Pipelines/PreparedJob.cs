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
    /// <summary>How the source is read.</summary>
    public required SourceReading Reading { get; init; }

    /// <summary>Of the frames as read.</summary>
    public FrameFormat Format => Reading.Format;

    public bool Composites => Background.Kind != BackgroundKind.None;

    public bool Premultiplies => Outputs.Any(o => o.Premultiplied);

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

    /// <summary>Frames as the container counts or its duration tells, of the part asked for.</summary>
    public long? FrameCount => Reading.FrameCount;

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
        SourceReading reading = SourceReading.Of(source, job.Source, job.MaxPixels);
        OutputChecks.Check(outputs, (string[])[job.Input, .. OtherInputs(job, background)]);
        ModelFile model = models.Resolve(job.Model, job.CleanPlate is not null);
        JobRules.CheckCleanPlate(job, model);
        return new PreparedJob(job, tools, source, model, background, outputs, [.. Notice(job, source, background), .. reading.Warnings])
        {
            Reading = reading,
        };
    }

    private static IEnumerable<string> OtherInputs(MattingJob job, BackgroundOptions background) =>
        ((string?[])[job.CleanPlate, background.File]).OfType<string>();

    private static IEnumerable<MatteWarning> Notice(MattingJob job, MediaInfo source, BackgroundOptions background)
    {
        if (job.ForegroundIsSource && background.Kind == BackgroundKind.None && job.Output is not null)
            yield return new("foreground-is-source", "The clip ships the whole picture behind its alpha: whoever takes the alpha away sees the room.");
        if (source.Video.HasAlpha)
            yield return new("source-alpha-ignored", "The source has an alpha of its own, which is not read.");
    }
}
