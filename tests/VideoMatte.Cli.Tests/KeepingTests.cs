using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>All a source says beside picture and sound, into every container: each item is kept, as ffprobe finds it, or a warning names it.
/// Never neither, and never both.</summary>
public sealed class KeepingTests(KeepingSources sources) : IClassFixture<KeepingSources>, IDisposable
{
    private static readonly string[] Flags = ["default", "forced", "hearing_impaired"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What of a Matroska source each container cannot hold, so that nothing is lost by a warning that need not be.</summary>
    [Theory]
    [InlineData("out.mov", "forced", "hearing_impaired", "bitmap", "font", "cover", "tag custom")]
    [InlineData("out.mkv")]
    [InlineData("out.webm", "hearing_impaired", "bitmap", "font", "cover")]
    [InlineData("out.mp4", "bitmap", "font", "tag custom")]
    public async Task Matte_AMatroskaSource_IsKeptOrNamed(string target, params string[] named)
    {
        await CheckAsync("in.mkv", target, named, MatroskaItems("one", "two"));
        if (!named.Contains("cover"))
            Assert.Equal(await File.ReadAllBytesAsync(sources["cover.png"]),
                await RealFfmpeg.RunAsync("-i", _folder[target], "-map", "0:v:1", "-c", "copy", "-f", "image2pipe", "pipe:1"));
        if (!named.Contains("font"))
            Assert.Contains("no font at all", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(_folder[target])), StringComparison.Ordinal);
    }

