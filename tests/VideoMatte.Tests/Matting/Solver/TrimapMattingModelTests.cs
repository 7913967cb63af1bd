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
        using var model = new TrimapMattingModel(pool, new DrawnTrimaps(Painted(pool, _ => 30000)), new ClosedFormSolver());
        VideoFrame frame = CreateInput(pool, 3);
        MatteException error = Assert.Throws<MatteException>(() => model.Process(frame, new Queue<MattedFrame>()));
        Assert.Equal(("trimap-one-sided", ErrorKind.Input, 3L), (error.Code, error.Kind, error.FrameIndex));
        Assert.Throws<ObjectDisposedException>(() => frame.Bytes.Length);
    }

    [Fact]
    public void Process_ATrimapOfAnotherSize_IsRefused()
    {
        using CheckingFramePool pool = new();
        using var model = new TrimapMattingModel(pool, new DrawnTrimaps(Painted(pool, _ => 0, 5)), new ClosedFormSolver());
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
        new TrimapMattingModel(pool, new DrawnTrimaps(Painted(pool, x => x < Width / 4 ? 0 : x >= Width * 3 / 4 ? 65535 : 32768)), new ClosedFormSolver());

    protected override VideoFrame CreateInput(IFramePool pool, long index) => MovingDisc.Picture(pool, Drawn.Yuv420(Width, Height), Drawn.At(index));

    protected override string Fingerprint(MattedFrame frame) => Convert.ToHexString(SHA256.HashData(frame.Alpha.Memory.Span));

    /// <summary>Columns of one grey each.</summary>
    private static PaintedMattes Painted(IFramePool pool, Func<int, int> code, int more = 0) =>
        new(pool, Width + more, Height, (_, p) => (ushort)code(p % (Width + more)));
}
