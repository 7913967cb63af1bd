using System.Globalization;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary><c>evaluate</c> end to end: every kind of matte is read as what it is, and nothing is passed over.</summary>
public sealed class EvaluateTests : IDisposable
{
    private const int Width = 64, Height = 48, Frames = 6;

    /// <summary>Differences of whole codes, added exactly.</summary>
    private const int Precision = 9;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>One truth, its codes multiples of 17 so that 8 bits hold them, in every file a matte comes in. What a file does not hold
    /// bounds MAD: 219 steps of limited range (measured .26), 10 bits of ProRes (.08), VP9 at a high rate (under .001).</summary>
    [Theory]
    [InlineData("gray.mkv", "luma", 8, 0, "-pix_fmt", "gray", "-c:v", "ffv1")]
    [InlineData("gray16.mkv", "luma", 16, 0, "-pix_fmt", "gray16le", "-c:v", "ffv1")]
    [InlineData("p_%04d.png", "luma", 8, 0, "-pix_fmt", "gray")]
    [InlineData("p16_%04d.png", "luma", 16, 0, "-pix_fmt", "gray16be")]
    [InlineData("full.mkv", "luma", 8, 0, "-vf", "scale=out_range=full:sws_dither=none,format=yuvj420p", "-c:v", "libx264", "-qp", "0", "-color_range", "pc")]
    [InlineData("limited.mp4", "luma", 8, .4, "-vf", "scale=in_range=full:out_range=limited:sws_dither=none,format=yuv420p", "-c:v", "libx264", "-qp", "0", "-color_range", "tv")]
    [InlineData("alpha.mov", "alpha", 12, .15, "-vf", ToAlpha + "yuva444p10le", "-c:v", "prores_ks", "-profile:v", "4444", "-alpha_bits", "16")]
    [InlineData("alpha.webm", "alpha", 8, .5, "-vf", ToAlpha + "yuva420p", "-c:v", "libvpx-vp9", "-auto-alt-ref", "0", "-b:v", "0", "-crf", "4", "-metadata:s:v:0", "alpha_mode=1")]
    [InlineData("alpha.mkv", "alpha", 8, 0, "-vf", ToAlpha + "yuva444p", "-c:v", "ffv1")]
    [InlineData("a_%04d.png", "alpha", 8, 0, "-vf", ToAlpha + "rgba")]
    public async Task Evaluate_TheTruthInAnotherFile_ScoresWhatTheFileLoses(string name, string read, int bits, double most, params string[] encoder)
    {
        string truth = await TruthAsync();
        await RealFfmpeg.RunAsync(["-i", truth, .. encoder, _folder[name]]);
        JsonElement document = await JsonAsync("--pred", _folder[name], "--true", truth);
        JsonElement clip = document.GetProperty("clips")[0], prediction = clip.GetProperty("prediction"), mean = document.GetProperty("mean");
        Assert.Equal((read, bits, _folder[name]), (prediction.GetProperty("read").GetString(), prediction.GetProperty("bits").GetInt32(), prediction.GetProperty("path").GetString()));
        Assert.Equal((Width, Height, Frames), (clip.GetProperty("width").GetInt32(), clip.GetProperty("height").GetInt32(), mean.GetProperty("frames").GetInt32()));
        Assert.InRange(mean.GetProperty("mad").GetDouble(), 0, most);
        if (most == 0)
            Assert.Equal((0, 0, 0), (mean.GetProperty("mse").GetDouble(), mean.GetProperty("grad").GetDouble(), mean.GetProperty("dtSsd").GetDouble()));
    }

