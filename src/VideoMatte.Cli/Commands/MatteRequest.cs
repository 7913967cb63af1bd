using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>What one call of <c>matte</c> asks for.</summary>
internal sealed record MatteRequest(
    IReadOnlyList<MattingJob> Jobs, int? Preview, bool DryRun, bool Json, string? JsonOut, bool Quiet, bool Verbose, bool Yes)
{
    private const string NamePlace = "{name}";

    /// <summary>One picture each; anything else is a clip, whose pictures need numbers.</summary>
    private static readonly string[] Stills = [".png", ".jpg", ".jpeg", ".tif", ".tiff", ".exr", ".bmp", ".webp", ".dpx", ".tga"];

    /// <summary>One job an input. With several, the output is a folder that exists, or holds <c>{name}</c>.</summary>
    /// <exception cref="MatteException">Usage: <c>several-inputs</c>, two inputs would have one output; <c>output-is-input</c>, the output
    /// of one is another.</exception>
    public static IReadOnlyList<MattingJob> JobsFor(string[] inputs, MattingJob common)
    {
        if (inputs.Length == 1 && !Outputs(common).Any(o => o.Contains(NamePlace, StringComparison.Ordinal)))
            return [common];
        if (common.Output is { } output && !output.Contains(NamePlace, StringComparison.Ordinal) && !Directory.Exists(output))
            throw new MatteException(ErrorKind.Usage, "several-inputs", $"{inputs.Length} inputs need a folder or a name with {NamePlace} after -o; '{output}' is neither.");
        MattingJob[] jobs = [.. inputs.Select(input => common with
        {
            Input = input,
            Output = Place(common.Output, input, common.Preset),
            Mattes = common.Mattes.For(input),
            ShotList = Named(common.ShotList, input),
            AlphaOutput = Named(common.AlphaOutput, input),
            Foreground = common.Foreground with { Output = Named(common.Foreground.Output, input) },
        })];
        if (jobs.SelectMany(Outputs).GroupBy(Path.GetFullPath, OutputChecks.FileNames).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
            throw new MatteException(ErrorKind.Usage, "several-inputs", $"Two inputs would be written to '{twice}'; give them different names, or put {NamePlace} into it.");
        OutputChecks.RefuseInputs(jobs.SelectMany(Outputs), inputs);
        return jobs;
    }

    /// <exception cref="MatteException">Usage, <c>json-out</c>: the result would take the place of another file. Output: no such folder.</exception>
    public void CheckJsonOut()
    {
        if (JsonOut is not { } target)
            return;
        string full = Path.GetFullPath(target);
        if (Path.GetDirectoryName(full) is { } parent && !Directory.Exists(parent))
            throw new MatteException(ErrorKind.Output, "json-out", $"The folder of --json-out, '{parent}', does not exist: make it first.");
        OutputChecks.RefuseInputs([target], [.. Jobs.Select(j => j.Input), .. Jobs.SelectMany(j => j.Mattes.Files), .. Jobs.SelectMany(j => (string?[])[j.CleanPlate, j.ShotList]).OfType<string>()]);
        if (Jobs.SelectMany(Outputs).Any(o => OutputChecks.FileNames.Equals(Path.GetFullPath(o), full)))
            throw new MatteException(ErrorKind.Usage, "json-out", $"--json-out and another output both name '{target}'; give them two names.");
        // The report of an earlier run may go; a clip by a slip of the hand may not.
        if (File.Exists(full) && !Path.GetExtension(full).Equals(".json", StringComparison.OrdinalIgnoreCase) && !Jobs.Any(j => j.Overwrite))
            throw new MatteException(ErrorKind.Usage, "json-out", $"'{target}' exists and is no .json: choose another name for --json-out or say --overwrite.");
    }

    private static IEnumerable<string> Outputs(MattingJob job) => ((string?[])[job.Output, job.AlphaOutput, job.Foreground.Output]).OfType<string>();

    private static string? Named(string? path, string input) => path?.Replace(NamePlace, InputName.Of(input), StringComparison.Ordinal);

    private static string? Place(string? output, string input, string? preset)
    {
        if (output is null || output.Contains(NamePlace, StringComparison.Ordinal))
            return Named(output, input);
        bool still = File.Exists(input) && Stills.Contains(Path.GetExtension(input), StringComparer.OrdinalIgnoreCase);
        Preset kind = Presets.All.FirstOrDefault(p => p.Id == preset) ?? (still ? Presets.Png : Presets.ProRes4444);
        string number = kind.Container == MediaContainer.Images && !still ? ".####" : string.Empty;
        return Path.Combine(output, InputName.Of(input) + number + kind.Extension);
    }
}
