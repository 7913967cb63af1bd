using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Matting.Fallback;
using VideoMatte.Matting.Limits;
using VideoMatte.Matting.Plate;
using VideoMatte.Matting.Prompt;
using VideoMatte.Matting.Refine;
using VideoMatte.Matting.Solver;
using VideoMatte.Matting.Still;
using VideoMatte.Matting.Subject;
using VideoMatte.Media;
using VideoMatte.Models;
using VideoMatte.Temporal.Motion;

namespace VideoMatte.Pipelines;

/// <summary>Opens the model of a job on its provider, seeded with the clean plate where one is given.</summary>
internal static class ModelOpener
{
    /// <summary>Frames of a clean plate that are looked at: enough to know each pixel's mean and noise.</summary>
    private const int PlateFrames = 100;

    /// <param name="prepared">The job.</param>
    /// <param name="sides">Told of every reader.</param>
    /// <param name="pool">Lends the mattes.</param>
    /// <param name="time">The clock of the stall timers.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="steps">Told of a solver's steps; null: nobody.</param>
    /// <param name="seek">Where a look into the middle begins, on the source's clock: mattes and trimaps of files are read from there.</param>
    /// <returns>The model and what was noticed; the caller disposes it.</returns>
    public static async Task<(IMattingModel Model, IReadOnlyList<MatteWarning> Warnings)> OpenAsync(
        PreparedJob prepared, SideReaders sides, IFramePool pool, TimeProvider time, CancellationToken cancellationToken, Action<SolverStep>? steps = null,
        Rational? seek = null)
    {
        var warnings = new List<MatteWarning>();
        IMattingModel model = prepared.SolvesTrimap
            ? await OpenSolverAsync(prepared, sides, pool, time, cancellationToken, steps, seek).ConfigureAwait(false)
            : await OpenPlainAsync(prepared, sides, pool, time, warnings, cancellationToken, seek).ConfigureAwait(false);
        if (prepared.Fallback is { } fallback)
            model = WithFallback(prepared, model, fallback, pool, warnings);
        // What --include adds comes later: an empty matte with it is none.
        bool addsLater = prepared.Job.Mattes.Include is not null;
        if (prepared.GivesMatte && !addsLater)
            model = new LimitsMattingModel(model, sight: null, shot => $"The matte {prepared.Job.Mattes.AlphaIn} shows nothing in {shot}: what is kept is white there; see whether it is inverted, or of another part of the clip.");
        else if (prepared is { SolvesTrimap: true, CarriesTrimap: false } && !addsLater)
            model = new LimitsMattingModel(model, sight: null, shot => $"The trimap {prepared.Job.Mattes.Trimap} has nothing inside in {shot}: what is kept is white, what is left out black, and what is open grey.");
        else if (prepared.Model.Family is null or ModelFamily.Rvm or ModelFamily.Still or ModelFamily.Plate)
            model = new LimitsMattingModel(model, SightOf(prepared));
        if (prepared.Trimap is { File: null } band)
            model = new RefinedMattingModel(model, new ClosedFormSolver(steps), band.Radius);
        if (prepared.Job.Mattes.RefinesBand)
            model = new BandRefinedModel(model);
        // A prompt network was told itself whom to keep.
        return (prepared.Subjects.Count > 0 && prepared.Model.Family != ModelFamily.Prompt ? new SubjectMattingModel(model, prepared.Subjects, new MotionCarrier()) : model, warnings);
    }

    private static async Task<TrimapMattingModel> OpenSolverAsync(
        PreparedJob prepared, SideReaders sides, IFramePool pool, TimeProvider time, CancellationToken cancellationToken, Action<SolverStep>? steps, Rational? seek)
    {
        IMatteSolver solver = prepared.Model.Family == ModelFamily.Solver ? new ClosedFormSolver(steps) : OpenTrimap(prepared);
        try
        {
            IMatteSource drawn = await new MatteFeedOpener(prepared, sides, pool, time, seek).TrimapsAsync(cancellationToken).ConfigureAwait(false);
            ITrimapSource trimaps = prepared.CarriesTrimap ? new CarriedTrimap(drawn, new MotionCarrier()) : new DrawnTrimaps(drawn);
            return new TrimapMattingModel(pool, trimaps, solver);
        }
        catch
        {
            solver.Dispose();
            throw;
        }
    }

    /// <summary>What the network looks at; the plate model has nothing small before it that would be too small.</summary>
    private static ModelSight? SightOf(PreparedJob prepared) => prepared.Model switch
    {
        { Family: ModelFamily.Plate } => null,
        { Family: ModelFamily.Still, Entry.Input: { } input } => ModelSight.OfStill(input.SizeFor(prepared.Format.Width, prepared.Format.Height).Height),
        _ => ModelSight.OfRecurrent(prepared.Format.Height, prepared.Ratio),
    };

