using VideoMatte.Frames;
using VideoMatte.Matting.Solver;
using VideoMatte.Testing;
using VideoMatte.Tests.Media;
using Xunit;

namespace VideoMatte.Tests.Matting.Solver;

/// <summary>What passes for a trimap.</summary>
public sealed class TrimapTests
{
    /// <summary>Everything drawn as one: the shared trimaps, and the measured mattes by themselves, which are open where hair is.</summary>
    [SharedTheory]
    [InlineData("am_GT02_trimap.png")]
    [InlineData("am_GT04_trimap.png")]
    [InlineData("am_GT17_trimap.png")]
    [InlineData("lemur_trimap.png")]
    [InlineData("am_GT04_alpha.png")]
    [InlineData("am_GT25_alpha.png")]
    [InlineData("reference-mattes/p3m_22fc0130_alpha.png")]
    public void RequireDrawn_ATrimap_IsTaken(string name) => Trimap.RequireDrawn(Read(name), name);

    /// <summary>A lossy file of a trimap has many greys, near three.</summary>
    [SharedFact]
    public void RequireDrawn_AJpegOfATrimap_IsTaken()
    {
        using TempFolder folder = new();
        FfmpegRun.Ffmpeg("-i", SharedData.GroundTruth("am_GT04_trimap.png"), "-q:v", "12", folder["t.jpg"]);
        Trimap.RequireDrawn(Read(folder["t.jpg"]), "t.jpg");
    }

    [SharedTheory]
    [InlineData("am_GT04_image.png")]
    [InlineData("am_GT17_image.png")]
    [InlineData("lemur_image.png")]
    [InlineData("reference-mattes/p3m_514ca06a_image.jpg")]
    [InlineData("../backgrounds/p1-mountains.jpg")]
    [InlineData("../backgrounds/p3-bridge-sky.jpg")]
    public void RequireDrawn_APhoto_IsRefusedByName(string name)
    {
        MatteException error = Assert.Throws<MatteException>(() => Trimap.RequireDrawn(Read(name), name));
        Assert.Equal(("trimap-levels", ErrorKind.Input), (error.Code, error.Kind));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherGreys_OfNothing_AreNone() => Assert.Equal(0, Trimap.OtherGreys([]));

    private static ushort[] Read(string name) =>
        [.. FfmpegRun.Ffmpeg("-i", SharedData.GroundTruth(name), "-pix_fmt", "gray", "-f", "rawvideo", "-").Select(v => (ushort)(v * 257))];
}
