using System.CommandLine;
using System.Globalization;
using VideoMatte.Compositing.Edges;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>Edge tools, given mattes and garbage mattes. What their values mean is the library's to say.</summary>
internal sealed class EdgeOptions
{
    private readonly Option<string?> _levels = MatteOptions.Text("--matte-levels", "B,W[,GAMMA]", "Alpha up to B becomes 0, from W on 1, between them ^(1/GAMMA).");
    private readonly Option<double?> _grow = Pixels("--matte-grow", "Move the edge outwards by PX pixels, inwards where negative; -32 to 32.");
    private readonly Option<double?> _feather = Pixels("--matte-feather", "Blur the edge over PX pixels to each side (Gaussian, sigma PX/2); up to 64.");
    private readonly Option<double?> _despeckle = Pixels("--matte-despeckle", "Remove specks and fill pinholes smaller than PX pixels across.");
    private readonly Option<string?> _alphaIn = MatteOptions.Text("--alpha-in", "FILE", "A matte made elsewhere, in a model's place: its alpha if it has one, else its luma.");
    private readonly Option<string?> _trimap = MatteOptions.Text("--trimap", "FILE|auto[:R]", "For closed-form: black is outside, white inside, the rest is solved; one picture is of the first frame and carried from there. auto solves the edge of a model's matte again, R pixels wide.");
    private readonly Option<string> _refine = MatteOptions.Choice("--refine", "band: solve the matte's edge again at the picture's size, for hair and fur.", "off", "off", "band");
    private readonly Option<string[]> _subjects = new("--subject") { Description = "Keep only this one of several in the matte: a pixel or box on it, at a time since the first frame (default 0); may be repeated.", HelpName = "X,Y[@T]|X1,Y1,X2,Y2[@T]", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _include = MatteOptions.Text("--include", "FILE", "Garbage matte, still or clip: stay inside where it is white.");
    private readonly Option<string?> _exclude = MatteOptions.Text("--exclude", "FILE", "Garbage matte, still or clip: stay outside where it is white.");
    private readonly Option<bool> _sourceAlpha = MatteOptions.Switch("--include-source-alpha", "Multiply the matte by the alpha the source came with.");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_levels, _grow, _feather, _despeckle, _alphaIn, _trimap, _refine, _subjects, _include, _exclude, _sourceAlpha])
            command.Add(option);
    }

    /// <exception cref="Frames.MatteException">Usage: the levels cannot be read.</exception>
    public MattingJob Apply(ParseResult parsed, MattingJob job) => job with
    {
        Mattes = new MatteSettings
        {
            Edges = new EdgeSettings
            {
                Levels = parsed.GetValue(_levels) is { } levels ? MatteLevels.Parse(levels) : MatteLevels.Unchanged,
                Grow = parsed.GetValue(_grow) ?? 0,
                Feather = parsed.GetValue(_feather) ?? 0,
                Despeckle = parsed.GetValue(_despeckle) ?? 0,
            },
            AlphaIn = parsed.GetValue(_alphaIn),
            Trimap = parsed.GetValue(_trimap),
            RefinesBand = parsed.GetValue(_refine) == "band",
            Subjects = parsed.GetValue(_subjects) ?? [],
            Include = parsed.GetValue(_include),
            Exclude = parsed.GetValue(_exclude),
            IncludeSourceAlpha = parsed.GetValue(_sourceAlpha),
        },
    };

    private static Option<double?> Pixels(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "PX",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
                return number;
            result.AddError($"{name} takes a number of pixels, not '{result.Tokens[0].Value}'");
            return null;
        },
    };
}
