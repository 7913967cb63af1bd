using System.CommandLine;
using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Models;

namespace VideoMatte.Cli.Commands;

/// <summary>Makes an entry for a model of the user's own: after one of the catalogue, or of a family that is known by its contract.</summary>
internal static class ModelsAddCommand
{
    public static Command Build(Terminal terminal)
    {
        var file = new Argument<string>("FILE.onnx") { Description = "The model file; it stays where it is." };
        var like = MatteOptions.Text("--like", "ID", "The model whose family and feeding it shares.");
        var decoder = MatteOptions.Text("--decoder", "FILE.onnx", "Of a prompt network (SAM 2's kind): its second file, in the same folder; then --like may be left out.");
        var trimap = MatteOptions.Text("--trimap-input", "auto|channel|NAME", "Of a trimap network (Deep Image Matting's kind): where it takes the trimap, as a fourth channel or as an input of that name; auto finds out by the graph. Then --like may be left out.");
        var facts = new Option<string[]>("--fact") { Description = $"What is otherwise with this one; may be repeated: {ModelFacts.Names}.", HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore };
        var id = MatteOptions.Text("--id", "NAME", "Its id; default: the file's name in small letters.");
        var licence = MatteOptions.Text("--licence", "NAME", "Its licence; default: unknown.");
        var add = new Command("add", "Try a model file, write an entry beside it and pin its sha256.") { file, like, decoder, trimap, facts, id, licence };
        add.SetAction(parsed =>
        {
            var wish = new Wish(parsed.GetValue(file)!, parsed.GetValue(like), parsed.GetValue(decoder), parsed.GetValue(trimap), parsed.GetValue(facts) ?? [], parsed.GetValue(id), parsed.GetValue(licence));
            return Add(wish, Services.Store(terminal), terminal);
        });
        return add;
    }

    private static int Add(Wish wish, ModelStore store, Terminal terminal)
    {
        if (wish.Decoder is not null && wish.Trimap is not null)
            throw new MatteException(ErrorKind.Usage, "model-like", "--decoder is of a prompt network and --trimap-input of a trimap network; leave one out.");
        ModelEntry? like = wish.Like is { } named ? store.Require(named) : null;
        if (like is null && wish.Decoder is null && wish.Trimap is null)
            throw new MatteException(ErrorKind.Usage, "model-like", "Name a model that it is fed like with --like ID, the second file of a prompt network with --decoder FILE.onnx, or say --trimap-input auto of a trimap network.");
        string path = Path.GetFullPath(wish.File);
        ModelEntry entry = wish switch
        {
            { Decoder: { } decoder } => ModelAddition.MakePrompt(store, wish.File, decoder, like, wish.Id, wish.Licence),
            { Trimap: not null } => ModelAddition.MakeTrimap(store, wish.File, like, wish.Id, wish.Licence),
            _ => ModelAddition.Make(store, wish.File, like!, wish.Id, wish.Licence),
        };
        ModelFile model = ModelStore.Open(entry, path);
        if (wish.Trimap is { } place)
            entry = TrimapContract.Detect(model, entry, place);
        entry = ModelFacts.Apply(entry, wish.Facts);
        NetworkTrial.Run(model, entry);
        string? before = EntryBefore(path);
        UserEntries.Pin(entry, path);
        Say(entry, like?.Id ?? (wish.Decoder is null ? "Deep Image Matting" : "SAM 2"), path, terminal);
        if (before is not null && before != entry.Id)
            terminal.Say($"It was {before} before; that id is gone.");
        if (!store.Folders.All.Contains(Path.GetDirectoryName(path), StringComparer.Ordinal))
            terminal.Say($"Its folder is not searched: name it in {ModelFolders.Variable} to use the id, or give the file as --model {SafeText.Show(wish.File)}.");
        return ExitCode.Done;
    }

    private static void Say(ModelEntry entry, string like, string path, Terminal terminal)
    {
        terminal.Say($"wrote {SafeText.Show(path + UserEntries.Suffix)}: --model {entry.Id}, fed like {like}");
        if (entry.Input is { Trimap: { } trimap } input)
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"picture {input.Name} ({input.Layout}, {input.Width}x{input.Height}), trimap {(trimap.Name is null ? "as its fourth channel" : $"as {trimap.Name}")}, alpha {entry.Output!.Name}; see `models show {entry.Id}`"));
        foreach (ModelPart weights in entry.ExternalData ?? [])
            terminal.Say($"with the weights in {weights.File} ({MatteSummary.Size(weights.Bytes)}), which stays beside it");
    }

    /// <summary>The id under which the file was known; null where it was not, or by an entry that says nothing.</summary>
    private static string? EntryBefore(string path)
    {
        try
        {
            return UserEntries.Beside(path)?.Id;
        }
        catch (MatteException)
        {
            return null;
        }
    }

    private sealed record Wish(string File, string? Like, string? Decoder, string? Trimap, string[] Facts, string? Id, string? Licence);
}
