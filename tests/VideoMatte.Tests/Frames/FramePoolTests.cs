using VideoMatte.Frames;
using Xunit;

namespace VideoMatte.Tests.Frames;

public sealed class FramePoolTests
{
    [Fact]
    public void Rent_AfterReturn_GivesTheSameBuffer()
    {
        FramePool pool = new();
        byte[] first = pool.Rent(100);
        Assert.Equal((100, 100L), (first.Length, pool.OutstandingBytes));
        pool.Return(first);
        Assert.Equal(0, pool.OutstandingBytes);
        Assert.Same(first, pool.Rent(100));
        Assert.NotSame(first, pool.Rent(100));
    }

    [Fact]
    public void Rent_AnotherSize_GivesExactlyThat()
    {
        FramePool pool = new();
        pool.Return(pool.Rent(100));
        Assert.Equal(99, pool.Rent(99).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(0));
    }

    [Fact]
    public unsafe void Rent_ABuffer_IsPinned()
    {
        byte[] buffer = new FramePool().Rent(1000);
        nint before, after;
        fixed (byte* at = buffer)
            before = (nint)at;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        fixed (byte* at = buffer)
            after = (nint)at;
        Assert.Equal(before, after);
        Assert.Equal(GC.MaxGeneration, GC.GetGeneration(buffer));
    }

    [Fact(Timeout = 20_000)]
    public async Task RentAndReturn_FromManyThreads_NeverLendsABufferTwice()
    {
        FramePool pool = new();
        await Task.WhenAll(Enumerable.Range(1, 4).Select(mark => Task.Run(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                byte[] buffer = pool.Rent(16);
                Array.Fill(buffer, (byte)mark);
                Thread.Yield();
                Assert.False(buffer.AsSpan().ContainsAnyExcept((byte)mark), "two owners of one buffer");
                pool.Return(buffer);
            }
        })));
        Assert.Equal(0, pool.OutstandingBytes);
    }
}
