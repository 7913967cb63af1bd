using System.Text;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

public sealed class PixelFormatNamesTests
{
    [Theory]
    [InlineData(PlaneLayout.Yuv420, 8, "yuv420p", "I420")]
    [InlineData(PlaneLayout.Yuv422, 8, "yuv422p", "Y42B")]
    [InlineData(PlaneLayout.Yuv444, 8, "yuv444p", "444P")]
    [InlineData(PlaneLayout.Gray, 8, "gray", "Y800")]
    [InlineData(PlaneLayout.Gbr, 8, "gbrp", "G3\0\u0008")]
    [InlineData(PlaneLayout.Yuv420, 10, "yuv420p10le", "Y3\u000b\u000a")]
    [InlineData(PlaneLayout.Yuv422, 12, "yuv422p12le", "Y3\u000a\u000c")]
    [InlineData(PlaneLayout.Yuv444, 16, "yuv444p16le", "Y3\0\u0010")]
    [InlineData(PlaneLayout.Gray, 16, "gray16le", "Y1\0\u0010")]
    [InlineData(PlaneLayout.Gbr, 12, "gbrp12le", "G3\0\u000c")]
    public void Planes_OfALayoutAndDepth_HaveFfmpegsNameAndTag(PlaneLayout layout, int depth, string name, string tag)
    {
        Assert.Equal(name, PixelFormatNames.Of(layout, depth));
        Assert.Equal(BitConverter.ToUInt32(Encoding.Latin1.GetBytes(tag)), PixelFormatNames.NutTag(layout, depth));
    }

    [Theory]
    [InlineData("yuv420p", "yuv420p", PlaneLayout.Yuv420, 8, false, false)]
    [InlineData("yuvj420p", "yuvj420p", PlaneLayout.Yuv420, 8, false, true)]
    [InlineData("yuvj440p", "yuvj444p", PlaneLayout.Yuv444, 8, false, true)]
    [InlineData("yuva444p12le", "yuv444p12le", PlaneLayout.Yuv444, 12, true, false)]
    [InlineData("yuv422p10be", "yuv422p10le", PlaneLayout.Yuv422, 10, false, false)]
    [InlineData("nv12", "yuv420p", PlaneLayout.Yuv420, 8, false, false)]
    [InlineData("p010le", "yuv420p10le", PlaneLayout.Yuv420, 10, false, false)]
    [InlineData("yuyv422", "yuv422p", PlaneLayout.Yuv422, 8, false, false)]
    [InlineData("rgb24", "gbrp", PlaneLayout.Gbr, 8, false, false)]
    [InlineData("bgra", "gbrp", PlaneLayout.Gbr, 8, true, false)]
    [InlineData("pal8", "gbrp", PlaneLayout.Gbr, 8, true, false)]
    [InlineData("rgb48be", "gbrp16le", PlaneLayout.Gbr, 16, false, false)]
    [InlineData("gbrap12le", "gbrap12le", PlaneLayout.Gbr, 12, true, false)]
    [InlineData("gray", "gray", PlaneLayout.Gray, 8, false, false)]
    [InlineData("gray12le", "gray12le", PlaneLayout.Gray, 12, false, false)]
    [InlineData("ya16be", "gray16le", PlaneLayout.Gray, 16, true, false)]
    [InlineData("gbrpf32le", "gbrp16le", PlaneLayout.Gbr, 16, false, false)]
    public void Source_OfAFormat_IsAskedForAsPlanes(string source, string ask, PlaneLayout layout, int depth, bool alpha, bool jpeg)
    {
        SourcePixels pixels = PixelFormatNames.Resolve(source)!;

        Assert.Equal((ask, layout, depth, alpha, jpeg), (pixels.AskFor, pixels.Layout, pixels.Depth, pixels.HasAlpha, pixels.IsJpegRange));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("vaapi")]
    [InlineData("yuv420p11le")]
    [InlineData("yuv999p")]
    [InlineData("yuv")]
    [InlineData("gbrp99999999999999le")]
    public void Source_OfAnUnknownFormat_IsNull(string? name) => Assert.Null(PixelFormatNames.Resolve(name));

    [Fact(Timeout = 60_000)]
    public async Task Resolve_EverySoftwareFormatOfThisFfmpeg_IsKnownOrABayerPattern()
    {
        string table = Encoding.UTF8.GetString(await RealFfmpeg.RunAsync("-hide_banner", "-pix_fmts"));
        string[] lines = [.. table.Split("-----\n")[1].Split('\n').Where(l => l.Length > 8)];
        HashSet<string> names = [.. lines.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])];

        string[] unknown = [.. lines.Where(l => l[3] != 'H' && l[0] == 'I')
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
            .Where(n => !n.StartsWith("bayer", StringComparison.Ordinal) && PixelFormatNames.Resolve(n) is null)];
        string[] impossible = [.. lines.Select(l => PixelFormatNames.Resolve(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])?.AskFor)
            .OfType<string>().Where(n => !names.Contains(n))];

        Assert.Empty(unknown);
        Assert.Empty(impossible);
    }

    [Fact]
    public void ColourNames_EveryValue_ReadsBack()
    {
        Assert.All(Enum.GetValues<ColourMatrix>(), v => Assert.Equal(v, ColourNames.Matrix(ColourNames.Of(v))));
        Assert.All(Enum.GetValues<ColourPrimaries>(), v => Assert.Equal(v, ColourNames.Primaries(ColourNames.Of(v))));
        Assert.All(Enum.GetValues<ColourTransfer>(), v => Assert.Equal(v, ColourNames.Transfer(ColourNames.Of(v))));
        Assert.All(Enum.GetValues<ChromaSiting>(), v => Assert.Equal(v, ColourNames.Siting(ColourNames.Of(v))));
        Assert.All(Enum.GetValues<ColourRange>(), v => Assert.Equal(v, ColourNames.Range(ColourNames.Of(v))));
        Assert.Null(ColourNames.Range("unknown"));
    }
}
