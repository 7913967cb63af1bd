using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>One picture in, one out: upright, its profile kept, its samples its own.</summary>
public sealed class StillInputTests : IDisposable
{
    private const int Width = 46, Height = 30;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Profiles of more than one segment come in several; the second size needs three.</summary>
    [Theory]
    [InlineData(600, 6)]
    [InlineData(150_000, 8)]
    public async Task Matte_APhoto_IsUprightOnceAndKeepsItsProfile(int profileBytes, int orientation)
    {
        byte[] profile = TaggedStill.Profile(profileBytes);
        byte[] jpeg = await MakeAsync("made.jpg", "yuvj444p");
        await File.WriteAllBytesAsync(_folder["photo.jpg"], TaggedStill.Jpeg(TaggedStill.JpegWithProfile(jpeg, profile), orientation));

        CliRun run = await MatteAsync("photo.jpg", "photo.png");

        Assert.True(run.Exit == 0, run.Err);
        byte[] written = await File.ReadAllBytesAsync(_folder["photo.png"]);
        Assert.Equal(profile, TaggedStill.ProfileOfPng(written));
        Assert.Equal(-1, written.AsSpan().IndexOf("eXIf"u8));
        // The decoder of another program, upright by its own reading of the tag.
        await AssertTurnedAsync("photo.png", await RgbAsync("made.jpg"), orientation);
    }

    [Fact]
    public async Task Matte_ADeepPng_KeepsAll16Bits()
    {
        byte[] made = await MakeAsync("made.png", "rgb48be");
        byte[] profile = TaggedStill.Profile(3144);
        await File.WriteAllBytesAsync(_folder["photo.png"], TaggedStill.PngWithProfile(made, profile));
        CliRun run = await MatteAsync("photo.png", "out.png");
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(
            await RealFfmpeg.RunAsync("-i", _folder["made.png"], "-f", "rawvideo", "-pix_fmt", "rgb48le", "pipe:1"),
            await RealFfmpeg.RunAsync("-i", _folder["out.png"], "-f", "rawvideo", "-pix_fmt", "rgb48le", "pipe:1"));
        Assert.Equal(profile, TaggedStill.ProfileOfPng(await File.ReadAllBytesAsync(_folder["out.png"])));

        run = await MatteAsync("photo.png", "out.tiff");
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(
            await RealFfmpeg.RunAsync("-i", _folder["out.png"], "-f", "rawvideo", "-pix_fmt", "rgba64le", "pipe:1"),
            await RealFfmpeg.RunAsync("-i", _folder["out.tiff"], "-f", "rawvideo", "-pix_fmt", "rgba64le", "pipe:1"));
        // Our own reader goes by the directory, and the profile goes on from file to file.
        run = await MatteAsync("out.tiff", "again.png");
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(profile, TaggedStill.ProfileOfPng(await File.ReadAllBytesAsync(_folder["again.png"])));
    }

