using VideoMatte.Frames;
using VideoMatte.Matting.Subject;
using Xunit;

namespace VideoMatte.Tests.Matting.Subject;

public sealed class SubjectTrackerTests
{
    private const int Width = 320, Height = 60;

    /// <summary>What the model half sees belongs to the kept one beside it, and to nobody a fifth of the picture away: the others that were there
    /// once are no body any more, and must not come out of the matte as the kept one's.</summary>
    [Theory]
    [InlineData(65, true)]
    [InlineData(75, true)]
    [InlineData(125, false)]
    [InlineData(290, false)]
    public void Keep_AFaintPieceThatTouchesNobody_IsTheNearests(int left, bool isKept)
    {
        SubjectTracker tracker = new(Width, Height);
        ushort[] first = Boxes((20, 60, AlphaMatte.Opaque)), second = Boxes((20, 60, AlphaMatte.Opaque), (left, left + 15, AlphaMatte.Opaque / 3));
        Assert.True(tracker.Point(SubjectPrompt.Parse("40,30"), first));
        Assert.Equal(0, tracker.Keep(first), 1e-9);
        for (int frame = 0; frame < 3; frame++)
        {
            ushort[] matte = [.. second];
            double taken = tracker.Keep(matte);
            Assert.Equal(isKept ? second : Boxes((20, 60, AlphaMatte.Opaque)), matte);
            Assert.Equal(isKept ? 0 : (15 / 3.0) / (40 + (15 / 3.0)), taken, 1e-3);
        }
    }

    private static ushort[] Boxes(params (int From, int To, int Code)[] boxes)
    {
        ushort[] matte = new ushort[Width * Height];
        foreach ((int from, int to, int code) in boxes)
            for (int y = 15; y < 45; y++)
                matte.AsSpan((y * Width) + from, to - from).Fill((ushort)code);
        return matte;
    }
}
