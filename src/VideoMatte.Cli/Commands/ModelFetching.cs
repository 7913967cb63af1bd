using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>Brings a model that a job needs and this machine lacks. One named by its id is fetched; where none is named, RVM is, after one
/// question on a terminal that names size and licence, elsewhere only with <c>--yes</c>.</summary>
internal static class ModelFetching
{
    /// <summary>Fetches what the job's models are, unless they are there, are files, or cannot be fetched (which the job itself says).</summary>
    /// <returns>The machine's store as it is then.</returns>
    public static async Task<ModelStore> BringAsync(MattingJob job, bool yes, bool quiet, Terminal terminal, CancellationToken stop)
    {
        if (job.Fallback is { } fallback && !IsFile(fallback))
            await EnsureAsync(fallback, job, yes: true, quiet, terminal, stop).ConfigureAwait(false);
        bool needsNone = job.Mattes.AlphaIn is not null || (job.Model is null && job.CleanPlate is not null);
        if (!needsNone && (job.Model is null || !IsFile(job.Model)))
            await EnsureAsync(job.Model, job, yes, quiet, terminal, stop).ConfigureAwait(false);
        return Services.Store(terminal);
    }

    private static bool IsFile(string model) => model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <param name="model">An id; null: RVM, which is asked for.</param>
    private static async Task EnsureAsync(string? model, MattingJob job, bool yes, bool quiet, Terminal terminal, CancellationToken stop)
    {
        ModelStore store = Services.Store(terminal);
        ModelEntry entry = store.Require(model ?? ModelCatalogue.RvmAlias);
        if (entry.Url is null || store.Find(entry) is not null)
            return;
        if (model is null && !job.Offline && !yes && !(terminal.CanAsk && terminal.Ask(Question(entry))))
            return;
        await FetchAsync(entry, store, new DownloadRules { Offline = job.Offline, AcceptLicence = job.AcceptLicence, AcceptUnpinned = job.AcceptUnpinned }, quiet, terminal, stop)
            .ConfigureAwait(false);
    }

    /// <summary>Fetches one model and says so.</summary>
    public static async Task<FetchedModel> FetchAsync(ModelEntry entry, ModelStore store, DownloadRules rules, bool quiet, Terminal terminal, CancellationToken stop)
    {
        var progress = new DownloadLine(terminal, TimeProvider.System);
        try
        {
            FetchedModel model = await new ModelDownloader(store, TimeProvider.System, rules)
                .FetchAsync(entry, quiet ? null : progress, stop).ConfigureAwait(false);
            progress.Clear();
            string what = model.WasThere ? "is there already" : "is fetched and verified";
            terminal.Say($"{entry.Id} {what}: {SafeText.Show(model.Path)} ({MatteSummary.Size(model.Bytes)}, licence {entry.Licence})");
            return model;
        }
        finally
        {
            progress.Clear();
        }
    }

    private static string Question(ModelEntry entry)
    {
        string size = entry.TotalBytes is { } bytes ? MatteSummary.Size(bytes) : "size unknown";
        return string.Create(CultureInfo.InvariantCulture, $"The model {entry.Id} ({entry.Name}, {size}, licence {entry.Licence}) is not on this machine. Fetch it?");
    }
}
