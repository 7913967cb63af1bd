using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>What can be said of a job's foreground before anything is looked at, and the stages that make it.</summary>
internal static class ForegroundRules
{
    /// <summary>The file that holds the foreground alone; null where none is asked for.</summary>
    /// <exception cref="MatteException">Usage: the settings contradict each other, or a value is unknown.</exception>
    public static OutputSpec? Settle(ForegroundSettings settings, bool overwrite)
    {
        DespillOptions despill = DespillOptions.Parse(settings.Despill);
        if (settings.Mode == ForegroundMode.Source && despill.Screen is not null)
            throw Usage("despill-of-the-source", "--despill repaints the edge, and --foreground source ships the picture as it is; leave one out.");
        if (settings.Output is not { } path)
            return null;
        if (settings.Mode == ForegroundMode.Source)
            throw Usage("foreground-out", $"--foreground-out {path} would be the source itself with --foreground source; leave one out.");
        return new OutputSpec(path, Presets.Resolve(null, path)) { ForegroundOnly = true, Audio = AudioMode.None, Overwrite = overwrite };
    }

    /// <exception cref="MatteException">Usage: the model's foreground is asked for, and it gives none.</exception>
    public static void CheckModel(ForegroundSettings settings, bool givesForeground)
    {
        if (settings.Mode == ForegroundMode.Model && !givesForeground)
            throw Usage("foreground-model", "--foreground model: this matte comes without a foreground colour; use estimate, or leave the option out.");
    }

    /// <summary>The stages between smoothing and background, in order; the caller disposes them.</summary>
    public static IEnumerable<MattedStage> Stages(PreparedJob prepared, IFramePool pool)
    {
        if (prepared.EstimatesForeground)
            yield return new EstimateStage(pool);
        if (!prepared.Despill.IsOff)
            yield return new DespillStage(prepared.Despill, pool);
        if (prepared.ExtendsForeground)
            yield return new ForegroundStage(pool);
    }

    private static MatteException Usage(string code, string message) => new(ErrorKind.Usage, code, message);
}
