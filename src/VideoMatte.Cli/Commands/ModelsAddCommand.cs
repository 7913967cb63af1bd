using System.CommandLine;
using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Cli.Commands;

/// <summary>Makes an entry for a model of the user's own, after one of the catalogue.</summary>
internal static class ModelsAddCommand
{
    public static Command Build(Terminal terminal)
    {
        var file = new Argument<string>("FILE.onnx") { Description = "The model file; it stays where it is." };
        var like = MatteOptions.Text("--like", "ID", "The model whose family and feeding it shares.");
        var decoder = MatteOptions.Text("--decoder", "FILE.onnx", "Of a prompt network (SAM 2's kind): its second file, in the same folder; then --like may be left out.");
        var id = MatteOptions.Text("--id", "NAME", "Its id; default: the file's name in small letters.");
        var licence = MatteOptions.Text("--licence", "NAME", "Its licence; default: unknown.");
        var add = new Command("add", "Write an entry beside a model file and pin its sha256.") { file, like, decoder, id, licence };
        add.SetAction(parsed =>
        {
            ModelStore store = Services.Store(terminal);
            ModelEntry? model = parsed.GetValue(like) is { } named ? store.Require(named) : null;
            if (model is null && parsed.GetValue(decoder) is null)
                throw new MatteException(ErrorKind.Usage, "model-like", "Name a model that it is fed like with --like ID, or the second file of a prompt network with --decoder FILE.onnx.");
            ModelEntry entry = parsed.GetValue(decoder) is { } second
                ? ModelAddition.MakePrompt(store, parsed.GetValue(file)!, second, model, parsed.GetValue(id), parsed.GetValue(licence))
                : ModelAddition.Make(store, parsed.GetValue(file)!, model!, parsed.GetValue(id), parsed.GetValue(licence));
            string path = Path.GetFullPath(parsed.GetValue(file)!);
            UserEntries.Pin(entry, path);
            terminal.Say($"wrote {SafeText.Show(path + UserEntries.Suffix)}: --model {entry.Id}, fed like {model?.Id ?? "SAM 2"}");
            foreach (ModelPart weights in entry.ExternalData ?? [])
                terminal.Say($"with the weights in {weights.File} ({MatteSummary.Size(weights.Bytes)}), which stays beside it");
            if (!store.Folders.All.Contains(Path.GetDirectoryName(path), StringComparer.Ordinal))
                terminal.Say($"Its folder is not searched: name it in {ModelFolders.Variable} to use the id, or give the file as --model {SafeText.Show(parsed.GetValue(file)!)}.");
            return ExitCode.Done;
        });
        return add;
    }
}
