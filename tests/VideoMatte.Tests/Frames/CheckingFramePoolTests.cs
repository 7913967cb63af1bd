using VideoMatte.Testing;
using Xunit;
using Xunit.Sdk;

namespace VideoMatte.Tests.Frames;

/// <summary>The checker is checked: each fault it is there for fails, and nothing else does.</summary>
public sealed class CheckingFramePoolTests
{
    [Fact]
    public void Verify_ProperUse_Passes()
    {
        using CheckingFramePool pool = new();
        byte[] a = pool.Rent(10), b = pool.Rent(20);
        Array.Fill(a, (byte)1);
        Assert.Equal((30L, 2), (pool.OutstandingBytes, pool.OutstandingBuffers));
        pool.Verify(atEnd: false);
        pool.Return(a);
        pool.Return(b);
        Assert.Equal((0L, 30L, 0), (pool.OutstandingBytes, pool.PeakBytes, pool.OutstandingBuffers));
    }

    [Fact]
    public void Verify_Leak_FailsAndNamesTheRenter()
    {
        CheckingFramePool pool = new();
        pool.Rent(10);
        XunitException error = Assert.ThrowsAny<XunitException>(pool.Dispose);
        Assert.Contains("10 bytes was never returned", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Verify_Leak_FailsAndNamesTheRenter), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_DoubleReturn_Fails()
    {
        CheckingFramePool pool = new();
        byte[] buffer = pool.Rent(10);
        pool.Return(buffer);
        pool.Return(buffer);
        Assert.Equal(0, pool.OutstandingBytes);
        Assert.Contains("returned twice", Assert.ThrowsAny<XunitException>(pool.Dispose).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ForeignReturn_Fails()
    {
        CheckingFramePool pool = new();
        pool.Return(new byte[10]);
        Assert.Contains("never rented here", Assert.ThrowsAny<XunitException>(pool.Dispose).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_WriteAfterReturn_Fails()
    {
        CheckingFramePool pool = new();
        byte[] buffer = pool.Rent(10);
        pool.Return(buffer);
        buffer[7] = 0;
        Assert.Contains("written after its return", Assert.ThrowsAny<XunitException>(pool.Dispose).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Return_ABuffer_IsPoisonedForLateReaders()
    {
        using CheckingFramePool pool = new();
        byte[] buffer = pool.Rent(10);
        Array.Clear(buffer);
        pool.Return(buffer);
        Assert.False(buffer.AsSpan().Contains((byte)0));
    }
}
