using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media.Stills;

/// <summary>Numbered pictures are read as one clip: every one once, its own samples, at exact times.</summary>
public sealed class SequenceReaderTests : IDisposable
{
    private const long ManyPixels = 1 << 20;
    private static readonly Rational Film = new(24000, 1001);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = 60_000)]
    [InlineData("png", "rgb24", "gbrp")]
    [InlineData("png", "rgb48be", "gbrp16le")]
    [InlineData("png", "gray16be", "gray16le")]
    [InlineData("jpg", "yuvj420p", "yuvj420p")]
    [InlineData("tif", "rgb48le", "gbrp16le")]
    public async Task Folder_OfOneKind_GivesEachPicturesOwnSamplesAtExactTimes(string extension, string made, string read)
    {
        await MakeAsync($"shot 50%d/f.%04d.{extension}", made, first: 997);
        string folder = _folder["shot 50%d"];
        IReadOnlyList<string> expected = await Md5Async(Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal), read);

        (MediaInfo info, IReadOnlyList<(Rational Time, string Md5)> frames) = await ReadAsync(folder, Film);

        Assert.Equal(expected, frames.Select(f => f.Md5));
        Assert.Equal(Enumerable.Range(0, expected.Count).Select(k => new Rational(k) / Film), frames.Select(f => f.Time));
        Assert.Equal((997, expected.Count), (info.Sequence!.FirstNumber, (int)info.Video.FrameCount!));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("f.%04d.png", "f.%04d.png")]
    [InlineData("f.%04d.png", "f.####.png")]
    [InlineData("%d.png", "%d.png")]
    [InlineData("100%% f_%02d (take 2).png", "100% f_## (take 2).png")]
    public async Task Pattern_OfEachForm_FindsItsPicturesAndNoOthers(string made, string asked)
    {
        await MakeAsync(made, "rgb24", first: 8, frames: 5);
        await File.WriteAllTextAsync(_folder["f.0009x.png"], "another name");

        (MediaInfo info, IReadOnlyList<(Rational Time, string Md5)> frames) = await ReadAsync(_folder[asked], null);

        Assert.Equal((5, 8L), (frames.Count, info.Sequence!.FirstNumber));
        Assert.True(info.Sequence.RateIsAssumed);
        Assert.Equal(new Rational(4, 25), frames[^1].Time);
    }

    [Fact(Timeout = 60_000)]
    public async Task File_OfThePatternsLiteralName_WinsOverThePattern()
    {
        await MakeAsync("f.%04d.png", "rgb24", first: 1, frames: 3);
        File.Copy(_folder["f.0001.png"], _folder["f.####.png"]);
        MediaInfo info = await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), _folder["f.####.png"], null, ManyPixels, default);
        Assert.True(info.IsStillImage);
        Assert.Null(info.Sequence);
    }

    /// <summary>Light of an EXR becomes codes by the sRGB curve (IEC 61966-2-1), clipped at 1; ffmpeg calculates that in single precision
    /// and through its scaler.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Exr_OfLight_IsReadByTheSrgbCurve()
    {
        const int most = 5, samples = 64 * 16;
        float[] light = [.. Enumerable.Range(0, samples).Select(i => -0.1f + (1.6f * i / samples))];
        byte[] raw = System.Runtime.InteropServices.MemoryMarshal.AsBytes(light.AsSpan()).ToArray();
        await File.WriteAllBytesAsync(_folder["light.raw"], [.. raw, .. raw, .. raw]);
        await RealFfmpeg.RunAsync("-f", "rawvideo", "-pix_fmt", "gbrpf32le", "-s", "64x16", "-i", _folder["light.raw"], "-format", "float", _folder["light.1.exr"]);

        MediaInfo info = await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), _folder["light.%d.exr"], null, ManyPixels, default);
        using CheckingFramePool pool = new();
        await using MediaReader reader = await MediaReader.OpenAsync(await RealFfmpeg.ToolsAsync(), info, ReaderOptions.Default, pool, TimeProvider.System, default);
        using VideoFrame frame = (await reader.ReadAsync(default))!;

        Assert.Equal(ColourTransfer.Srgb, frame.Format.Colour.Transfer);
        ReadOnlySpan<ushort> codes = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(frame.Memory.Span);
        for (int i = 0; i < samples; i++)
        {
            double l = Math.Clamp(light[i], 0, 1), code = (l <= 0.0031308 ? 12.92 * l : (1.055 * Math.Pow(l, 1 / 2.4)) - 0.055) * 65535;
            Assert.True(Math.Abs(codes[i] - code) <= most, $"light {light[i]} is {codes[i]}, not {code}");
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Exr_ThatNamesItsRate_IsShownAtIt()
    {
        await MakeAsync("f.%04d.exr", "gbrpf32le", first: 1, frames: 2, rate: "24000/1001");
        MediaInfo info = await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), _folder.Path, null, ManyPixels, default);
        Assert.Equal((Film, false), (info.Sequence!.Rate, info.Sequence.RateIsAssumed));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(2, null, 3L, new[] { 2, 3, 4 })]
    [InlineData(300, null, null, new[] { 300, 301, 302, 303 })]
    [InlineData(0, 2, null, new[] { 0, 1 })]
    public async Task Selection_OfASequence_TakesTheseFramesAndNoOthers(int from, int? to, long? count, int[] expected)
    {
        await MakeAsync("f.%04d.png", "rgb24", first: 0, frames: 304);
        string[] files = [.. Directory.EnumerateFiles(_folder.Path).Order(StringComparer.Ordinal)];
        FrameSelection selection = new(new Rational(from) / Film, to is { } end ? new Rational(end) / Film : null, count);

        (_, IReadOnlyList<(Rational Time, string Md5)> frames) = await ReadAsync(_folder.Path, Film, selection);

        Assert.Equal(await Md5Async(expected.Select(i => files[i]), "gbrp"), frames.Select(f => f.Md5));
        Assert.Equal(expected.Select((_, k) => new Rational(k) / Film), frames.Select(f => f.Time));
    }

    private async Task<(MediaInfo Info, IReadOnlyList<(Rational Time, string Md5)> Frames)> ReadAsync(string path, Rational? rate, FrameSelection? selection = null)
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, path, rate, ManyPixels, default);
        using CheckingFramePool pool = new();
        List<(Rational, string)> frames = [];
        await using MediaReader reader = await MediaReader.OpenAsync(
            tools, info, ReaderOptions.Default with { Selection = selection }, pool, TimeProvider.System, default);
        while (await reader.ReadAsync(default) is { } frame)
            using (frame)
                frames.Add((frame.Time.PresentationTime, Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(frame.Memory.Span))));
        Assert.Empty(reader.Warnings);
        return (info, frames);
    }

    private async Task MakeAsync(string pattern, string pixels, int first, int frames = 13, string rate = "25")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[pattern])!);
        string folder = Path.GetDirectoryName(_folder[pattern])!.Replace("%", "%%", StringComparison.Ordinal);
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", $"testsrc2=s=32x22:r={rate}", "-vf", "noise=alls=20:allf=t+u", "-frames:v", frames.ToString(CultureInfo.InvariantCulture),
            "-start_number", first.ToString(CultureInfo.InvariantCulture), "-pix_fmt", pixels, Path.Combine(folder, Path.GetFileName(pattern)));
    }

    /// <summary>Each file by itself, decoded by ffmpeg.</summary>
    private static async Task<IReadOnlyList<string>> Md5Async(IEnumerable<string> files, string pixels)
    {
        List<string> found = [];
        foreach (string file in files)
            found.Add(Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(
                await RealFfmpeg.RunAsync("-f", "image2", "-pattern_type", "none", "-i", file, "-f", "rawvideo", "-pix_fmt", pixels, "pipe:1"))));
        return found;
    }
}
