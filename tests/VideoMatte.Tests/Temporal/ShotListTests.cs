using VideoMatte.Frames;
using VideoMatte.Temporal;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Temporal;

public sealed class ShotListTests
{
    private static readonly ShotListClock Film = new(new Rational(24), null, new Rational(100));

    [Fact]
    public void Parse_FramesTimesAndTimecodes_AreRead()
    {
        IReadOnlyList<ShotMark> marks = ShotList.Parse("# cuts\r\n0\r\n48  # the door\r\n\r\n3.5\r\n00:00:04.250\r\n01:02\r\n00:00:10:12\r\n", Film, "list");
        Assert.Equal(
            [new(0, null), new(48, null), At(7, 2), At(17, 4), At(62, 1), At(21, 2)],
            marks);
    }

    /// <summary>A list counts as the clip does where all of it lies behind the clip's own beginning, else from nought.</summary>
    [Theory]
    [InlineData("10:00:01:00\n10:00:02:12", 1, 1, 5, 2)]
    [InlineData("00:00:01:00\n10:00:02:12", 1, 1, 72005, 2)]
    public void Parse_TimecodesOfAClipThatHasSome_CountFromIt(string text, long first, long firstUnit, long second, long secondUnit)
    {
        Assert.True(Timecode.TryParse("10:00:00:00", new Rational(24), out Timecode own));
        Assert.Equal([At(first, firstUnit), At(second, secondUnit)], ShotList.Parse(text, Film with { First = own }, "list"));
    }

    /// <summary>Sound, notes and the first half of a dissolve begin nothing; the dissolve's shot begins when it has ended.</summary>
    [Fact]
    public void Parse_AnEditList_GivesVideoEventsWithinTheFinishedClip()
    {
        const string text = """
            TITLE: INTERVIEW
            FCM: NON-DROP FRAME

            001  A001     V     C        00:10:00:00 00:10:02:00 01:00:00:00 01:00:02:00
            * FROM CLIP NAME: ONE
            002  A002     V     C        00:20:00:00 00:20:01:12 01:00:02:00 01:00:03:12
            002  A002     A2    C        00:20:00:00 00:20:01:12 01:00:02:06 01:00:03:12
            003  A002     V     C        00:20:01:12 00:20:01:12 01:00:03:12 01:00:03:12
            003  A003     B     D    012 00:30:00:00 00:30:04:00 01:00:03:12 01:00:07:12
            M2   A003       050.0                    00:30:00:00
            """;
        Assert.Equal([At(0, 1), At(2, 1), At(4, 1)], ShotList.Parse(text, Film, "list"));
        Assert.True(Timecode.TryParse("00:59:59:00", new Rational(24), out Timecode own));
        Assert.Equal([At(1, 1), At(3, 1), At(5, 1)], ShotList.Parse(text, Film with { First = own }, "list"));
        // A list of another reel altogether counts from its own beginning.
        Assert.True(Timecode.TryParse("00:10:00:00", new Rational(24), out Timecode other));
        Assert.Equal([At(0, 1), At(2, 1), At(4, 1)], ShotList.Parse(text, Film with { First = other }, "list"));
    }

    /// <summary>A clip without timecodes begins at nought: a list that begins within it has its first shot there, one of another reel at its own
    /// first event.</summary>
    [Theory]
    [InlineData("00:00:00:12", "00:00:01:00", 12, 24)]
    [InlineData("00:00:00:00", "00:00:01:00", 0, 24)]
    [InlineData("01:00:00:00", "01:00:01:00", 0, 24)]
    public void Parse_AnEditListOfAClipWithoutTimecodes_CountsFromNought(string first, string second, long firstFrame, long secondFrame) => Assert.Equal(
        [At(firstFrame, 24), At(secondFrame, 24)],
        ShotList.Parse($"TITLE: a\n001 AX V C 00:00:00:00 00:00:01:00 {first} {second}\n002 AX V C 00:00:00:00 00:00:01:00 {second} 01:30:00:00\n", Film, "list"));

    /// <summary>29.97 with dropped numbers, said in the head alone: a minute is 1798 frames.</summary>
    [Fact]
    public void Parse_AnEditListOfDropFrames_CountsFrames()
    {
        const string text = "FCM: DROP FRAME\n1 AX V C 00:00:00:00 00:00:59:29 01:00:00:00 01:00:59:29\n2 AX V C 00:00:00:00 00:00:59:29 01:01:00:02 01:01:10:00\n";
        var rate = new Rational(30000, 1001);
        Assert.Equal([At(0, 1), new(null, new Rational(1800) / rate)], ShotList.Parse(text, new ShotListClock(rate, null, null), "list"));
    }

