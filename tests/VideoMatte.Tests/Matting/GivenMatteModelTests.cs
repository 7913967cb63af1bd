using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Matting;

public sealed class GivenMatteModelTests : FrameStageContract<VideoFrame, MattedFrame>
{
    private const int Width = 49, Height = 37;

    [Fact]
    public void Process_AFrame_GetsItsMatteBitForBit()
    {
        using CheckingFramePool pool = new();
        using var model = (GivenMatteModel)CreateStage(pool);
        Queue<MattedFrame> ready = new();
        model.Process(CreateInput(pool, 5), ready);
        using MattedFrame frame = Assert.Single(ready);
        using AlphaMatte wanted = Drawn.NoiseAlpha(pool, Width, Height, 5);
        Assert.True(wanted.Samples.SequenceEqual(frame.Alpha.Samples));
        Assert.Null(frame.Foreground);
        Assert.Equal(("alpha-in", "given", "none", 1.0), (model.Info.Id, model.Info.Family, model.Info.Provider, model.Info.DownsampleRatio));
    }

    [Fact]
    public void Process_WhereTheSourceFails_DisposesTheFrameAndSaysWhich()
    {
        using CheckingFramePool pool = new();
        using var model = new GivenMatteModel(pool, new Ended(), "alpha-in", new string('0', 64), "given");
        VideoFrame frame = CreateInput(pool, 7);
        MatteException error = Assert.Throws<MatteException>(() => model.Process(frame, new Queue<MattedFrame>()));
        Assert.Equal(("matting", 7L), (error.Stage, error.FrameIndex));
        Assert.Throws<ObjectDisposedException>(() => frame.Bytes.Length);
    }

    [Fact]
    public void Process_AMatteOfAnotherSize_IsRefused()
    {
        using CheckingFramePool pool = new();
        using var model = (GivenMatteModel)CreateStage(pool);
        Assert.Throws<ArgumentException>(() => model.Process(Drawn.Noise(pool, Drawn.Yuv420(Width + 1, Height), 1), new Queue<MattedFrame>()));
    }

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) =>
        new GivenMatteModel(pool, new ByIndex(pool), "alpha-in", new string('0', 64), "given");

    protected override VideoFrame CreateInput(IFramePool pool, long index) => MovingDisc.Picture(pool, Drawn.Yuv420(Width, Height), Drawn.At(index));

    protected override string Fingerprint(MattedFrame frame) => Convert.ToHexString(SHA256.HashData(frame.Alpha.Memory.Span));

    private sealed class ByIndex(IFramePool pool) : IMatteSource
    {
        private AlphaMatte? _matte;

        public AlphaMatte Next(FrameTime time)
        {
            _matte?.Dispose();
            return _matte = Drawn.NoiseAlpha(pool, Width, Height, (int)time.Index);
        }

        public void Dispose() => _matte?.Dispose();
    }

    private sealed class Ended : IMatteSource
    {
        public AlphaMatte Next(FrameTime time) => throw new MatteException(ErrorKind.Input, "matte-too-short", "it has ended");

        public void Dispose()
        {
        }
    }
}
