using System.CommandLine;
using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Cli.Commands;

/// <summary>Fetches models into the cache.</summary>
internal static class ModelsGetCommand
{
    public static Command Build(Terminal terminal)
    {
        var ids = new Argument<string[]>("ID") { Description = "Models of the catalogue, or rvm.", Arity = ArgumentArity.OneOrMore };
        var licence = MatteOptions.Switch("--accept-licence", "Accept a licence that is not free for commerce, or does not say.");
        var unpinned = MatteOptions.Switch("--accept-unpinned", "Accept a model that only an md5 vouches for.");
        var offline = MatteOptions.Switch("--offline", "Fetch nothing; only say what is there.");
        var quiet = MatteOptions.Switch("--quiet", "No progress.");
        var get = new Command("get", "Fetch models: resumed where cut off, verified before they get their name.") { ids, licence, unpinned, offline, quiet };
        get.SetAction(async (parsed, stop) =>
        {
            ModelStore store = Services.Store(terminal);
            var rules = new DownloadRules
            {
                AcceptLicence = parsed.GetValue(licence),
                AcceptUnpinned = parsed.GetValue(unpinned),
                Offline = parsed.GetValue(offline),
            };
            // All names first: a slip in the last one should not show after an hour.
            ModelEntry[] entries = [.. parsed.GetValue(ids)!.Select(id => Meant(id, store, rules.Offline, terminal))];
            if (entries.FirstOrDefault(e => e.IsBuiltIn) is { } builtIn)
                throw new MatteException(ErrorKind.Usage, "model-built-in", $"The model {builtIn.Id} is part of the program; there is nothing to fetch.");
            foreach (ModelEntry entry in entries)
                await ModelFetching.FetchAsync(entry, store, rules, parsed.GetValue(quiet), terminal, stop).ConfigureAwait(false);

            return ExitCode.Done;
        });
        return get;
    }

    /// <summary>Of an alias the best that can be fetched, whatever lies here already; offline what lies here.</summary>
    private static ModelEntry Meant(string id, ModelStore store, bool offline, Terminal terminal)
    {
        ModelEntry entry = store.Require(id);
        if (store.Catalogue.Find(id) is not null)
            return entry;
        if (!offline)
            entry = store.Catalogue.Candidates(id).FirstOrDefault(e => e.Url is not null) ?? entry;
        terminal.Say($"{id} means {entry.Id} here");
        return entry;
    }
}