    /// <summary>By hand: flat grey mattes, which have no gradient where they are not stretched, and none where they are.</summary>
    [Fact]
    public async Task Evaluate_FlatMattes_ScoresAsByHand()
    {
        await FlatAsync("p.mkv", 51, 102, 255);
        await FlatAsync("t.mkv", 51, 51, 0);
        JsonElement mean = (await JsonAsync("--pred", _folder["p.mkv"], "--true", _folder["t.mkv"], "--per-frame", _folder["f.csv"])).GetProperty("mean");
        Assert.Equal(1000 * (0 + .2 + 1) / 3, mean.GetProperty("mad").GetDouble(), Precision);
        Assert.Equal(1000 * (0 + .04 + 1) / 3, mean.GetProperty("mse").GetDouble(), Precision);
        Assert.Equal(0, mean.GetProperty("grad").GetDouble());
        // Changes of .2 against 0, then of .6 against -.2.
        Assert.Equal(100 * (0 + .2 + .8) / 3, mean.GetProperty("dtSsd").GetDouble(), Precision);
        string[][] rows = [.. (await File.ReadAllLinesAsync(_folder["f.csv"])).Select(l => l.Split(','))];
        Assert.Equal(["clip", "frame", "mad", "mse", "grad", "dtSsd"], rows[0]);
        Assert.Equal(["p", "1"], rows[2][..2]);
        Assert.Equal([200, 40, 0, 20], rows[2][2..].Select(v => Math.Round(double.Parse(v, CultureInfo.InvariantCulture), Precision)));
        Assert.Equal(4, rows.Length);

        // A part is a clip of its own: its first frame has none before it.
        mean = (await JsonAsync("--pred", _folder["p.mkv"], "--true", _folder["t.mkv"], "--from", "1", "--frames", "1")).GetProperty("mean");
        Assert.Equal((200, 0, 1), (Math.Round(mean.GetProperty("mad").GetDouble(), Precision), mean.GetProperty("dtSsd").GetDouble(), mean.GetProperty("frames").GetInt32()));
    }

    /// <summary>A matte whose bits below the eighth are wrong is right in 8 bits, and only there.</summary>
    [Fact]
    public async Task Evaluate_BitsBelowTheEighth_CountUnlessRoundedAway()
    {
        string truth = await TruthAsync();
        await RealFfmpeg.RunAsync("-i", truth, "-vf", "format=gray16le,geq=lum='4369*floor(lum(X,Y)/4369+.5)+if(gt(lum(X,Y),60000),-100,100)'", "-c:v", "ffv1", _folder["p.mkv"]);
        JsonElement full = await JsonAsync("--pred", _folder["p.mkv"], "--true", truth), eight = await JsonAsync("--pred", _folder["p.mkv"], "--true", truth, "--bits", "8");
        Assert.Equal(1000 * 100.0 / 65535, full.GetProperty("mean").GetProperty("mad").GetDouble(), Precision);
        Assert.Equal(0, eight.GetProperty("mean").GetProperty("mad").GetDouble());
        Assert.Equal(("full", "8"), (full.GetProperty("bits").GetString(), eight.GetProperty("bits").GetString()));
    }

    /// <summary>Stretched, a matte of half the strength has the truth's own gradient.</summary>
    [Fact]
    public async Task Evaluate_GradVariants_AreNotOneFigure()
    {
        string truth = await TruthAsync();
        await RealFfmpeg.RunAsync("-i", truth, "-vf", "format=gray16le,geq=lum='257*floor(lum(X,Y)/514)+2570'", "-c:v", "ffv1", _folder["p.mkv"]);
        async Task<double> GradAsync(params string[] more)
        {
            JsonElement document = await JsonAsync(["--pred", _folder["p.mkv"], "--true", truth, .. more]);
            Assert.Equal(more.Length > 0 ? more[1] : "hr", document.GetProperty("gradVariant").GetString());
            return document.GetProperty("mean").GetProperty("grad").GetDouble();
        }

        double hr = await GradAsync(), lr = await GradAsync("--grad", "lr");
        Assert.Equal(hr, await GradAsync("--grad", "hr"));
        Assert.True(lr < hr / 100, $"{lr} against {hr}");
    }