    [Theory]
    [InlineData("gray")]
    [InlineData("pal8")]
    [InlineData("rgb24", "1:1")]
    public async Task Matte_AnUncommonPng_ComesOutAsItLooks(string pixels, string size = "46:30")
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}", "-vf", $"format=rgb24,crop={size}:0:0", "-frames:v", "1", "-pix_fmt", pixels, _folder["in.png"]);
        CliRun run = await MatteAsync("in.png", "out.png");
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(await RgbAsync("in.png"), await RgbAsync("out.png"));
    }

    [Theory]
    [InlineData("icc-profile-dropped", "out.mkv")]
    [InlineData("icc-profile-dropped", "out.exr")]
    [InlineData("icc-profile-dropped", "out.jpg", "--background", "#203040")]
    [InlineData(null, "out.png")]
    [InlineData(null, "out.tif")]
    public async Task Matte_WhereTheProfileCannotGo_SaysSo(string? code, string output, params string[] more)
    {
        await File.WriteAllBytesAsync(_folder["in.png"], TaggedStill.PngWithProfile(await MakeAsync("made.png", "rgb24"), TaggedStill.Profile(500)));
        CliRun run = await MatteAsync("in.png", output, more);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(code is null ? [] : [code], Warnings(run).Where(w => w.StartsWith("icc", StringComparison.Ordinal)));
    }

    /// <summary>A profile is luggage: what is wrong with it stops no picture.</summary>
    [Theory]
    [InlineData("no profile")]
    [InlineData("another length")]
    [InlineData("a bomb")]
    [InlineData("a lost segment")]
    [InlineData("of a grey picture")]
    public async Task Matte_AProfileThatCannotBeUsed_IsAWarning(string kind)
    {
        byte[] png = await MakeAsync("made.png", "rgb24"), good = TaggedStill.Profile(140_000);
        byte[] still = kind switch
        {
            "no profile" => TaggedStill.PngWithProfile(png, "this is no profile, however long it may go on"u8.ToArray()),
            "another length" => TaggedStill.PngWithProfile(png, good[..^9]),
            "a bomb" => TaggedStill.PngWithProfile(png, new byte[40 << 20]),
            "a lost segment" => TaggedStill.JpegWithProfile(await MakeAsync("made.jpg", "yuvj420p"), good),
            _ => TaggedStill.PngWithProfile(png, TaggedStill.Profile(400, "GRAY")),
        };
        if (kind == "a lost segment")
            // The second of three has another number.
            still[still.AsSpan().IndexOf("ICC_PROFILE\0\x2"u8) + 12] = 9;
        await File.WriteAllBytesAsync(_folder["in"], still);
        CliRun run = await MatteAsync("in", "out.png");
        Assert.True(run.Exit == 0, run.Err);
        Assert.Contains(kind == "of a grey picture" ? "icc-profile-dropped" : "icc-profile-unusable", Warnings(run));
        Assert.Null(TaggedStill.ProfileOfPng(await File.ReadAllBytesAsync(_folder["out.png"])));
    }

    [Fact]
    public async Task Matte_AnExr_SaysHowItIsRead()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}", "-frames:v", "1", "-pix_fmt", "gbrpf32le", _folder["in.exr"]);
        CliRun run = await MatteAsync("in.exr", "out.exr");
        Assert.True(run.Exit == 0, run.Err);
        Assert.Contains("exr-display", Warnings(run));
        Assert.DoesNotContain("transfer-assumed", Warnings(run));
    }

    /// <summary>ffmpeg makes the rest of a JPEG grey, and refuses a PNG.</summary>
    [Theory]
    [InlineData("in.jpg", "yuvj420p", 7)]
    [InlineData("in.png", "rgb24", 3)]
    public async Task Matte_APictureCutOff_IsNotTakenForWhole(string name, string pixels, int exit)
    {
        byte[] still = await MakeAsync(name, pixels);
        await File.WriteAllBytesAsync(_folder[name], still[..(still.Length * 2 / 3)]);
        CliRun run = await MatteAsync(name, "out.png");
        Assert.True(run.Exit == exit, run.Err);
        Assert.Equal(exit == 7, File.Exists(_folder["out.png"]));
        if (exit == 7)
            Assert.Contains("source-truncated", Warnings(run));
    }

    /// <summary>JPEG holds no alpha, and there is no preset for the other.</summary>
    [Theory]
    [InlineData("out.jpg")]
    [InlineData("out.%04d.bmp")]
    public async Task Matte_IntoAKindWithoutAlphaOrPreset_Exits2(string output)
    {
        await MakeAsync("in.png", "rgb24");
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.png"], "--model", "plate", "-o", _folder[output]]);
        Assert.Equal(2, run.Exit);
        Assert.Contains(".png", run.Sentence, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Warnings(CliRun run) =>
        JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!);

    private async Task<CliRun> MatteAsync(string input, string output, params string[] more) => await CliRun.OfAsync(
        ["matte", _folder[input], "--alpha-in", await FullMatte.InAsync(_folder), "-o", _folder[output], "--json", .. more.Length == 0 ? (string[])["--foreground", "source"] : more]);

    private async Task<byte[]> MakeAsync(string name, string pixels)
    {
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}", "-vf", "noise=alls=30", "-frames:v", "1", "-q:v", "2", "-pix_fmt", pixels, _folder[name]);
        return await File.ReadAllBytesAsync(_folder[name]);
    }

    private Task<byte[]> RgbAsync(string name) => RealFfmpeg.RunAsync(
        "-i", _folder[name], "-sws_flags", "bicubic+accurate_rnd+full_chroma_int", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1");

    private async Task AssertTurnedAsync(string written, byte[] stored, int orientation)
    {
        byte[] upright = await RgbAsync(written);
        (int width, int height) = orientation >= 5 ? (Height, Width) : (Width, Height);
        Assert.Equal(stored.Length, upright.Length);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                (int fromX, int fromY) = TaggedStill.Stored(orientation, x, y, Width, Height);
                Assert.Equal(stored[((fromY * Width) + fromX) * 3], upright[((y * width) + x) * 3]);
            }
    }
}
