using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Models;

namespace VideoMatte.Pipelines;

/// <summary>Which trimaps go with which models.</summary>
internal static class TrimapRules
{
    /// <exception cref="MatteException">Usage, <c>trimap-missing</c>, <c>trimap-conflict</c>, <c>refine-conflict</c>.</exception>
    public static void Check(MattingJob job, ModelFile model)
    {
        TrimapSettings? trimap = TrimapSettings.Parse(job.Mattes.Trimap);
        bool solves = model.Family is ModelFamily.Solver or ModelFamily.Trimap;
        if (solves && trimap?.File is null)
            throw Usage("trimap-missing", $"{model.Id} fills a trimap and finds no subject by itself: draw one and name it with --trimap FILE, or refine another model's matte with --model ID --trimap auto.");
        if (job.Mattes.RefinesBand && trimap is not null)
            throw Usage("refine-conflict", "--refine band and --trimap both solve the matte's edge again, the second more thoroughly and slowly; leave one out.");
        if (trimap?.File is null)
            return;
        if (!solves)
            throw Usage("trimap-conflict", $"--trimap {trimap.File} is for --model closed-form or a trimap network, and {model.Id ?? model.Path} has no use for it; --trimap auto refines a model's own matte.");
    }

    private static MatteException Usage(string code, string message) => new(ErrorKind.Usage, code, message);
}