    [Fact]
    public async Task Evaluate_SeveralClips_GivesATableAndTheMeanByFrameIndex()
    {
        await FlatAsync("a.mkv", 51, 51);
        await FlatAsync("b.mkv", 102);
        await FlatAsync("ta.mkv", 0, 0);
        await FlatAsync("tb.mkv", 0);
        string[] pairs = ["--pred", _folder["a.mkv"], "--true", _folder["ta.mkv"], "--pred", _folder["b.mkv"], "--true", _folder["tb.mkv"]];
        JsonElement document = await JsonAsync(pairs);
        Assert.Equal(["a", "b"], document.GetProperty("clips").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        // Frame 0: the mean of .2 and .4; frame 1: .2 alone.
        Assert.Equal(1000 * (.3 + .2) / 2, document.GetProperty("mean").GetProperty("mad").GetDouble(), Precision);
        CliRun run = await CliRun.OfAsync(["evaluate", .. pairs]);
        Assert.Equal((0, string.Empty), (run.Exit, run.Err));
        Assert.Equal(
            ["clip  frames  size   MAD      MSE      Grad (hr)  dtSSD", "a     2       64x48  200.000  40.000   0.000      0.000", "b     1       64x48  400.000  160.000  0.000      0.000", "mean  2              250.000  70.000   0.000      0.000"],
            run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r')));
    }

    /// <summary>Folders of clips go together by name: files, folders of pictures, and the data sets' CLIP/pha.</summary>
    [Fact]
    public async Task Evaluate_FoldersOfClips_PairByNameAndRefuseAMissingOne()
    {
        foreach (string folder in (string[])["P", "P/two", "T", "T/one/pha", "T/two", "T/three"])
            Directory.CreateDirectory(_folder[folder]);
        await FlatAsync("P/one.mkv", 51);
        await FlatAsync("P/two/%03d.png", 102, 102);
        await FlatAsync("P/three.mkv", 0);
        await FlatAsync("T/one/pha/%03d.png", 0);
        await FlatAsync("T/two/%03d.png", 0, 0);
        await FlatAsync("T/three/pha.mkv", 0);
        await File.WriteAllTextAsync(_folder["T/notes.txt"], "no clip");
        JsonElement[] clips = [.. (await JsonAsync("--pred", _folder["P"], "--true", _folder["T"])).GetProperty("clips").EnumerateArray()];
        Assert.Equal([("one", 200.0), ("three", 0), ("two", 400)], clips.Select(c => (c.GetProperty("name").GetString()!, Math.Round(c.GetProperty("mean").GetProperty("mad").GetDouble(), Precision))));

        File.Delete(_folder["P/three.mkv"]);
        await AssertRefusedAsync(3, "lacks the clip three", "--pred", _folder["P"], "--true", _folder["T"]);
        await AssertRefusedAsync(3, "lacks the clip three", "--pred", _folder["T"], "--true", _folder["P"]);
        await AssertRefusedAsync(2, "is a folder of clips", "--pred", _folder["P"], "--true", _folder["T/two"]);
        Directory.CreateDirectory(_folder["E"]);
        await AssertRefusedAsync(3, "neither numbered pictures nor video files", "--pred", _folder["E"], "--true", _folder["T"]);
    }

    /// <summary>The published evaluation passes over frames that are missing; here nothing is cut to fit.</summary>
    [Fact]
    public async Task Evaluate_MattesThatDoNotFit_AreRefused()
    {
        await FlatAsync("a.mkv", 1, 2, 3);
        await FlatAsync("b.mkv", 1, 2);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=black:s=66x48:r=25", "-frames:v", "3", "-pix_fmt", "gray", "-c:v", "ffv1", _folder["wide.mkv"]);
        string a = _folder["a.mkv"], b = _folder["b.mkv"];
        await AssertRefusedAsync(3, $"{a} has 3 frames and {b} has 2 frames", "--pred", a, "--true", b);
        await AssertRefusedAsync(3, $"{b} has 2 frames and {a} has 3 frames", "--pred", b, "--true", a);
        await AssertRefusedAsync(3, "up to the last one asked for", "--pred", b, "--true", a, "--frames", "3");
        await AssertRefusedAsync(3, "66x48", "--pred", a, "--true", _folder["wide.mkv"]);
        await AssertRefusedAsync(3, "does not exist", "--pred", a, "--true", _folder["none.mkv"]);
        await AssertRefusedAsync(2, "--pred names 2 clips and --true 1 clip", "--pred", a, "--pred", b, "--true", a);
        await AssertRefusedAsync(2, "begins behind them", "--pred", a, "--true", a, "--from", "3");
        await AssertRefusedAsync(2, "--pred", "--true", a);
        await AssertRefusedAsync(2, "--grad is one of", "--pred", a, "--true", a, "--grad", "mid");
        // As far as both go together they can be scored.
        await JsonAsync("--pred", b, "--true", a, "--frames", "2");
    }

    [Fact]
    public async Task PerFrame_FileThatMayNotBeWritten_IsRefusedAndNothingIsLeft()
    {
        await FlatAsync("a.mkv", 1, 2);
        await FlatAsync("b.mkv", 1);
        string a = _folder["a.mkv"];
        await File.WriteAllTextAsync(_folder["there.csv"], "mine");
        await AssertRefusedAsync(2, "exists", "--pred", a, "--true", a, "--per-frame", _folder["there.csv"]);
        await AssertRefusedAsync(2, "is the input", "--pred", a, "--true", a, "--per-frame", a, "--overwrite");
        await AssertRefusedAsync(6, "does not exist", "--pred", a, "--true", a, "--per-frame", _folder["no/f.csv"]);
        await AssertRefusedAsync(3, "has 2 frames", "--pred", a, "--true", _folder["b.mkv"], "--per-frame", _folder["there.csv"], "--overwrite");
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["there.csv"]));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, ".*"));
        await JsonAsync("--pred", a, "--true", a, "--per-frame", _folder["there.csv"], "--overwrite");
        Assert.StartsWith("clip,", await File.ReadAllTextAsync(_folder["there.csv"]), StringComparison.Ordinal);
    }

    /// <summary>A clip's name comes from outside: in a spreadsheet it is no formula, on a terminal it moves nothing.</summary>
    [Fact]
    public async Task PerFrame_HostileClipName_IsText()
    {
        string name = "=HYPERLINK(\"x\"),\u001b[2J";
        await FlatAsync("a.mkv", 1);
        File.Copy(_folder["a.mkv"], _folder[name + ".mkv"]);
        CliRun run = await CliRun.OfAsync(["evaluate", "--pred", _folder[name + ".mkv"], "--true", _folder["a.mkv"], "--per-frame", _folder["f.csv"]]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.DoesNotContain('\u001b', run.Out + run.Err);
        Assert.StartsWith("\"'=HYPERLINK(\"\"x\"\"),\\x1b[2J\",0,", (await File.ReadAllLinesAsync(_folder["f.csv"]))[1], StringComparison.Ordinal);
    }

    /// <summary>Both cut at the same place have as many frames; that they are cut is said.</summary>
    [Fact]
    public async Task Evaluate_TruncatedClips_Exit7UnlessLenient()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"nullsrc=s={Width}x{Height}:r=25,format=gray,geq=lum='random(1)*255'", "-frames:v", "20", "-c:v", "ffv1", _folder["whole.mkv"]);
        byte[] bytes = await File.ReadAllBytesAsync(_folder["whole.mkv"]);
        await File.WriteAllBytesAsync(_folder["cut.mkv"], bytes[..(bytes.Length / 2)]);
        string[] arguments = ["evaluate", "--pred", _folder["cut.mkv"], "--true", _folder["cut.mkv"], "--json"];
        CliRun run = await CliRun.OfAsync(arguments);
        Assert.True(run.Exit == 7, run.Err);
        Assert.Contains("source-", JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings")[0].GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.OfAsync([.. arguments, "--lenient"])).Exit);
        await AssertRefusedAsync(3, "has 20 frames", "--pred", _folder["whole.mkv"], "--true", _folder["cut.mkv"]);
    }

    [Fact]
    public async Task Evaluate_WhatMayBeAnotherMatteThanMeant_IsSaid()
    {
        await FlatAsync("p_%02d.png", 10, 20);
        await RealFfmpeg.RunAsync("-start_number", "1", "-i", _folder["p_%02d.png"], "-start_number", "0", _folder["q_%02d.png"]);
        Assert.Equal(["numbers-differ"], Warnings(await JsonAsync("--pred", _folder["q_%02d.png"], "--true", _folder["p_%02d.png"])));
        await RealFfmpeg.RunAsync("-i", _folder["p_%02d.png"], "-pix_fmt", "rgba", _folder["r_%02d.png"]);
        Assert.Equal(["alpha-full"], Warnings(await JsonAsync("--pred", _folder["r_%02d.png"], "--true", _folder["p_%02d.png"])));
        foreach (string format in (string[])["yuv420p", "yuv422p10le", "gbrp", "gbrp12le"])
        {
            await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}", "-frames:v", "2", "-pix_fmt", format, "-c:v", "ffv1", _folder["c.mkv"]);
            Assert.Equal(["matte-coloured"], Warnings(await JsonAsync("--pred", _folder["c.mkv"], "--true", _folder["p_%02d.png"])));
            await RealFfmpeg.RunAsync("-i", _folder["p_%02d.png"], "-pix_fmt", format, "-c:v", "ffv1", _folder["c.mkv"]);
            Assert.Empty(Warnings(await JsonAsync("--pred", _folder["c.mkv"], "--true", _folder["p_%02d.png"])));
        }

        // A dull picture, and grey through the coarsest of JPEG, both of an odd size.
        foreach ((string picture, string[] expected) in ((string, string[])[])[("testsrc2=s=101x67,hue=s=.15", ["matte-coloured"]), ("testsrc2=s=101x67,hue=s=0", [])])
        {
            await RealFfmpeg.RunAsync("-f", "lavfi", "-i", picture, "-frames:v", "2", "-pix_fmt", "yuvj420p", "-q:v", "31", "-c:v", "mjpeg", _folder["d.mkv"]);
            Assert.Equal(expected, Warnings(await JsonAsync("--pred", _folder["d.mkv"], "--true", _folder["d.mkv"])).Distinct());
        }

        await RealFfmpeg.RunAsync("-i", _folder["p_%02d.png"], "-frames:v", "1", "-pix_fmt", "gbrpf32le", _folder["e.exr"]);
        await AssertRefusedAsync(3, "EXR without alpha", "--pred", _folder["e.exr"], "--true", _folder["e.exr"]);
    }

    [Fact]
    public async Task Json_OfAScore_HasTheFieldsOfTheGoldenFile()
    {
        await FlatAsync("a.mkv", 1);
        CliRun run = await CliRun.OfAsync(["evaluate", "--pred", _folder["a.mkv"], "--true", _folder["a.mkv"], "--json"]);
        CliRun error = await CliRun.OfAsync(["evaluate", "--pred", _folder["a.mkv"], "--true", _folder["none.mkv"], "--json"]);
        GoldenFile.Check("tests/VideoMatte.Cli.Tests/Golden/evaluate.txt", $"# evaluate\n{ResultTests.Shape(run.Out)}\n# error\n{ResultTests.Shape(error.Out)}\n");
    }

    /// <summary>Ours against the figures numpy and scipy give for the same 8-bit mattes: a real truth, moved by two pixels and
    /// weaker by a fifth.</summary>
    [SharedFact]
    public async Task Evaluate_ACompositesTruthMoved_IsWhatNumpyAndScipyGive()
    {
        string truth = SharedData.Composites(Path.Combine("head-stream-pan", "pha.mkv"));
        await RealFfmpeg.RunAsync("-i", truth, "-vf", "geq=lum='if(gte(X,2),floor(lum(X-2,Y)*4/5),0)'", "-pix_fmt", "gray", "-c:v", "ffv1", _folder["p.mkv"]);
        foreach ((string grad, double[] expected) in ((string, double[])[])[("hr", Moved.Hr), ("lr", Moved.Lr)])
        {
            JsonElement mean = (await JsonAsync("--pred", _folder["p.mkv"], "--true", truth, "--grad", grad)).GetProperty("mean");
            double[] actual = [.. ((string[])["mad", "mse", "grad", "dtSsd"]).Select(f => mean.GetProperty(f).GetDouble())];
            // Single precision on both sides, in places.
            Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-6 * p.First));
        }
    }

    /// <summary>v / 255 in float32, the whole 9 x 9 kernel by scipy.ndimage.correlate with mode 'nearest' in float64.</summary>
    private static readonly (double[] Hr, double[] Lr) Moved = ([92.88457930471641, 20.195837796597196, 5.882574553873655, 0.9295286280128229], [92.88457930471641, 20.195837796597196, 6.525984545507725, 0.9295286280128229]);

    /// <summary>Grey becomes the alpha of a grey picture.</summary>
    private const string ToAlpha = "format=gray,split[p][a];[p]lutyuv=y=128[q];[q][a]alphamerge,format=";

    private static IEnumerable<string> Warnings(JsonElement document) => document.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!);

    private static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        CliRun run = await CliRun.OfAsync(["evaluate", .. arguments, "--json", "--quiet"]);
        Assert.True(run.Exit == 0, run.Err);
        return JsonDocument.Parse(run.Out).RootElement;
    }

    private static async Task AssertRefusedAsync(int exit, string says, params string[] arguments)
    {
        CliRun run = await CliRun.OfAsync(["evaluate", .. arguments]);
        Assert.True(run.Exit == exit, $"exit {run.Exit}: {run.Err}");
        Assert.Contains(says, run.Sentence, StringComparison.Ordinal);
        Assert.Equal(string.Empty, run.Out);
    }

    /// <summary>A moving ramp of multiples of 17, on black and white.</summary>
    private async Task<string> TruthAsync()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height}:r=25,format=gray,geq=lum='17*clip(X-20+N-floor(Y/16),0,15)'",
            "-frames:v", Frames.ToString(CultureInfo.InvariantCulture), "-c:v", "ffv1", _folder["truth.mkv"]);
        return _folder["truth.mkv"];
    }

    /// <summary>Frames of one 8-bit code each.</summary>
    private Task FlatAsync(string name, params int[] codes) => RealFfmpeg.RunAsync(
        ["-f", "lavfi", "-i", $"color=black:s={Width}x{Height}:r=25,format=gray,geq=lum='{string.Join('+', codes.Select((c, i) => $"{c}*eq(N,{i})"))}'",
            "-frames:v", codes.Length.ToString(CultureInfo.InvariantCulture), .. name.EndsWith(".mkv", StringComparison.Ordinal) ? (string[])["-c:v", "ffv1"] : [], _folder[name]]);
}