    /// <summary>The same of a part: chapters that end before it are not its own, the one it begins in is clipped.</summary>
    [Theory]
    [InlineData("out.mov", "forced", "hearing_impaired", "bitmap", "font", "cover", "tag custom")]
    [InlineData("out.mkv")]
    public async Task Matte_APartOfAMatroskaSource_IsKeptOrNamed(string target, params string[] named)
    {
        JsonElement found = await CheckAsync("in.mkv", target, named, MatroskaItems("two"), "--start", "0.8");
        JsonElement chapter = ProbeList(found, "chapters").Single();
        Assert.Equal("0.000000", chapter.GetProperty("start_time").GetString());
        double begin = double.Parse((await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=start_time", "-of", "csv=p=0", sources["in.mkv"])).Trim(), CultureInfo.InvariantCulture);
        Assert.Equal(2 - (begin + 0.8), double.Parse(chapter.GetProperty("end_time").GetString()!, CultureInfo.InvariantCulture), 0.002);
    }

    /// <summary>A camera's file: turned by a quarter, with a timecode track and one of the camera's own data.</summary>
    [Theory]
    [InlineData("out.mov", null)]
    [InlineData("out.mkv", null, "camera")]
    [InlineData("out.webm", null, "camera")]
    [InlineData("out.mp4", null, "timecode")]
    [InlineData("out.mov", "0.5")]
    [InlineData("out.mkv", "0.5", "camera")]
    public async Task Matte_ACamerasQuickTime_IsKeptOrNamed(string target, string? start, params string[] named)
    {
        // Frame 13 is the first at or after half a second.
        string timecode = start is null ? "01:00:00:00" : "01:00:00:13";
        Item[] items =
        [
            .. Tags("title", "artist", "comment", "creation_time"),
            new("language of the picture", f => Tag(Stream(f, "video", 0), "language") == "ita", "language \\(ita\\)"),
            new("language of sound 0", f => Tag(Stream(f, "audio", 0), "language") == "ger", "language \\(ger\\)"),
            new("language of sound 1", f => Tag(Stream(f, "audio", 1), "language") == "eng", "language \\(eng\\)"),
            new("default", f => Flagged(Stream(f, "audio", 0)) == "" && Flagged(Stream(f, "audio", 1)) == "default", "flag default"),
            new("subtitles", f => Streams(f, "subtitle").Count() == 1, "Subtitle track [0-9]+ \\([a-z_]+\\) does not"),
            new("timecode", f => ProbeList(f, "streams").Any(s => Tag(s, "timecode") == timecode), "\\(timecode, tmcd\\)"),
            new("camera", f => ProbeList(f, "streams").Any(s => s.GetProperty("codec_tag_string").GetString() == "gpmd"), "\\(camera data, bin_data\\)"),
        ];
        JsonElement found = await CheckAsync("in.mov", target, named, items, start is null ? [] : ["--start", start]);
        // The turn is in the picture now: a player that turns it again would lay it on its side.
        Assert.Equal((64, 96), (Stream(found, "video", 0).GetProperty("width").GetInt32(), Stream(found, "video", 0).GetProperty("height").GetInt32()));
        Assert.DoesNotContain("rotat", found.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("displaymatrix", found.ToString(), StringComparison.OrdinalIgnoreCase);
        if (target is "out.mkv" or "out.webm")
            Assert.DoesNotContain("qt  ", found.GetProperty("format").GetProperty("tags").ToString(), StringComparison.Ordinal);
    }

    private sealed record Item(string Name, Func<JsonElement, bool> IsKept, string Warning);

    private static Item[] MatroskaItems(params string[] chapters) =>
    [
        .. Tags("title", "artist", "comment", "date", "creation_time", "custom"),
        new("name of the picture", f => Name(Stream(f, "video", 0)) == "Picture", "name \\(Picture\\)"),
        new("language of the picture", f => Tag(Stream(f, "video", 0), "language") == "ita", "language \\(ita\\)"),
        new("language of sound 0", f => Tag(Stream(f, "audio", 0), "language") == "ger", "language \\(ger\\)"),
        new("language of sound 1", f => Tag(Stream(f, "audio", 1), "language") == "eng", "language \\(eng\\)"),
        new("name of sound 0", f => Name(Stream(f, "audio", 0)) == "Deutsch", "name \\(Deutsch\\)"),
        new("name of sound 1", f => Name(Stream(f, "audio", 1)) == "English", "name \\(English\\)"),
        new("default", f => Flagged(Stream(f, "audio", 0)) == "" && Flagged(Stream(f, "audio", 1)) == "default", "flag default"),
        new("text", f => Streams(f, "subtitle").Take(2).Count() == 2, "Subtitle track [34] \\([a-z]+\\) does not"),
        new("language of subtitles", f => Tag(Stream(f, "subtitle", 0), "language") is "fre" or "fra", "language \\(fre\\)"),
        new("name of subtitles", f => Name(Stream(f, "subtitle", 0)) == "Sous-titres", "name \\(Sous-titres\\)"),
        new("forced", f => Flagged(Stream(f, "subtitle", 0)).Contains("forced", StringComparison.Ordinal), "flag forced"),
        new("hearing_impaired", f => Flagged(Stream(f, "subtitle", 1)).Contains("hearing", StringComparison.Ordinal), "flag hearing_impaired"),
        new("bitmap", f => Streams(f, "subtitle").Any(s => Codec(s) == "hdmv_pgs_subtitle"), "Subtitle track 5 \\(hdmv_pgs_subtitle\\)"),
        new("font", f => Streams(f, "attachment").Any(s => Tag(s, "filename") == "f.ttf"), "attachment, ttf, f\\.ttf"),
        new("cover", f => ProbeList(f, "streams").Any(s => s.GetProperty("disposition").GetProperty("attached_pic").GetInt32() == 1), "cover picture, png"),
        new("chapters", f => ProbeList(f, "chapters").Select(c => Tag(c, "title")).SequenceEqual(chapters), "chapters"),
        new("encoder", f => Tag(f.GetProperty("format"), "encoder") != "somebody's", "tag encoder"),
    ];

    private static IEnumerable<Item> Tags(params string[] names) => names.Select(n => new Item(
        "tag " + n, f => Tag(f.GetProperty("format"), n) == KeepingSources.Value(n), $"the tag {n}\\b"));

    private async Task<JsonElement> CheckAsync(string source, string target, string[] named, Item[] items, params string[] more)
    {
        string[] behind = target.EndsWith(".mp4", StringComparison.Ordinal) ? ["--background", "red"] : [];
        CliRun run = await CliRun.OfAsync(["matte", sources[source], "--model", "plate", "-o", _folder[target], "--json", "--lenient", .. behind, .. more]);
        Assert.True(run.Exit == 0, run.Err);
        string[] warnings = [.. JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("message").GetString()!)];
        JsonElement found = await ProbeAsync(target);
        foreach (Item item in items)
        {
            bool kept = item.IsKept(found), warned = warnings.Any(w => Regex.IsMatch(w, item.Warning, RegexOptions.IgnoreCase));
            Assert.True(kept != warned, $"{item.Name} in {target}: kept {kept}, named {warned}\n{string.Join('\n', warnings)}");
            Assert.True(warned == named.Contains(item.Name), $"{item.Name} in {target}: named {warned}");
        }

        return found;
    }

    private async Task<JsonElement> ProbeAsync(string name) =>
        JsonDocument.Parse(await RealFfmpeg.ProbeAsync("-show_format", "-show_streams", "-show_chapters", "-of", "json", _folder[name])).RootElement;

    private static IEnumerable<JsonElement> ProbeList(JsonElement of, string name) => of.GetProperty(name).EnumerateArray();

    private static IEnumerable<JsonElement> Streams(JsonElement found, string kind) => ProbeList(found, "streams").Where(s => s.GetProperty("codec_type").GetString() == kind);

    private static JsonElement Stream(JsonElement found, string kind, int order) => Streams(found, kind).ElementAt(order);

    private static string? Codec(JsonElement stream) => stream.TryGetProperty("codec_name", out JsonElement name) ? name.GetString() : null;

    private static string? Tag(JsonElement of, string name) => of.TryGetProperty("tags", out JsonElement tags)
        ? tags.EnumerateObject().Where(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(t => t.Value.GetString()).FirstOrDefault()
        : null;

    private static string? Name(JsonElement stream) => Tag(stream, "title") ?? Tag(stream, "handler_name");

    private static string Flagged(JsonElement stream) =>
        string.Join('+', stream.GetProperty("disposition").EnumerateObject().Where(d => d.Value.GetInt32() == 1 && Flags.Contains(d.Name)).Select(d => d.Name));
}
