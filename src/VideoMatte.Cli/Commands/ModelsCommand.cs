using System.CommandLine;
using VideoMatte.Models;

namespace VideoMatte.Cli.Commands;

/// <summary>The catalogue: what there is, what is installed.</summary>
internal static class ModelsCommand
{
    public static Command Build(Terminal terminal)
    {
        var command = new Command("models", "The matting models: what there is, what is installed.")
        {
            List(terminal), Show(terminal), ModelsGetCommand.Build(terminal), ModelsVerifyCommand.Build(terminal), ModelsAddCommand.Build(terminal),
        };
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var json = MatteOptions.Switch("--json", "Print one JSON document on standard output.");
        var list = new Command("list", "Every model: installed or not, size, licence, what it is good for.") { json };
        list.SetAction(parsed =>
        {
            ModelStore store = Services.Store(terminal);
            foreach (string fault in store.Faults)
                terminal.Say("videomatte: " + SafeText.Show(fault));
            ModelRow[] rows = [.. store.Catalogue.Entries.Select(e => ModelRow.Of(e, store))];
            if (parsed.GetValue(json))
                terminal.Out.WriteLine(ResultJson.Of(rows));
            else
                TextTable.Write(terminal.Out, ["id", "installed", "size", "licence", "family", "good for"],
                    rows.Select(r => (string[])[r.Id, r.Installed, r.Bytes is { } b ? MatteSummary.Size(b) : "-", r.Licence, r.Family, r.GoodFor]));
            return ExitCode.Done;
        });
        return list;
    }

    private static Command Show(Terminal terminal)
    {
        var id = new Argument<string>("ID") { Description = "A model's id, or rvm." };
        var json = MatteOptions.Switch("--json", "Print one JSON document on standard output.");
        var show = new Command("show", "All that is known of one model, and what it fails on.") { id, json };
        show.SetAction(parsed =>
        {
            ModelStore store = Services.Store(terminal);
            ModelRow row = ModelRow.Of(store.Require(parsed.GetValue(id)!), store);
            if (parsed.GetValue(json))
                terminal.Out.WriteLine(ResultJson.Of(row));
            else
                foreach ((string name, string? value) in row.Facts())
                    terminal.Out.WriteLine($"{name,-12} {SafeText.Show(value ?? "-")}");
            return ExitCode.Done;
        });
        return show;
    }
}
