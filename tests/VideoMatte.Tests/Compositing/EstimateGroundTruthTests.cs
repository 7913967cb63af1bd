using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Compositing;

/// <summary>Composites with known foreground, cut out with their true alpha and laid over a background that was not among them: squared error
/// in the unknown band, as a share of what the composite's own colours leave (<c>--foreground source</c>).</summary>
public sealed class EstimateGroundTruthTests(ITestOutputHelper output)
{
    /// <summary>The bar for pairs whose foreground is known.</summary>
    private const double WithForeground = .3;

    /// <summary>The bar where the image is taken as F: its band still shows the photo's own background, which nobody can guess.</summary>
    private const double ImageAsForeground = .5;

    /// <summary>A wire mesh: hardly a pixel of it is covered in full. Stated, not promised; 1 would be no help at all.</summary>
    private const double Mesh = .6;

    [SharedTheory]
    [InlineData("lemur", WithForeground)]
    [InlineData("keyed_head_green", WithForeground)]
    [InlineData("keyed_man_fullbody", WithForeground)]
    [InlineData("am_GT02", ImageAsForeground)]
    [InlineData("am_GT03", ImageAsForeground)]
    [InlineData("am_GT04", ImageAsForeground)]
    [InlineData("am_GT08", ImageAsForeground)]
    [InlineData("am_GT13", ImageAsForeground)]
    [InlineData("am_GT17", ImageAsForeground)]
    [InlineData("am_GT25", Mesh)]
    public async Task Estimate_OverAnotherBackground_LeavesAShareOfTheSourcesError(string name, double bar)
    {
        GroundTruthPair pair = await GroundTruthPair.ReadAsync(name);
        FrameFormat rgb = new(pair.Width, pair.Height, PlaneLayout.Gbr, 8, ColourDescription.Rgb);
        FrameFormat video = new(pair.Width, pair.Height, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);
        double inRgb = await ShareAsync(pair, rgb), inVideo = await ShareAsync(pair, video);
        output.WriteLine(FormattableString.Invariant($"{name}: G'B'R' {inRgb:0.000}, Y'CbCr 4:2:0 {inVideo:0.000}"));
        Assert.InRange(inRgb, 0, bar);
        Assert.InRange(inVideo, 0, bar);
    }

    private static async Task<double> ShareAsync(GroundTruthPair pair, FrameFormat format)
    {
        using CheckingFramePool pool = new();
        using EstimateStage estimate = new(pool);
        using ForegroundStage extend = new(pool);
        using AlphaMatte alpha = pair.RentAlpha(pool);
        VideoFrame[] frames = await pair.RentAsync(
            pool, [pair.Composite(0), pair.Composite(1), pair.Composite(2), pair.Composite(3), pair.Backgrounds[3]], format);
        using VideoFrame truth = frames[3], behind = frames[4];
        double source = 0, estimated = 0;
        for (int i = 0; i < 3; i++)
        {
            using MattedFrame frame = new(frames[i], pair.RentAlpha(pool));
            source += Error(pool, frame.Picture, alpha, behind, truth);
            Drawn.Through(extend, Drawn.Through(estimate, frame));
            estimated += Error(pool, frame.Foreground!, alpha, behind, truth);
        }

        return estimated / source;
    }

    private static double Error(IFramePool pool, VideoFrame foreground, AlphaMatte alpha, VideoFrame behind, VideoFrame truth)
    {
        using VideoFrame result = PlaneBlend.Composite(foreground, alpha, behind, pool);
        using AlphaMatte? chroma = result.Format.ChromaShiftX == 1 ? ChromaAlpha.Rent(alpha, result.Format, pool) : null;
        double sum = 0;
        for (int plane = 0; plane < result.Format.PlaneCount; plane++)
        {
            ReadOnlySpan<ushort> a = plane > 0 && chroma is not null ? chroma.Samples : alpha.Samples;
            ReadOnlySpan<byte> found = result.PlaneBytes(plane), wanted = truth.PlaneBytes(plane);
            for (int i = 0; i < a.Length; i++)
                if (a[i] is > 0 and < AlphaMatte.Opaque)
                    sum += (found[i] - wanted[i]) * (found[i] - wanted[i]);
        }

        return sum;
    }
}
