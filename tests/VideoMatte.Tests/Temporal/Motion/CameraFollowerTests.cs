using VideoMatte.Frames;
using VideoMatte.Temporal.Motion;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Temporal.Motion;

public sealed class CameraFollowerTests
{
    private const int Width = MotionScene.Width, Height = MotionScene.Height;

    /// <summary>Shifted, turned and grown about the middle, with another look's figure over a share of the picture, in other light. What comes
    /// to the first view is the first view, within .1 pixel: the ground's mean slope is under 8 codes a pixel.</summary>
    [Theory]
    [InlineData(.6, -.4, 0, 1, 0)]
    [InlineData(6.3, -4.7, 0, 1, 0)]
    [InlineData(-3.2, 2.1, 1.2, 1.01, 0)]
    [InlineData(5.5, 3.5, -.8, .99, .3)]
    [InlineData(-4.4, 2.6, .5, 1, .5)]
    public void Follow_AMovedCamera_BringsItsViewBack(double shiftX, double shiftY, double degrees, double growth, double figure)
    {
        using CheckingFramePool pool = new();
        CameraFollower follower = CameraFollower.For(MotionScene.Format)!;
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        using VideoFrame first = MotionScene.Draw(pool, 0, (x, y) => MotionScene.Ground(x, y));
        using VideoFrame moved = MotionScene.Draw(pool, 1, (x, y) =>
        {
            (double fromX, double fromY) = Undo(x, y);
            return x < figure * Width && y > 20 ? MotionScene.Figure(x, y) : (.9 * MotionScene.Ground(fromX, fromY)) + 8;
        });
        Assert.False(follower.Follow(first));
        Assert.True(follower.Follow(moved));
        float[] plane = [.. moved.Plane8(0).Samples.ToArray().Select(v => (float)v)], steady = new float[plane.Length], back = new float[plane.Length];
        follower.ToFirst(plane, steady);
        double sum = 0;
        int count = 0;
        for (int y = 16; y < Height - 16; y++)
            for (int x = (int)(figure * Width) + 24; x < Width - 16; x++)
            {
                sum += Math.Abs(steady[(y * Width) + x] - ((.9 * MotionScene.Ground(x, y)) + 8));
                count++;
            }

        // .1 pixel of 8 codes; rounding to codes and linear interpolation have .35 of their own.
        Assert.InRange(sum / count, 0, 1.15);
        // And there and back again, within the blur of two interpolations.
        follower.ToFrame(steady, back);
        double rest = Enumerable.Range(0, plane.Length).Where(i => i % Width is > 24 and < Width - 24 && i / Width is > 24 and < Height - 24).Average(i => Math.Abs(back[i] - plane[i]));
        Assert.InRange(rest, 0, 2);
        Assert.Empty(follower.Warnings);

        (double X, double Y) Undo(double x, double y)
        {
            double dx = x - ((Width - 1) / 2.0) - shiftX, dy = y - ((Height - 1) / 2.0) - shiftY;
            return ((((cosine * dx) + (sine * dy)) / growth) + ((Width - 1) / 2.0), (((-sine * dx) + (cosine * dy)) / growth) + ((Height - 1) / 2.0));
        }
    }

    /// <summary>Nothing is interpolated while the camera stands, whoever walks through the picture.</summary>
    [Fact]
    public void Follow_AStillCamera_SaysSo()
    {
        using CheckingFramePool pool = new();
        CameraFollower follower = CameraFollower.For(MotionScene.Format)!;
        for (int i = 0; i < 6; i++)
        {
            using VideoFrame frame = MotionScene.Draw(pool, i, (x, y) =>
                i > 0 && x > 30 * i && x < (30 * i) + 120 ? MotionScene.Figure(x - (30 * i), y) : MotionScene.Ground(x, y) + (((x * 7919) + (y * 104729) + (i * 31)) % 5) - 2);
            Assert.False(follower.Follow(frame));
        }
    }

