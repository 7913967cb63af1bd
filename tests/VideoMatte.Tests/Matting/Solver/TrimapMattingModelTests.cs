using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Solver;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Matting.Solver;

public sealed class TrimapMattingModelTests : FrameStageContract<VideoFrame, MattedFrame>
{
    private const int Width = 49, Height = 37;

    [Fact]
    public void Process_ATrimapWithoutAnInside_IsRefusedByName()
    {
        using CheckingFramePool pool = new();
        using var model = new TrimapMattingModel(pool, new DrawnTrimaps(new Painted(pool, (_, _) => 30000)), new ClosedFormSolver());
        VideoFrame frame = CreateInput(pool, 3);
        MatteException error = Assert.Throws<MatteException>(() => model.Process(frame, new Queue<MattedFrame>()));
        Assert.Equal(("trimap-one-sided", ErrorKind.Input, 3L), (error.Code, error.Kind, error.FrameIndex));
        Assert.Throws<ObjectDisposedException>(() => frame.Bytes.Length);
    }

    [Fact]
    public void Process_ATrimapOfAnotherSize_IsRefused()
    {
        using CheckingFramePool pool = new();
        using var model = new TrimapMattingModel(pool, new DrawnTrimaps(new Painted(pool, (_, _) => 0, 5)), new ClosedFormSolver());
        Assert.Throws<ArgumentException>(() => model.Process(CreateInput(pool, 0), new Queue<MattedFrame>()));
    }

    [Fact]
    public void Process_WhatTheTrimapKnows_IsKept()
    {
        using CheckingFramePool pool = new();
        using IMattingModel model = (IMattingModel)CreateStage(pool);
        Queue<MattedFrame> ready = new();
        model.Process(CreateInput(pool, 0), ready);
        using MattedFrame frame = ready.Dequeue();
        for (int y = 0; y < frame.Alpha.Height; y++)
        {
            Assert.Equal(0, frame.Alpha.Row(y)[2]);
            Assert.Equal(65535, frame.Alpha.Row(y)[^3]);
        }
    }

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) =>
        new TrimapMattingModel(pool, new DrawnTrimaps(new Painted(pool, (x, width) => x < width / 4 ? 0 : x >= width * 3 / 4 ? 65535 : 32768)), new ClosedFormSolver());

    protected override VideoFrame CreateInput(IFramePool pool, long index) => MovingDisc.Picture(pool, Drawn.Yuv420(Width, Height), Drawn.At(index));

    protected override string Fingerprint(MattedFrame frame) => Convert.ToHexString(SHA256.HashData(frame.Alpha.Memory.Span));

    private sealed class Painted(IFramePool pool, Func<int, int, int> code, int more = 0) : IMatteSource
    {
        private AlphaMatte? _matte;
        private bool _disposed;

        public AlphaMatte Next(FrameTime time)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _matte?.Dispose();
            _matte = AlphaMatte.Rent(pool, Width + more, Height);
            for (int y = 0; y < _matte.Height; y++)
                for (int x = 0; x < _matte.Width; x++)
                    _matte.Row(y)[x] = (ushort)code(x, _matte.Width);
            return _matte;
        }

        public void Dispose()
        {
            _disposed = true;
            _matte?.Dispose();
            _matte = null;
        }
    }
}
