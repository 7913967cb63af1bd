using VideoMatte.Frames;
using VideoMatte.Pipelines;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

public sealed class MemoryBoundTests
{
    [Fact]
    public void Frames_SumsReaderStagesAndWriter()
    {
        Assert.Equal(2 + (2 + 2), MemoryBound.Frames(2, []));
        Assert.Equal(2 + (2 + 2 + 0) + (2 + 2 + 5) + (2 + 2), MemoryBound.Frames(2, [0, 5]));
    }

    [Theory]
    [InlineData(PlaneLayout.Yuv420, 8, 0, (1920 * 1080 * 3 / 2) + (1920 * 1080 * 2))]
    [InlineData(PlaneLayout.Yuv420, 8, 2, (3 * 1920 * 1080 * 3 / 2) + (1920 * 1080 * 2))]
    [InlineData(PlaneLayout.Yuv422, 10, 1, (2 * 1920 * 1080 * 4) + (1920 * 1080 * 2))]
    [InlineData(PlaneLayout.Gbr, 16, 0, (1920 * 1080 * 6) + (1920 * 1080 * 2))]
    public void BytesPerFrame_CountsPicturesAndMatte(PlaneLayout layout, int depth, int extras, long expected) =>
        Assert.Equal(expected, MemoryBound.BytesPerFrame(new FrameFormat(1920, 1080, layout, depth, ColourDescription.Rgb), extras));

    [Fact]
    public void Compute_LargePictures_DoesNotOverflow()
    {
        FrameFormat large = new(16000, 16000, PlaneLayout.Gbr, 16, ColourDescription.Rgb);
        Assert.Equal(26L * ((3 * 1_536_000_000L) + 512_000_000), MemoryBound.Compute(large, 2, [0, 0, 0, 0, 0], 2));
    }

    [Fact]
    public void Compute_BadArguments_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryBound.Frames(0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryBound.Frames(1, [-1]));
    }

    [Fact]
    public void Require_OverEightyPercent_NamesTheFigure()
    {
        FrameFormat format = new(8000, 4000, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);
        MachineMemory.Require(format, 800 << 20, 1000 << 20);
        MatteException error = Assert.Throws<MatteException>(() => MachineMemory.Require(format, (800 << 20) + 1, 1000 << 20));
        Assert.Equal((ErrorKind.Input, "memory"), (error.Kind, error.Code));
        Assert.Contains("8000x4000 need 801 MiB and 800 MiB may be used", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TotalBytes_OfThisMachine_IsPlausible() => Assert.InRange(MachineMemory.TotalBytes, 64L << 20, 1L << 50);
}
