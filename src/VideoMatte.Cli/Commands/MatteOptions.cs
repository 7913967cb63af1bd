using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>The options of <c>matte</c> and how they become a <see cref="MattingJob"/>.</summary>
internal sealed class MatteOptions
{
    /// <summary>More than the state has any memory of; each is held, and costs a run of the network at every shot.</summary>
    private const int MostWarmup = 250;

    /// <summary>Stands for the word that an option takes in place of a number: a parser's null would be taken for a failure.</summary>
    private const int Word = -1;

    private readonly Argument<string[]> _inputs = new("INPUT") { Description = "Video or image files, folders or patterns (shot.%04d.png, shot.####.exr) of pictures, or - for NUT on standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _output = Text("--output", "OUT", "The file to write, or - for NUT with alpha on standard output; with several inputs a folder, or a name with {name}.", "-o");
    private readonly Option<string?> _model = Text("--model", "ID|FILE.onnx", "Matting model; default: rvm where it is installed.");
    private readonly Option<string> _provider = Choice("--provider", "What runs the network.", "auto", "auto", "cpu", "cuda", "tensorrt", "directml", "coreml");
    private readonly Option<double?> _ratio = Number("--downsample-ratio", "auto|0..1", "Small frame over full frame; auto: 512 / longer side, at most 1.", 0, 1, "auto");
    private readonly Option<string> _upsampling = Choice("--upsampling", "How a still model's matte is brought to the picture's size.", "guided", "guided", "bilinear");
    private readonly Option<string?> _fallback = Text("--fallback", "ID|none", "A still model that stands in where a recurrent one loses the subject; default: none.");
    private readonly Option<string?> _preset = Text("--preset", "NAME", "prores4444, vp9-alpha, ffv1, cineform, qtrle, hevc-alpha, png, exr, tiff, jpeg or h264; default: by the extension of OUT.");
    private readonly Option<string?> _alpha = Choice("--alpha", "How colour relates to alpha in the file; default: the preset's own.", null, "straight", "premultiplied")!;
    private readonly Option<string> _background = TextOr("--background", "none|COLOUR|blur[:R]|FILE", "What to lay the cutout over.", "none");
    private readonly ForegroundOptions _foreground = new();
    private readonly SmoothingOptions _smoothing = new();
    private readonly Option<string> _shots = TextOr("--shots", "auto|off|FILE", "Look for cuts and start anew there, or where FILE says: a frame number, time or timecode a line, or an edit list (CMX 3600).", "auto");
    private readonly Option<int?> _warmup = Whole("--warmup", "auto|N", "Frames of a shot's start that the network sees backwards first; auto: 15 for rvm, and for plate without a clean plate.", 0, MostWarmup, "auto");
    private readonly Option<string?> _cleanPlate = Text("--clean-plate", "FILE", "Image or clip of the empty scene, for the built-in plate model; a shaking camera is followed from its first picture.");
    private readonly EdgeOptions _edges = new();
    private readonly PartOptions _part = new();
    private readonly Option<string?> _alphaOut = Text("--alpha-out", "FILE.mkv", "Also write the full 16-bit matte (FFV1, gray16).");
    private readonly Option<string> _audio = Choice("--audio", "auto copies, and encodes what the container cannot hold.", "auto", "auto", "copy", "none");
    private readonly Option<int?> _preview = Whole("--preview", "N", "A contact sheet of N frames and an estimate; no clip is written.", 1, 100);
    private readonly Option<bool> _dryRun = Switch("--dry-run", "Print the plan as JSON and stop.");
    private readonly Option<long?> _maxPixels = WholeLong("--max-pixels", "N", "Largest picture that is read, in pixels; default 67108864.");
    private readonly Option<int?> _threads = Whole("--threads", "N", "Threads of the network; default: all cores.", 1, 1024);
    private readonly Option<bool> _lenient = Switch("--lenient", "Exit 0 where a finished job would say 7.");
    private readonly Option<bool> _overwrite = Switch("--overwrite", "Replace an output that exists.");
    private readonly Option<bool> _yes = Switch("--yes", "Answer yes to questions: fetch RVM where no model is named and it is not there.");
    private readonly Option<bool> _offline = Switch("--offline", "Fetch no model.");
    private readonly Option<bool> _acceptLicence = Switch("--accept-licence", "Accept a licence that is not free for commerce, or does not say.");
    private readonly Option<bool> _acceptUnpinned = Switch("--accept-unpinned", "Accept a model that only an md5 vouches for.");
    private readonly Option<string?> _ffmpeg = Text("--ffmpeg", "PATH", "The ffmpeg to use; default: VIDEOMATTE_FFMPEG, then PATH.");
    private readonly Option<bool> _json = Switch("--json", "Print the result as one JSON document on standard output.");
    private readonly Option<string?> _jsonOut = Text("--json-out", "FILE", "Write the result as JSON to a file.");
    private readonly Option<bool> _quiet = Switch("--quiet", "No progress.");
    private readonly Option<bool> _verbose = Switch("--verbose", "More about errors.");
    private readonly StillsOptions _stills = new();

    public void AddTo(Command command)
    {
        command.Add(_inputs);
        foreach (Option option in (Option[])[_output, _model, _provider, _ratio, _upsampling, _fallback, _preset, _alpha, _background])
            command.Add(option);
        _smoothing.AddTo(command);
        foreach (Option option in (Option[])[_shots, _warmup, _cleanPlate, _alphaOut, _audio, _preview, _dryRun, _maxPixels, _threads, _lenient, _overwrite, _yes, _offline,
                     _acceptLicence, _acceptUnpinned, _ffmpeg, _json, _jsonOut, _quiet, _verbose])
            command.Add(option);
        _edges.AddTo(command);
        _stills.AddTo(command);
        _foreground.AddTo(command);
        _part.AddTo(command);
    }

    public MatteRequest Read(ParseResult parsed)
    {
        string[] inputs = parsed.GetValue(_inputs)!;
        var common = new MattingJob
        {
            Input = inputs[0],
            Output = parsed.GetValue(_output),
            Preset = parsed.GetValue(_preset),
            Premultiplied = parsed.GetValue(_alpha) switch { "premultiplied" => true, "straight" => false, _ => null },
            Model = parsed.GetValue(_model),
            Provider = parsed.GetValue(_provider)!,
            DownsampleRatio = parsed.GetValue(_ratio) is { } ratio && !double.IsNaN(ratio) ? ratio : null,
            Fallback = parsed.GetValue(_fallback) is { } standIn && standIn != "none" ? standIn : null,
            Upsampling = parsed.GetValue(_upsampling)!,
            Background = parsed.GetValue(_background)!,
            Shots = parsed.GetValue(_shots) != "off",
            ShotList = parsed.GetValue(_shots) is { } shots and not ("auto" or "off") ? shots : null,
            Warmup = parsed.GetValue(_warmup) is { } warmup && warmup != Word ? warmup : null,
            CleanPlate = parsed.GetValue(_cleanPlate),
            AlphaOutput = parsed.GetValue(_alphaOut),
            Audio = parsed.GetValue(_audio)!,
            Overwrite = parsed.GetValue(_overwrite),
            Lenient = parsed.GetValue(_lenient),
            Offline = parsed.GetValue(_offline),
            AcceptLicence = parsed.GetValue(_acceptLicence),
            AcceptUnpinned = parsed.GetValue(_acceptUnpinned),
            Threads = parsed.GetValue(_threads) ?? 0,
            MaxPixels = parsed.GetValue(_maxPixels) ?? MattingJob.DefaultMaxPixels,
            Ffmpeg = parsed.GetValue(_ffmpeg),
            Arguments = [.. parsed.Tokens.Skip(1).Select(t => t.Value)],
        };
        common = _smoothing.Apply(parsed, common);
        common = _edges.Apply(parsed, common);
        common = _foreground.Apply(parsed, common);
        common = _part.Apply(parsed, common);
        return new MatteRequest(
            MatteRequest.JobsFor(inputs, _stills.Apply(parsed, common)),
            parsed.GetValue(_preview),
            parsed.GetValue(_dryRun),
            parsed.GetValue(_json),
            parsed.GetValue(_jsonOut),
            parsed.GetValue(_quiet),
            parsed.GetValue(_verbose),
            parsed.GetValue(_yes));
    }

    internal static Option<string?> Text(string name, string value, string description, params string[] aliases)
    {
        var option = new Option<string?>(name, aliases) { Description = description, HelpName = value, Arity = ArgumentArity.ExactlyOne };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => t.Value.Length == 0))
                result.AddError($"{name} takes {value}, and got nothing");
        });
        return option;
    }

    internal static Option<bool> Switch(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    private static Option<string> TextOr(string name, string value, string description, string fallback) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.ExactlyOne, DefaultValueFactory = _ => fallback };

    internal static Option<string> Choice(string name, string description, string? fallback, params string[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', choices),
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result => choices.Contains(result.Tokens[0].Value, StringComparer.Ordinal)
                ? result.Tokens[0].Value
                : Fail<string>(result, $"{name} is one of {string.Join(", ", choices)}, not '{result.Tokens[0].Value}'"),
        };
        if (fallback is not null)
            option.DefaultValueFactory = _ => fallback;
        return option;
    }

    internal static Option<double?> Number(string name, string value, string description, double above, double most, string? word = null) => new(name)
    {
        Description = description,
        HelpName = value,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            // A parser's null would be taken for a failure.
            if (text == word)
                return double.NaN;
            bool lowest = word is null; // a ratio of 0 means nothing, a strength of 0 does
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && (lowest ? number >= above : number > above) && number <= most
                ? number
                : Fail<double?>(result, $"{name} takes {value}, not '{text}'");
        },
    };

    internal static Option<int?> Whole(string name, string value, string description, int least, int most, string? word = null) => new(name)
    {
        Description = description,
        HelpName = value,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
            result.Tokens[0].Value == word
                ? Word
                : int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                ? number
                : Fail<int?>(result, string.Create(
                    CultureInfo.InvariantCulture, $"{name} takes {(word is null ? string.Empty : word + " or ")}a whole number from {least} to {most}, not '{result.Tokens[0].Value}'")),
    };

    private static Option<long?> WholeLong(string name, string value, string description) => new(name)
    {
        Description = description,
        HelpName = value,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
            long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
                ? number
                : Fail<long?>(result, $"{name} takes a positive whole number, not '{result.Tokens[0].Value}'"),
    };

    private static T? Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
