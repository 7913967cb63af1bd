using System.CommandLine;
using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Cli.Commands;

/// <summary>Reads every installed model again and holds it to its entry.</summary>
internal static class ModelsVerifyCommand
{
    public static Command Build(Terminal terminal)
    {
        var ids = new Argument<string[]>("ID") { Description = "Models to look at; default: all that are installed.", Arity = ArgumentArity.ZeroOrMore };
        var verify = new Command("verify", "Hold the installed models to their hashes.") { ids };
        verify.SetAction(parsed =>
        {
            ModelStore store = Services.Store(terminal);
            string[] named = parsed.GetValue(ids) ?? [];
            IEnumerable<ModelEntry> entries = named.Length > 0 ? named.Select(store.Require) : store.Catalogue.Entries.Where(e => store.FindAlone(e) is not null);
            bool allRight = store.Faults.Count == 0;
            foreach (string fault in store.Faults)
                terminal.Say("videomatte: " + SafeText.Show(fault));
            foreach (ModelEntry entry in entries)
                allRight &= Check(entry, store, terminal);
            return allRight ? ExitCode.Done : (int)ErrorKind.Model;
        });
        return verify;
    }

    private static bool Check(ModelEntry entry, ModelStore store, Terminal terminal)
    {
        if (!entry.HasFile)
        {
            terminal.Out.WriteLine($"{entry.Id}: built in, has no file");
            return true;
        }

        // Only who named it asked for it to be there.
        if (store.FindAlone(entry) is null)
        {
            terminal.Out.WriteLine($"{entry.Id}: not on this machine");
            return false;
        }

        try
        {
            ModelFile file = store.Resolve(entry.Id, cleanPlateGiven: false);
            terminal.Out.WriteLine($"{entry.Id}: right ({SafeText.Show(file.Path)})");
            return true;
        }
        catch (MatteException error) when (error.Kind == ErrorKind.Model)
        {
            terminal.Out.WriteLine($"{entry.Id}: wrong");
            terminal.Say("videomatte: " + SafeText.Show(error.Message));
            return false;
        }
    }
}
