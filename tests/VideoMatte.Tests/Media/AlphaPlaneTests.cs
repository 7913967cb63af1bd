using System.Runtime.InteropServices;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>The source's own alpha, sample for sample, from every kind of file that carries one; the yardstick is ffmpeg's plane.</summary>
public sealed class AlphaPlaneTests : IDisposable
{
    private const string Picture = "testsrc2=s=70x42:r=25:d=0.2,format=rgba64le,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='mod(X*911+Y*577+N*1009,65536)'";

    private readonly TempFolder _folder = new();
    private readonly CheckingFramePool _pool = new();

    public void Dispose()
    {
        _pool.Dispose();
        _folder.Dispose();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("a.png", 8, "gray", "-frames:v", "1", "-pix_fmt", "rgba")]
    [InlineData("a.png", 16, "gray16le", "-frames:v", "1", "-pix_fmt", "rgba64be")]
    [InlineData("a.png", 8, "gray", "-frames:v", "1", "-pix_fmt", "ya8")]
    [InlineData("a.mov", 12, "gray12le", "-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le", "-alpha_bits", "16")]
    [InlineData("a.mov", 8, "gray", "-c:v", "qtrle", "-pix_fmt", "argb")]
    [InlineData("a.mkv", 10, "gray10le", "-c:v", "ffv1", "-pix_fmt", "yuva420p10le")]
    [InlineData("a.mkv", 12, "gray12le", "-c:v", "ffv1", "-pix_fmt", "gbrap12le")]
    [InlineData("a.mkv", 16, "gray16le", "-c:v", "ffv1", "-pix_fmt", "yuva444p16le")]
    public async Task AlphaPlane_OfAFile_IsTheStoredPlane(string name, int depth, string grey, params string[] encoder)
    {
        await RealFfmpeg.RunAsync(["-f", "lavfi", "-i", Picture, .. encoder, _folder[name]]);
        await AssertPlaneAsync(_folder[name], depth, await RealFfmpeg.RunAsync(
            "-i", _folder[name], "-vf", "extractplanes=a", "-fps_mode", "passthrough", "-pix_fmt", grey, "-f", "rawvideo", "pipe:1"));
    }

    [SharedFact(Timeout = 120_000)]
    public async Task AlphaPlane_BesideAVp9Picture_IsTheStoredPlane()
    {
        string clip = Path.Combine(SharedData.Root, "clips", "alpha", "a5-head-vp9alpha-512.webm");
        await AssertPlaneAsync(clip, 8, await RealFfmpeg.RunAsync(
            "-c:v", "libvpx-vp9", "-i", clip, "-vf", "alphaextract", "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1"));
    }

    [Fact(Timeout = 60_000)]
    public async Task AlphaPlane_OfASourceWithout_IsRefused()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=32x32:d=0.1", "-pix_fmt", "yuv420p", _folder["x.mp4"]);
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, _folder["x.mp4"], 1 << 20, default);
        await Assert.ThrowsAsync<ArgumentException>(() => MediaReader.OpenAsync(tools, info, new ReaderOptions { AlphaPlane = true }, _pool, TimeProvider.System, default));
    }

    private async Task AssertPlaneAsync(string file, int depth, byte[] expected)
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, file, 1 << 20, default);
        Assert.True(info.Video.HasAlphaPlane);
        await using MediaReader reader = await MediaReader.OpenAsync(tools, info, new ReaderOptions { AlphaPlane = true }, _pool, TimeProvider.System, default);
        Assert.Equal((PlaneLayout.Gray, depth, ColourRange.Full), (reader.Format.Layout, reader.Format.Depth, reader.Format.Colour.Range));
        using MemoryStream all = new();
        while (await reader.ReadAsync(default) is { } frame)
            using (frame)
                all.Write(frame.Bytes);
        Assert.NotEmpty(expected);
        Assert.True(expected.Length > 70 && MemoryMarshal.Cast<byte, ushort>(expected.AsSpan()).ContainsAnyExcept(ushort.MaxValue));
        Assert.True(all.ToArray().AsSpan().SequenceEqual(expected), "the plane read is another one");
    }
}
