using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>Which HEVC encoder writes alpha, told by stand-ins: this machine's ffmpeg may have none. They keep the command lines and write
/// another codec in HEVC's place.</summary>
public sealed class HevcAlphaTests
{
    private const int TimeoutMs = 120_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task LibX265_ThatKeepsAlpha_IsUsed()
    {
        using SourceClip clip = await ClipAsync();
        using ScriptedFfmpeg stand = StandIn(await RealFfmpeg.ToolsAsync(), "libx265", "qtrle", "yuva420p", "argb", clip["log"]);
        string file = await clip.WriteAsync(clip.Output("out.mov", "hevc-alpha") with { Premultiplied = true }, (_, x, _) => x * 600, stand.Tools);
        Assert.Equal("argb", FfmpegRun.VideoEntry(file, "pix_fmt"));
        string line = (await File.ReadAllLinesAsync(clip["log"])).Last(l => l.Contains("-fps_mode", StringComparison.Ordinal) && l.Contains("nut", StringComparison.Ordinal));
        Assert.Contains("-c:v libx265 -preset medium -crf 20 -x265-params log-level=error -tag:v hvc1 -pix_fmt yuva420p", line, StringComparison.Ordinal);
        Assert.Contains("-color_range tv -colorspace bt709", line, StringComparison.Ordinal);
        Assert.DoesNotContain(clip.Warnings, w => w.Code == "alpha-not-verified");
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task LibX265_ThatDropsAlpha_IsRefused()
    {
        using SourceClip clip = await ClipAsync();
        using ScriptedFfmpeg stand = StandIn(await RealFfmpeg.ToolsAsync(), "libx265", "libx264", "yuva420p", "yuv420p", clip["log"]);
        await AssertRefusedAsync(clip, stand.Tools);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task NoEncoder_IsRefused()
    {
        using SourceClip clip = await ClipAsync();
        using ScriptedFfmpeg stand = StandIn(await RealFfmpeg.ToolsAsync(), "libx264", "libx264", "-", "-", clip["log"]);
        await AssertRefusedAsync(clip, stand.Tools);
    }

    /// <summary>The real one of this machine: either it writes alpha, or it says that it cannot.</summary>
    [Fact(Timeout = TimeoutMs)]
    public async Task ThisMachinesFfmpeg_WritesAlphaOrSaysWhyNot()
    {
        using SourceClip clip = await ClipAsync();
        OutputSpec output = clip.Output("out.mov", "hevc-alpha") with { Premultiplied = true };
        Exception? error = await Record.ExceptionAsync(() => clip.WriteAsync(output, (_, x, _) => x * 600));
        if (error is null)
            Assert.Equal("hevc", FfmpegRun.VideoEntry(output.Path, "codec_name"));
        else
            Assert.Equal((ErrorKind.Output, "encoder-missing"), (Assert.IsType<MatteException>(error).Kind, ((MatteException)error).Code));
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("qtrle", "argb", false)]
    [InlineData("libx264", "yuv420p", true)]
    public async Task VideoToolbox_IsTrustedWhereAlphaCannotBeReadBack(string codec, string pixels, bool warned)
    {
        using SourceClip clip = await ClipAsync();
        using ScriptedFfmpeg stand = StandIn(await RealFfmpeg.ToolsAsync(), "hevc_videotoolbox", codec, "bgra", pixels, clip["log"]);
        await clip.WriteAsync(clip.Output("out.mov", "hevc-alpha") with { Premultiplied = true }, (_, x, _) => x * 600, stand.Tools);
        string line = (await File.ReadAllLinesAsync(clip["log"])).Last(l => l.Contains("-fps_mode", StringComparison.Ordinal) && l.Contains("nut", StringComparison.Ordinal));
        Assert.Contains("-c:v hevc_videotoolbox -alpha_quality 0.75 -q:v 65 -tag:v hvc1 -pix_fmt bgra", line, StringComparison.Ordinal);
        Assert.Contains("out_range=pc,format=gbrp", line, StringComparison.Ordinal);
        Assert.Equal(warned, clip.Warnings.Any(w => w.Code == "alpha-not-verified"));
    }

    private static async Task AssertRefusedAsync(SourceClip clip, FfmpegTools tools)
    {
        OutputSpec output = clip.Output("out.mov", "hevc-alpha") with { Premultiplied = true };
        MatteException error = await Assert.ThrowsAsync<MatteException>(() => clip.WriteAsync(output, null, tools));
        Assert.Equal((ErrorKind.Output, "encoder-missing"), (error.Kind, error.Code));
        Assert.Equal(["log"], clip.Names());
    }

    private static Task<SourceClip> ClipAsync() => SourceClip.MadeAsync(
        "source.mkv", "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=0.12,format=yuv420p", "-c:v", "ffv1", "-colorspace", "bt709", "-color_range", "tv");

    /// <summary>An ffmpeg that lists only <paramref name="encoder"/>, and writes <paramref name="codec"/> when asked for it.</summary>
    private static ScriptedFfmpeg StandIn(FfmpegTools real, string encoder, string codec, string pixels, string theirs, string log) =>
        ScriptedFfmpeg.WithBody(real, $$"""
            echo "$*" >> '{{log}}'
            case "$*" in *-encoders*) echo " V....D {{encoder}}   stand-in"; exit 0;; esac
            n=$#; i=0; skip=0; before=
            while [ $i -lt $n ]; do
              a="$1"; shift; i=$((i+1)); last="$before"; before="$a"
              if [ $skip = 1 ]; then skip=0; continue; fi
              case "$a" in
                {{encoder}}) set -- "$@" {{codec}};;
                {{pixels}}) if [ "$last" = -pix_fmt ]; then set -- "$@" {{theirs}}; else set -- "$@" "$a"; fi;;
                -preset|-crf|-x265-params|-tag:v|-alpha_quality|-q:v) skip=1;;
                *) set -- "$@" "$a";;
              esac
            done
            exec "$REAL" "$@"
            """);
}