    /// <summary>Far more than the flow would find at once, a little in each frame; and back from beyond what is followed.</summary>
    [Fact]
    public void Follow_ASlowPan_IsFollowedAsFarAsItMayGoAndFoundAgain()
    {
        using CheckingFramePool pool = new();
        CameraFollower follower = CameraFollower.For(MotionScene.Format)!;
        for (int i = 0; i <= 40; i++)
        {
            // 2 pixels a frame to 36 (11 % of 320), on to 40, and home.
            int at = 2 * (i <= 20 ? i : 40 - i);
            using VideoFrame frame = MotionScene.Draw(pool, i, (x, y) => MotionScene.Ground(x + at, y));
            Assert.Equal(i is > 0 and < 40, follower.Follow(frame));
            Assert.Equal(at > 38, follower.IsLost);
            if (at is 0 or > 38)
                continue;
            float[] plane = [.. frame.Plane8(0).Samples.ToArray().Select(v => (float)v)], steady = new float[plane.Length];
            follower.ToFirst(plane, steady);
            double rest = Enumerable.Range(0, plane.Length).Where(p => p % Width is > 60 and < Width - 60).Average(p => Math.Abs(steady[p] - MotionScene.Ground(p % Width, p / Width)));
            Assert.InRange(rest, 0, 1.15);
        }

        Assert.False(Assert.Single(follower.Warnings).NotAsAsked);
    }

    /// <summary>A tripod before a wall: noise is no texture.</summary>
    [Fact]
    public void Follow_ABareWall_IsTakenToStandAndNothingIsSaid()
    {
        using CheckingFramePool pool = new();
        CameraFollower follower = CameraFollower.For(MotionScene.Format)!;
        Random noise = new(5);
        for (int i = 0; i < 5; i++)
        {
            using VideoFrame frame = MotionScene.Draw(pool, i, (x, y) => 90 + (x * .2) + (2 * (noise.NextDouble() + noise.NextDouble() + noise.NextDouble() - 1.5) * 2));
            Assert.False(follower.Follow(frame));
        }

        Assert.Empty(follower.Warnings);
    }

    /// <summary>Another place altogether, or a camera that was turned away: it is said, and nothing is brought anywhere.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Follow_WhatIsNotTheFirstView_IsNotFollowedAndIsSaid(bool isOther)
    {
        using CheckingFramePool pool = new();
        CameraFollower follower = CameraFollower.For(MotionScene.Format)!;
        using VideoFrame first = MotionScene.Draw(pool, 0, (x, y) => MotionScene.Ground(x, y));
        using VideoFrame away = MotionScene.Draw(pool, 9, (x, y) => isOther ? MotionScene.Figure(x, y) : MotionScene.Ground(x + 90, y + 60));
        follower.Follow(first);
        Assert.False(follower.Follow(away));
        MatteWarning warning = Assert.Single(follower.Warnings);
        Assert.Equal(("camera-not-followed", 9L, true), (warning.Code, warning.Frame, warning.NotAsAsked));
        follower.BeginClip();
        Assert.Empty(follower.Warnings);
    }

    [Fact]
    public void For_TinyFrames_IsNothing() => Assert.Null(CameraFollower.For(MotionScene.Format with { Width = 6, Height = 4 }));

    [Fact]
    public void Inverse_OfAMotion_LeadsBack()
    {
        AffineMotion motion = new(3, .02, -.03, -2, .025, -.01), back = motion.Inverse();
        (double u, double v) = motion.At(40, -70);
        (double bu, double bv) = back.At(40 + u, -70 + v);
        Assert.Equal((0, 0), (Math.Round(u + bu, 9), Math.Round(v + bv, 9)));
        Assert.Equal(0, motion.Then(back).Reach(640, 360), 9);
        AffineMotion other = new(-1, .01, .02, 4, -.03, .015);
        (double ou, double ov) = other.At(40 + u, -70 + v);
        (double tu, double tv) = motion.Then(other).At(40, -70);
        Assert.Equal((Math.Round(u + ou, 9), Math.Round(v + ov, 9)), (Math.Round(tu, 9), Math.Round(tv, 9)));
    }
}