    private static async Task<IMattingModel> OpenPlainAsync(
        PreparedJob prepared, SideReaders sides, IFramePool pool, TimeProvider time, List<MatteWarning> warnings, CancellationToken cancellationToken, Rational? seek)
    {
        if (prepared.GivesMatte)
            return await new MatteFeedOpener(prepared, sides, pool, time, seek).GivenAsync(cancellationToken).ConfigureAwait(false);
        ModelFile file = prepared.Model;
        string family = file.Family ?? ModelFamily.Rvm;
        if (family == ModelFamily.Still)
            return OpenStill(prepared, file, pool, warnings);
        if (family == ModelFamily.Prompt)
            return OpenPrompt(prepared, pool);
        if (family is not (ModelFamily.Rvm or ModelFamily.Plate))
            throw new MatteException(ErrorKind.Model, "model-family", $"The model {file.Id} is of the family '{family}', which this version does not run yet; use rvm, plate, a still model, a trimap network or closed-form.");
        RecurrentSession session = new ProviderSelector().Open(
            file.Graph, file.Path, ProviderNames.Parse(prepared.Job.Provider), prepared.Job.Threads, warnings);
        try
        {
            CameraFollower? camera = prepared.Job.CleanPlate is null ? null : CameraFollower.For(prepared.Format);
            IReadOnlyList<(float[] Values, long[] Shape)>? seed = prepared.Job.CleanPlate is { } plate
                ? await SeedAsync(prepared, plate, camera, warnings, sides, pool, time, cancellationToken).ConfigureAwait(false)
                : null;
            var options = new RecurrentMattingOptions
            {
                Id = file.Id,
                Sha256 = file.Sha256,
                Licence = file.Licence,
                Family = family,
                DownsampleRatio = prepared.Ratio,
                ProduceForeground = prepared.ModelPaintsForeground,
                StartState = seed is null ? null : (_, _) => seed,
                Camera = camera,
            };
            var model = new RecurrentMattingModel(pool, session, options);
            return prepared.Warmup > 0 ? new WarmedMattingModel(model, prepared.Warmup) : model;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static FallbackMattingModel WithFallback(PreparedJob prepared, IMattingModel model, ModelFile fallback, IFramePool pool, List<MatteWarning> warnings)
    {
        try
        {
            return new FallbackMattingModel(model, OpenStill(prepared, fallback, pool, warnings));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>On the CPU, unless another provider is asked for by name.</summary>
    private static PromptMattingModel OpenPrompt(PreparedJob prepared, IFramePool pool)
    {
        ModelFile file = prepared.Model;
        ModelInput input = file.Entry!.Input!;
        ProviderKind provider = ProviderNames.Parse(prepared.Job.Provider) ?? ProviderKind.Cpu;
        PromptSession session = PromptSession.Open(file.Graph, file.DecoderGraph, file.Path, input, new SessionSettings(provider, prepared.Job.Threads));
        return new PromptMattingModel(pool, session, input, prepared.Subjects, new MattingModelInfo(file.Id, file.Sha256, file.Licence, ModelFamily.Prompt, ProviderNames.Name(provider), prepared.Ratio));
    }

    /// <summary>On the CPU, unless another provider is asked for by name.</summary>
    private static TrimapNetworkSolver OpenTrimap(PreparedJob prepared)
    {
        ModelFile file = prepared.Model;
        (ModelInput input, ModelOutput output) = (file.Entry!.Input!, file.Entry.Output!);
        ProviderKind provider = ProviderNames.Parse(prepared.Job.Provider) ?? ProviderKind.Cpu;
        TrimapSession session = TrimapSession.Open(file.Graph, file.Path, input, output, new SessionSettings(provider, prepared.Job.Threads));
        return new TrimapNetworkSolver(session, input, output, new MattingModelInfo(file.Id, file.Sha256, file.Licence, ModelFamily.Trimap, ProviderNames.Name(provider), prepared.Ratio));
    }

    private static StillMattingModel OpenStill(PreparedJob prepared, ModelFile file, IFramePool pool, List<MatteWarning> warnings)
    {
        ModelEntry entry = file.Entry!;
        StillSession session = new ProviderSelector().OpenStill(
            file.Graph, file.Path, entry.Input!, entry.Output!, ProviderNames.Parse(prepared.Job.Provider), prepared.Job.Threads, warnings);
        var options = new StillMattingOptions
        {
            Id = file.Id,
            Sha256 = file.Sha256,
            Licence = file.Licence,
            Input = entry.Input!,
            Output = entry.Output!,
            Guided = prepared.Job.Upsampling == "guided",
        };
        return new StillMattingModel(pool, session, options);
    }

    private static async Task<IReadOnlyList<(float[] Values, long[] Shape)>> SeedAsync(
        PreparedJob prepared, string path, CameraFollower? camera, List<MatteWarning> warnings, SideReaders sides, IFramePool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        FrameFormat format = prepared.Format;
        MediaInfo info = await MediaProbe.ProbeAsync(prepared.Tools, path, null, prepared.Job.MaxPixels, cancellationToken).ConfigureAwait(false);
        var options = new ReaderOptions { Target = format, Fit = Fit.Stretch, FrameLimit = PlateFrames, MaxPixels = prepared.Job.MaxPixels };
        await using MediaReader reader = await MediaReader.OpenAsync(prepared.Tools, info, options, pool, time, cancellationToken).ConfigureAwait(false);
        sides.Add(reader);
        var plate = new CleanPlate(format.Width, format.Height, (float)prepared.Ratio);
        int lost = 0;
        // The plate may be a clip of the same hand: all of it is held against its first picture.
        var view = new SteadyView(camera);
        var rgb = new float[3 * format.Width * format.Height];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } frame)
        {
            using (frame)
                view.Write(frame, rgb);
            if (camera?.IsLost == true)
                lost++;
            else
                plate.Add(rgb);
        }

        if (plate.Count == 0)
            throw new MatteException(ErrorKind.Input, "clean-plate-empty", $"The clean plate '{path}' holds no picture; name an image or clip of the empty scene.");
        if (lost > 0)
            warnings.Add(new MatteWarning("clean-plate-not-followed", string.Create(
                CultureInfo.InvariantCulture, $"{lost} pictures of the clean plate {path} do not go with its first one and were left out: give pictures of one view.")));
        camera?.BeginClip();
        return plate.ToStates();
    }
}
