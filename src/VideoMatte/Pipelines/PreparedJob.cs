using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Matting.Fallback;
using VideoMatte.Matting.Subject;
using VideoMatte.Media;
using VideoMatte.Media.Pipes;
using VideoMatte.Media.Stills;
using VideoMatte.Models;
using VideoMatte.Temporal;

namespace VideoMatte.Pipelines;

/// <summary>A job with everything settled that can be settled before frame 0.</summary>
/// <param name="Job">As asked.</param>
/// <param name="Tools">The ffmpeg in use.</param>
/// <param name="Source">What the input holds.</param>
/// <param name="Model">Verified.</param>
/// <param name="Background">What lies behind the cutout.</param>
/// <param name="Outputs">The files to write.</param>
/// <param name="Warnings">Noticed so far.</param>
/// <param name="MatteFiles">Mattes given as files.</param>
internal sealed record PreparedJob(
    MattingJob Job,
    FfmpegTools Tools,
    MediaInfo Source,
    ModelFile Model,
    BackgroundOptions Background,
    IReadOnlyList<OutputSpec> Outputs,
    IReadOnlyList<MatteWarning> Warnings,
    MatteFiles MatteFiles)
{
    /// <summary>How the source is read.</summary>
    public required SourceReading Reading { get; init; }

    /// <summary>What a background file holds; null: there is none.</summary>
    public MediaInfo? BackgroundFile { get; init; }

    /// <summary>The background file's light is not the picture's: it is brought to it.</summary>
    public bool ConvertsBackgroundLight => BackgroundFile is { } file && LightMatch.IsNeeded(file.Video.Format, Format);

    /// <summary>The still model that stands in; null: none.</summary>
    public ModelFile? Fallback { get; init; }

    /// <summary>Where shots begin by the list given; null: none was.</summary>
    public IReadOnlyList<ShotMark>? ShotMarks { get; init; }

    /// <summary>Shots are looked for.</summary>
    public bool DetectsShots => Job.Shots && ShotMarks is null;

    /// <summary>Of the frames as read.</summary>
    public FrameFormat Format => Reading.Format;

    public bool Composites => Background.Kind != BackgroundKind.None;

    public bool Premultiplies => Outputs.Any(o => o.Premultiplied && !o.Preset.AssociatesLight);

    /// <summary>What the encoders are fed.</summary>
    public FrameFormat PictureFormat => Premultiplies ? PremultiplyStage.OutputFormat(Format) : Format;

    /// <summary>Given, or made of the matte; null: none.</summary>
    public TrimapSettings? Trimap => TrimapSettings.Parse(Job.Mattes.Trimap);

    /// <summary>Who of several is kept; empty: all.</summary>
    public IReadOnlyList<SubjectPrompt> Subjects => SubjectRules.Parse(Job);

    /// <summary>Neither a matte given nor the closed form asks ONNX Runtime for anything.</summary>
    public bool RunsNoNetwork => GivesMatte || Model.Family == ModelFamily.Solver;

    /// <summary>A drawn trimap is filled.</summary>
    public bool SolvesTrimap => Model.Family is ModelFamily.Solver or ModelFamily.Trimap;

    /// <summary>One trimap is drawn, for the first of several frames.</summary>
    public bool CarriesTrimap => SolvesTrimap && MatteFiles.Trimap is { IsStillImage: true } && !Source.IsStillImage && Job.Source.Selection?.Frames != 1;

    public double Ratio => RunsNoNetwork ? 1
        : Model is { Family: ModelFamily.Still or ModelFamily.Trimap or ModelFamily.Prompt, Entry.Input: { } input } ? Math.Min(1, (double)input.SizeFor(Format.Width, Format.Height).Width / Format.Width)
        : Job.DownsampleRatio ?? RecurrentMattingModel.AutomaticRatio(Format.Width, Format.Height);

    /// <summary>Frames of pre-roll at each shot's start, no more than a clip known to be short can give; 0: none.</summary>
    public int Warmup => (int)Math.Min(Job.Warmup ?? (EffectRules.WarmsUp(Job, Model) ? WarmedMattingModel.DefaultFrames : 0), Math.Max(0, (FrameCount ?? long.MaxValue) - 1));

    /// <summary>A matte made elsewhere stands in for the model.</summary>
    public bool GivesMatte => Job.Mattes.AlphaIn is not null;

    public bool MultipliesSourceAlpha => Job.Mattes.IncludeSourceAlpha && Source.Video.HasAlphaPlane;

    public bool HasGarbageMattes => Job.Mattes.Include is not null || Job.Mattes.Exclude is not null;

    /// <summary>What happens over time, by name: <c>off</c>, <c>average</c> or <c>flow</c>.</summary>
    public string Smoothing => SmoothingRules.Settle(this);

    public double SmoothingStrength => Job.SmoothingStrength ?? MattingJob.DefaultSmoothingStrength;

    /// <summary>True where the model gives a foreground colour; both recurrent families do, but for frames of a fallback there would be none.</summary>
    public bool ModelGivesForeground => Fallback is null && Model.Family is null or ModelFamily.Rvm or ModelFamily.Plate;

    /// <summary>Where the band's colour comes from; never <see cref="ForegroundMode.Auto"/>.</summary>
    public ForegroundMode Foreground => Job.Foreground.Mode != ForegroundMode.Auto ? Job.Foreground.Mode
        : ModelGivesForeground ? ForegroundMode.Model : ForegroundMode.Estimate;

    /// <summary>The band is repainted, nothing of the room is left outside.</summary>
    public bool PaintsForeground => Foreground != ForegroundMode.Source && Outputs.Any(o => !o.MatteOnly);

    public bool ModelPaintsForeground => PaintsForeground && Foreground == ForegroundMode.Model;

    public bool EstimatesForeground => PaintsForeground && Foreground == ForegroundMode.Estimate;

    public DespillOptions Despill => PaintsForeground ? DespillOptions.Parse(Job.Foreground.Despill) : DespillOptions.Off;

    /// <summary>Outside the matte a composite shows the background alone: nothing to draw there.</summary>
    public bool ExtendsForeground => PaintsForeground && (!Composites || Outputs.Any(o => o.ForegroundOnly));

    /// <summary>Pictures a frame owns besides its source: foreground, rendered.</summary>
    public int ExtraPictures => (PaintsForeground ? 1 : 0) + (Composites || Premultiplies ? 1 : 0);

    /// <summary>Frames as the container counts or its duration tells, of the part asked for.</summary>
    public long? FrameCount => Reading.FrameCount;

    /// <summary>The stages after the model, by name, for the plan.</summary>
    public IReadOnlyList<string> StageNames =>
    [
        "reader",
        .. DetectsShots || ShotMarks is not null ? (string[])["shots"] : [],
        "matting",
        .. Smoothing != SmoothingRules.Off ? (string[])["smoothing"] : [],
        .. MultipliesSourceAlpha ? (string[])["source-alpha"] : [],
        .. Job.Mattes.Edges.Steps.Any() ? (string[])["edges"] : [],
        .. HasGarbageMattes ? (string[])["garbage-mattes"] : [],
        .. EstimatesForeground ? (string[])["estimate"] : [],
        .. Despill.IsOff ? [] : (string[])["despill"],
        .. ExtendsForeground ? (string[])["foreground"] : [],
        .. Composites ? (string[])["background"] : [],
        .. Premultiplies ? (string[])["premultiply"] : [],
        "writer",
    ];

    /// <summary>Frames that each station between reader and writer holds back, in their order.</summary>
    public IEnumerable<int> Latencies => StageNames.Skip(1).SkipLast(1).Select(name => name switch
    {
        "shots" => DetectsShots ? ShotDetector.LookAhead : 0,
        "matting" => Warmup + (Fallback is null ? 0 : FallbackMattingModel.Latency),
        "smoothing" when Smoothing == SmoothingRules.Flow => SmoothingRules.FlowOptions(this).Ahead,
        _ => 0,
    });

    /// <param name="job">As asked.</param>
    /// <param name="models">Where models are found.</param>
    /// <param name="bring">Asked, once nothing else is in the way, for a store in which they lie; null: <paramref name="models"/> as it is.</param>
    /// <param name="environment">Reads a variable.</param>
    /// <param name="streams">What <c>-</c> means.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<PreparedJob> PrepareAsync(
        MattingJob job, ModelStore models, Func<MattingJob, CancellationToken, Task<ModelStore>>? bring, Func<string, string?> environment, StandardStreams streams, CancellationToken cancellationToken)
    {
        (BackgroundOptions background, IReadOnlyList<OutputSpec> outputs) = JobRules.Settle(job);
        FfmpegTools tools = await FfmpegTools.LocateAsync(job.Ffmpeg, environment, cancellationToken).ConfigureAwait(false);
        MediaInfo source = await SourceProbe.AskAsync(tools, job, streams, cancellationToken).ConfigureAwait(false);
        SourceReading reading = SourceReading.Of(source, job.Source, job.MaxPixels);
        MatteFiles mattes = await MatteFiles.ProbeAsync(tools, job, source.Video.AverageRate, cancellationToken).ConfigureAwait(false);
        List<MediaInfo> others = [.. mattes.All];
        foreach (string other in OtherInputs(job, background))
            others.Add(await MediaProbe.ProbeAsync(tools, other, source.Video.AverageRate, job.MaxPixels, cancellationToken).ConfigureAwait(false));
        OutputChecks.Check(outputs, [.. others.Prepend(source).SelectMany(i => i.Files), .. job.ShotList is { } list ? (string[])[list] : []]);
        ModelFile model = job.Mattes.AlphaIn is { } given
            ? await ModelFile.GivenMatteAsync(given, mattes.AlphaIn!.Files, cancellationToken).ConfigureAwait(false)
            : models.Announce(job.Model, job.CleanPlate is not null);
        ModelFile? fallback = job.Fallback is { } standIn ? models.Announce(standIn, cleanPlateGiven: false) : null;
        TrimapRules.Check(job, model);
        JobRules.CheckFallback(job, model, fallback);
        JobRules.CheckCleanPlate(job, model);
        JobRules.CheckFamily(job, model, fallback);
        SubjectRules.Check(job, model, reading.Format);
        EffectRules.CheckModel(job, model);
        ProviderSelector.RequireCompiledIn(ProviderNames.Parse(job.Provider));
        List<MatteWarning> noticed = [.. Notice(job, source, background, [model, fallback]), .. StillNotices.Of(source, outputs), .. reading.Warnings];
        if (others.Find(i => i.Path == job.CleanPlate) is { } plate)
            noticed.AddRange(Noticed(ShapeRules.Check(plate, "clean plate", "clean-plate", reading.Format, "take the plate with the clip's framing, or crop it so")));
        if (mattes.Trimap is { } trimap)
            noticed.AddRange(Noticed(ShapeRules.Check(trimap, "trimap", "trimap", reading.Format, "draw it over a frame of the clip, or crop it so")));
        outputs = await HevcAlpha.SettleAsync(tools, outputs, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        PreparedJob prepared = new(job, tools, source, model, background, outputs, noticed, mattes)
        {
            Reading = reading,
            Fallback = fallback,
            ShotMarks = await MarksAsync(job, tools, source, reading, cancellationToken).ConfigureAwait(false),
            BackgroundFile = others.Find(i => i.Path == background.File),
        };
        foreach (OutputSpec output in outputs)
            OutputLimits.Check(output, prepared.PictureFormat.Width, prepared.PictureFormat.Height);
        JobRules.CheckColour(prepared);
        ForegroundRules.CheckModel(job.Foreground, prepared.ModelGivesForeground);
        SmoothingRules.Check(prepared);
        noticed.AddRange(SmoothingRules.Notice(prepared));
        return await WithModelsAsync(prepared, models, bring, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<ShotMark>?> MarksAsync(
        MattingJob job, FfmpegTools tools, MediaInfo source, SourceReading reading, CancellationToken cancellationToken)
    {
        if (job.ShotList is not { } list)
            return null;
        IReadOnlyList<ShotMark> marks = await ShotListFile.ReadAsync(list, source, cancellationToken).ConfigureAwait(false);
        return reading.KeepsIndices ? marks : await ShotMoments.TimedAsync(marks, tools, source, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was known by its entry alone is brought, read and verified: last, so that no fault of the job shows only after a long fetch.</summary>
    private static async Task<PreparedJob> WithModelsAsync(
        PreparedJob prepared, ModelStore models, Func<MattingJob, CancellationToken, Task<ModelStore>>? bring, CancellationToken cancellationToken)
    {
        MattingJob job = prepared.Job;
        if (!prepared.Model.IsAnnounced && prepared.Fallback?.IsAnnounced != true)
            return prepared;
        ModelStore found = bring is null ? models : await bring(job, cancellationToken).ConfigureAwait(false);
        return prepared with
        {
            Model = prepared.Model.IsAnnounced ? found.Resolve(job.Model, job.CleanPlate is not null) : prepared.Model,
            Fallback = prepared.Fallback is { IsAnnounced: true } ? found.Resolve(job.Fallback, cleanPlateGiven: false) : prepared.Fallback,
        };
    }

    private static IEnumerable<string> OtherInputs(MattingJob job, BackgroundOptions background) =>
        ((string?[])[job.CleanPlate, background.File]).OfType<string>();

    private static IEnumerable<MatteWarning> Noticed(MatteWarning? warning) => warning is null ? [] : [warning];

    private static IEnumerable<MatteWarning> Notice(MattingJob job, MediaInfo source, BackgroundOptions background, IEnumerable<ModelFile?> models)
    {
        foreach (ModelFile model in models.OfType<ModelFile>().Where(m => m.Family != ModelFamily.Given && m.Commercial != CommercialUse.Yes))
        {
            string name = model.Id ?? model.Path;
            yield return model.Commercial == CommercialUse.No
                ? new("licence-not-commercial", $"The licence of {name} ({model.Licence}) does not allow commercial use, and what it makes may fall under it.")
                : new("licence-unknown", $"Nobody here knows whether the licence of {name} ({model.Licence}) allows commercial use: ask its makers before you sell what it makes.");
        }

        if (job.Foreground.Mode == ForegroundMode.Source && background.Kind == BackgroundKind.None && job.Output is not null)
            yield return new("foreground-is-source", "The clip ships the whole picture behind its alpha: whoever takes the alpha away sees the room.");
        if (source.Video.HasAlphaPlane && !job.Mattes.IncludeSourceAlpha)
            yield return new("source-alpha-ignored", "The source has an alpha of its own, which is not read; --include-source-alpha multiplies it in.");
        if (!source.Video.HasAlphaPlane && job.Mattes.IncludeSourceAlpha)
            yield return new("source-alpha-none", "--include-source-alpha changes nothing: the source has no alpha of its own.");
    }
}
