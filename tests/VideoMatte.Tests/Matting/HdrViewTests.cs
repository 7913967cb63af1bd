using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Media;
using VideoMatte.Testing;
using VideoMatte.Tests.Media;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Matting;

/// <summary>What the network sees of PQ and HLG.</summary>
public sealed class HdrViewTests(ITestOutputHelper output)
{
    private const int Frames = 12;

    /// <summary>Of 255, mean: the matte of the HDR twin of a clip against that of the clip.</summary>
    private const double MatteTolerance = 1.5;

    /// <summary>The untranslated view must be worse by this factor at least, or the mapping would not be worth its time.</summary>
    private const double LeastGain = 2;

    [Fact]
    public void Mapped_KeepsDarkAndMiddle_BringsThePeakToOne()
    {
        Assert.Equal(0, HdrView.Mapped(0), 6);
        Assert.Equal(20 / TransferCurve.ReferenceWhite, HdrView.Mapped(20), 6);
        Assert.Equal(90 / TransferCurve.ReferenceWhite, HdrView.Mapped(90), 3);
        Assert.Equal(1, HdrView.Mapped(1000), 6);
        Assert.Equal(1, HdrView.Mapped(10000), 6);
        // Reference white comes to the upper end, with room for what is brighter.
        Assert.InRange(HdrView.Mapped(TransferCurve.ReferenceWhite), 0.7, 0.85);
        for (double nits = 1, before = 0; nits < 1000; nits *= 1.05)
        {
            Assert.True(HdrView.Mapped(nits) > before);
            before = HdrView.Mapped(nits);
        }
    }

    [Theory]
    [InlineData(ColourTransfer.Bt709)]
    [InlineData(ColourTransfer.Srgb)]
    [InlineData(ColourTransfer.Unspecified)]
    [InlineData(ColourTransfer.Bt2020Bits10)]
    public void For_DisplayReferred_IsNone(ColourTransfer transfer) => Assert.Null(HdrView.For(Format(transfer)));

    [Theory]
    [InlineData(ColourTransfer.Pq)]
    [InlineData(ColourTransfer.Hlg)]
    public void Apply_Grey_StaysGreyAndRises(ColourTransfer transfer)
    {
        float[] r = [.. Enumerable.Range(0, 101).Select(i => i / 100f)], g = [.. r], b = [.. r];
        HdrView.For(Format(transfer))!.Apply(r, g, b);
        Assert.Equal(0, r[0]);
        Assert.InRange(r[100], 0.999f, 1);
        for (int i = 1; i < r.Length; i++)
        {
            // The matrix of BT.2087 is printed with four digits.
            Assert.InRange(g[i] - r[i], -2e-3, 2e-3);
            Assert.InRange(b[i] - r[i], -2e-3, 2e-3);
            Assert.True(r[i] >= r[i - 1]);
        }

        // 58 % of PQ and 75 % of HLG are reference white.
        Assert.InRange(transfer == ColourTransfer.Pq ? r[58] : r[75], 0.86f, 0.94f);
    }

    /// <summary>A clip, its twin in PQ or HLG by ffmpeg's zscale (reference white at 203 cd/m2), and that twin with its codes seen as they
    /// are: the network's mattes.</summary>
    [SharedTheory]
    [InlineData("woman-ocean", "smpte2084")]
    [InlineData("woman-ocean", "arib-std-b67")]
    public Task Matte_OfAnHdrTwin_IsNearTheClips(string name, string transfer) => ProveAsync(name, transfer);

    [SharedTheory]
    [Trait("Category", TestCategory.Long)]
    [InlineData("gestures-traffic-handheld", "smpte2084")]
    [InlineData("gestures-traffic-handheld", "arib-std-b67")]
    public Task Matte_OfAnotherHdrTwin_IsNearTheClips(string name, string transfer) => ProveAsync(name, transfer);

    private async Task ProveAsync(string name, string transfer)
    {
        using TempFolder folder = new();
        string source = SharedData.Composites(Path.Combine(name, "com.mp4"));
        await RealFfmpeg.RunAsync("-i", source, "-frames:v", FormattableString.Invariant($"{Frames}"), "-vf",
            $"zscale=tin=bt709:min=bt709:pin=bt709:rin=tv:t={transfer}:m=2020_ncl:p=2020:r=tv:npl=203,format=yuv420p10le",
            "-c:v", "ffv1", "-color_trc", transfer, "-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_range", "tv", folder["hdr.mkv"]);
        double[] sdr = await MattesAsync(source, null), mapped = await MattesAsync(folder["hdr.mkv"], null);
        double[] untranslated = await MattesAsync(folder["hdr.mkv"], ColourTransfer.Bt2020Bits10);
        double with = Distance(sdr, mapped), without = Distance(sdr, untranslated);
        output.WriteLine(FormattableString.Invariant($"{name} {transfer}: {with:F3} of 255 from the clip's matte; untranslated {without:F3}"));
        Assert.InRange(with, 0, MatteTolerance);
        Assert.InRange(without / with, LeastGain, double.PositiveInfinity);
    }

    private static FrameFormat Format(ColourTransfer transfer) =>
        new(16, 16, PlaneLayout.Yuv420, 10, new ColourDescription(ColourMatrix.Bt2020NonConstant, ColourRange.Limited, ColourPrimaries.Bt2020, transfer));

    private static double Distance(double[] a, double[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b, (x, y) => Math.Abs(x - y)).Average() * 255;
    }

    private static async Task<double[]> MattesAsync(string file, ColourTransfer? seenAs)
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, file, 1 << 26, CancellationToken.None);
        using CheckingFramePool pool = new() { KeptBytes = 0 };
        using RecurrentMattingModel model = new(
            pool, RecurrentSession.Open(await File.ReadAllBytesAsync(SharedData.RvmModel), "rvm", new SessionSettings()),
            new RecurrentMattingOptions { Sha256 = "", ProduceForeground = false });
        await using MediaReader reader = await MediaReader.OpenAsync(tools, info, new ReaderOptions(), pool, TimeProvider.System, CancellationToken.None);
        Queue<MattedFrame> ready = new();
        List<double> alpha = [];
        for (int i = 0; i < Frames && await reader.ReadAsync(CancellationToken.None) is { } frame; i++)
        {
            model.Process(seenAs is { } transfer ? Retagged(pool, frame, transfer) : frame, ready);
            using MattedFrame matted = ready.Dequeue();
            foreach (ushort a in matted.Alpha.Samples)
                alpha.Add(a / 65535.0);
        }

        return [.. alpha];
    }

    private static VideoFrame Retagged(IFramePool pool, VideoFrame frame, ColourTransfer transfer)
    {
        using (frame)
        {
            VideoFrame other = VideoFrame.Rent(pool, frame.Format with { Colour = frame.Format.Colour with { Transfer = transfer } }, frame.Time);
            frame.Bytes.CopyTo(other.Bytes);
            return other;
        }
    }
}