    [Theory]
    [InlineData("", "names no shot")]
    [InlineData("# nothing\n\n", "names no shot")]
    [InlineData("12\nthirteen", "line 2: 'thirteen'")]
    [InlineData("-4", "line 1: '-4'")]
    [InlineData("00:00:01:24", "no timecode at 24/1")]
    [InlineData("99999999999999999999", "line 1")]
    [InlineData("1e5", "line 1")]
    [InlineData("TITLE: X", "names no shot")]
    [InlineData("001 AX A C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00", "names no shot")]
    [InlineData("001 AX V C 00:00:00:00 00:00:01:00 00:00:02:00 00:00:01:00", "no whole event")]
    [InlineData("001 AX V C 00:00:02:00 00:00:01:00", "no whole event")]
    [InlineData("001 AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n002 MY REEL V C 00:00:00:00 00:00:01:00 00:00:01:00 00:00:02:00", "line 2")]
    [InlineData("001 AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n002 AX V C 00:00:00:00 00:00:01:00 00:00:0x:00 00:00:02:00", "line 2")]
    [InlineData("001 AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n12", "line 2")]
    [InlineData("001 AX V D 00:00:00:00 00:00:01:00 00:00:02:00 00:00:03:00", "no whole event")]
    [InlineData("001 AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:30", "no timecode at 24/1")]
    public void Parse_WhatIsNoList_IsOneSentence(string text, string said)
    {
        MatteException error = Assert.Throws<MatteException>(() => ShotList.Parse(text, Film, "list"));
        Assert.Equal((ErrorKind.Input, "shots-file"), (error.Kind, error.Code));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Parse_TimecodesWithoutARate_AreRefused() =>
        Assert.Contains("does not say its rate", Assert.Throws<MatteException>(() => ShotList.Parse("00:00:01:00", Film with { Rate = null }, "list")).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_ALongLine_IsShownInPart()
    {
        MatteException error = Assert.Throws<MatteException>(() => ShotList.Parse(new string('x', 1_000_000), Film, "list"));
        Assert.True(error.Message.Length < 300);
    }

    [Fact]
    public void Parse_MoreThanTheMost_IsRefused() =>
        Assert.Throws<MatteException>(() => ShotList.Parse(string.Join('\n', Enumerable.Range(0, ShotList.MostMarks + 1)), Film, "list"));

    /// <summary>Unsorted and doubled; a time begins at the nearer frame; a part has its marks where they are in the source.</summary>
    [Theory]
    [InlineData(0, 24, new long[] { 0, 3, 5, 6 }, 2)]
    [InlineData(2, 24, new long[] { 0, 1, 3, 4 }, 2)]
    [InlineData(7, 24, new long[] { 0 }, 2)]
    public void Process_MarksInAnyOrder_StartShots(int part, int rate, long[] starts, int unused)
    {
        using CheckingFramePool pool = new();
        bool whole = part == 0;
        using ShotListStage stage = new([new(5, null), new(3, null), new(5, null), At(59, 240), new(900, null), At(100, 1)], new Rational(part, rate), whole ? null : new Rational(rate));
        Queue<VideoFrame> ready = new();
        for (int i = part; i < 10; i++)
        {
            // The clip's clock begins at 7.
            FrameTime time = new(i - part, (whole ? new Rational(7) : Rational.Zero) + new Rational(i - part, rate), new Rational(1, rate));
            stage.Process(MovingDisc.Picture(pool, VideoMatte.Tests.Compositing.Drawn.Yuv420(16, 16), time), ready);
        }

        Assert.Equal(starts, ready.Where(f => f.StartsShot).Select(f => f.Time.Index));
        Assert.Equal(starts, stage.Shots.Select(s => s.Start.Index));
        Assert.All(stage.Shots.Skip(1), s => Assert.Equal(ShotKind.List, s.Kind));
        Assert.Equal(unused, stage.Unused);
        foreach (VideoFrame frame in ready)
            frame.Dispose();
    }

    private static ShotMark At(long seconds, long unit) => new(null, new Rational(seconds, unit));
}
