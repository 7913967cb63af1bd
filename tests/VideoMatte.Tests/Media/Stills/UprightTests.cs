using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media.Stills;

/// <summary>Pictures are read upright, whatever their file says of how they lie in it, and no sample changes by it.</summary>
public sealed class UprightTests : IDisposable
{
    private const int Width = 38, Height = 26;
    private const long ManyPixels = 1 << 20;

    private readonly TempFolder _folder = new();

    public static TheoryData<int> Orientations => [1, 2, 3, 4, 5, 6, 7, 8];

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Orientations))]
    public async Task Jpeg_OfAnOrientation_IsReadUprightSampleForSample(int orientation)
    {
        byte[] jpeg = await MakeAsync("jpg", "yuvj444p");
        await File.WriteAllBytesAsync(_folder["turned.jpg"], TaggedStill.Jpeg(jpeg, orientation, bigEndian: orientation % 2 == 0));
        await AssertUprightAsync(_folder["turned.jpg"], orientation, "yuvj444p", planes: 3);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Orientations))]
    public async Task Png_OfAnOrientation_IsReadUprightSampleForSample(int orientation)
    {
        byte[] png = await MakeAsync("png", "rgb24");
        await File.WriteAllBytesAsync(_folder["turned.png"], TaggedStill.Png(png, orientation));
        await AssertUprightAsync(_folder["turned.png"], orientation, "gbrp", planes: 3);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Tiff_OfAnOrientation_IsReadUprightSampleForSample(int orientation)
    {
        byte[] tiff = await MakeAsync("tif", "rgb24");
        await File.WriteAllBytesAsync(_folder["turned.tif"], WithOrientation(tiff, orientation));
        await AssertUprightAsync(_folder["turned.tif"], orientation, "gbrp", planes: 3);
    }

    /// <summary>Half the cameras' JPEGs are 4:2:2, and ffmpeg gives 4:4:0 for one on its side.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Jpeg_422OnItsSide_KeepsItsFullRangeAndItsLuma()
    {
        byte[] jpeg = await MakeAsync("jpg", "yuvj422p");
        await File.WriteAllBytesAsync(_folder["turned.jpg"], TaggedStill.Jpeg(jpeg, 6));
        FrameFormat format = await AssertUprightAsync(_folder["turned.jpg"], 6, "yuvj422p", planes: 1);
        Assert.Equal((PlaneLayout.Yuv444, ColourRange.Full), (format.Layout, format.Colour.Range));
    }

    /// <summary>Alpha turns with its picture.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData(6)]
    [InlineData(4)]
    public async Task AlphaPlane_OfATurnedPng_IsUprightToo(int orientation)
    {
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", $"nullsrc=s={Width}x{Height},format=rgba64le,geq=r=1:g=1:b=1:a='mod(X*911+Y*577,65536)'", "-frames:v", "1", "-pix_fmt", "rgba64be", _folder["a.png"]);
        await File.WriteAllBytesAsync(_folder["turned.png"], TaggedStill.Png(await File.ReadAllBytesAsync(_folder["a.png"]), orientation));
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, _folder["turned.png"], ManyPixels, default);
        using CheckingFramePool pool = new();
        await using MediaReader reader = await MediaReader.OpenAsync(tools, info, ReaderOptions.Default with { AlphaPlane = true }, pool, TimeProvider.System, default);
        using VideoFrame frame = (await reader.ReadAsync(default))!;
        FrameFormat format = frame.Format;
        for (int y = 0; y < format.Height; y++)
            for (int x = 0; x < format.Width; x++)
            {
                (int fromX, int fromY) = TaggedStill.Stored(orientation, x, y, Width, Height);
                Assert.Equal(((fromX * 911) + (fromY * 577)) % 65536, BitConverter.ToUInt16(frame.Memory.Span[(2 * ((y * format.Width) + x))..]));
            }
    }

    private async Task<FrameFormat> AssertUprightAsync(string file, int orientation, string storedPixels, int planes)
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, file, ManyPixels, default);
        using CheckingFramePool pool = new();
        byte[] stored = await RealFfmpeg.RunAsync("-noautorotate", "-i", file, "-f", "rawvideo", "-pix_fmt", storedPixels, "pipe:1");
        await using MediaReader reader = await MediaReader.OpenAsync(tools, info, ReaderOptions.Default, pool, TimeProvider.System, default);
        using VideoFrame frame = (await reader.ReadAsync(default))!;
        FrameFormat format = frame.Format;
        Assert.Equal(orientation >= 5 ? (Height, Width) : (Width, Height), (format.Width, format.Height));
        for (int plane = 0; plane < planes; plane++)
            for (int y = 0; y < format.Height; y++)
                for (int x = 0; x < format.Width; x++)
                {
                    (int fromX, int fromY) = TaggedStill.Stored(orientation, x, y, Width, Height);
                    if (frame.Memory.Span[format.PlaneOffset(plane) + (y * format.Width) + x] != stored[(plane * Width * Height) + (fromY * Width) + fromX])
                        Assert.Fail($"plane {plane}, {x},{y} is not the sample stored at {fromX},{fromY}");
                }

        return format;
    }

    private async Task<byte[]> MakeAsync(string extension, string pixels)
    {
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}:r=1:d=1", "-frames:v", "1", "-q:v", "2", "-pix_fmt", pixels, _folder["made." + extension]);
        return await File.ReadAllBytesAsync(_folder["made." + extension]);
    }

    /// <summary>ffmpeg writes its directory at the end, little-endian: one entry more, in the order of tags, moves what follows in it.</summary>
    private static byte[] WithOrientation(byte[] tiff, int orientation)
    {
        int directory = BitConverter.ToInt32(tiff, 4), count = BitConverter.ToUInt16(tiff, directory);
        List<byte[]> entries = [.. Enumerable.Range(0, count).Select(i => tiff[(directory + 2 + (12 * i))..(directory + 14 + (12 * i))])];
        entries.Add([0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0]);
        IEnumerable<byte[]> ordered = entries.OrderBy(e => BitConverter.ToUInt16(e));
        byte[] moved = [.. tiff, .. BitConverter.GetBytes((ushort)(count + 1)), .. ordered.SelectMany(e => e), 0, 0, 0, 0];
        BitConverter.GetBytes(tiff.Length).CopyTo(moved, 4);
        return moved;
    }
}
