using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>What one call of <c>matte</c> asks for.</summary>
internal sealed record MatteRequest(
    IReadOnlyList<MattingJob> Jobs, int? Preview, bool DryRun, bool Json, string? JsonOut, bool Quiet, bool Verbose)
{
    private const string NamePlace = "{name}";

    /// <summary>One job an input. With several, the output is a folder that exists, or holds <c>{name}</c>.</summary>
    public static IReadOnlyList<MattingJob> JobsFor(string[] inputs, MattingJob common)
    {
        if (inputs.Length == 1 && common.Output?.Contains(NamePlace, StringComparison.Ordinal) != true)
            return [common];
        if (common.Output is { } output && !output.Contains(NamePlace, StringComparison.Ordinal) && !Directory.Exists(output))
            throw new MatteException(ErrorKind.Usage, "several-inputs", $"{inputs.Length} inputs need a folder or a name with {NamePlace} after -o; '{output}' is neither.");
        MattingJob[] jobs = [.. inputs.Select(input => common with
        {
            Input = input,
            Output = Place(common.Output, input, common.Preset),
            Mattes = common.Mattes.For(input),
            AlphaOutput = common.AlphaOutput?.Replace(NamePlace, InputName.Of(input), StringComparison.Ordinal),
            Foreground = common.Foreground with
            {
                Output = common.Foreground.Output?.Replace(NamePlace, InputName.Of(input), StringComparison.Ordinal),
            },
        })];
        string? twice = jobs.SelectMany(j => (string?[])[j.Output, j.AlphaOutput]).OfType<string>()
            .GroupBy(Path.GetFullPath, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
            throw new MatteException(ErrorKind.Usage, "several-inputs", $"Two inputs would be written to '{twice}'; give them different names, or put {NamePlace} into it.");
        return jobs;
    }

    private static string? Place(string? output, string input, string? preset)
    {
        if (output is null)
            return null;
        string name = InputName.Of(input);
        if (output.Contains(NamePlace, StringComparison.Ordinal))
            return output.Replace(NamePlace, name, StringComparison.Ordinal);
        string extension = preset switch { "vp9-alpha" => ".webm", "ffv1" => ".mkv", "png" => ".png", "h264" => ".mp4", _ => ".mov" };
        return Path.Combine(output, name + extension);
    }
}
