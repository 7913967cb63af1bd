using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Temporal;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Temporal;

public sealed class ShotStageTests
{
    private const int FramesEach = 40;

    public static TheoryData<string> Clips()
    {
        TheoryData<string> clips = [];
        if (SharedData.Present)
            foreach (string file in Directory.GetFiles(SharedData.Clips("."), "*.*").Order(StringComparer.Ordinal))
                if (Path.GetExtension(file) is ".mp4" or ".webm")
                    clips.Add(Path.GetFileName(file));
        return clips;
    }

    /// <summary>The first frames of every real clip: one shot each. All frames are a long proof.</summary>
    [SharedTheory]
    [MemberData(nameof(Clips))]
    public async Task Process_ARealClip_IsOneShot(string name)
    {
        List<long> shots = await ShotsAsync(SharedData.Clips(name), 0, FramesEach);
        Assert.Equal([0], shots);
    }

    [SharedTheory]
    [MemberData(nameof(Clips))]
    [Trait("Category", TestCategory.Long)]
    public async Task Process_AWholeRealClip_IsOneShot(string name) =>
        Assert.Equal([0], await ShotsAsync(SharedData.Clips(name), 0, int.MaxValue));

    /// <summary>Two clips behind one another: the cut is found on its very frame, and nothing else.</summary>
    [SharedTheory]
    [InlineData("01-juggle-fullbody-720p.mp4", "08-woman-movingcamera-sound-720p.mp4")]
    [InlineData("04-bedroom-jump-hair-540p.mp4", "05-signing-webcam-480p.mp4")]
    [InlineData("06-webcam-head-300p.mp4", "12-bar-hands-1080p-vp8.webm")]
    [InlineData("13-portrait-gestures-speech-720x1280.mp4", "03-cups-fasthands-720p.mp4")]
    [InlineData("07-portrait-talk-sound-1080x1920-hevc.mp4", "14-cleanplate-woman-walksin-432p.mp4")]
    public async Task Process_TwoClipsSpliced_CutsExactlyBetween(string first, string second)
    {
        using CheckingFramePool pool = new();
        using ShotStage stage = new();
        await RunAsync(stage, pool, SharedData.Clips(first), 0, FramesEach);
        await RunAsync(stage, pool, SharedData.Clips(second), FramesEach, FramesEach);
        End(stage);
        Assert.Equal([(0L, ShotKind.Start), (FramesEach, ShotKind.Cut)], stage.Shots.Select(s => (s.Start.Index, s.Kind)));
    }

    /// <summary>Cuts may follow one another closely; what is there for one to three frames and then gone is a flash.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(9, true)]
    public void Process_WhiteBetweenBlack_IsAFlashOrTwoCuts(int frames, bool cuts)
    {
        using CheckingFramePool pool = new();
        using ShotStage stage = new();
        for (int i = 0; i < 60; i++)
            Give(pool, stage, i, (byte)(i >= 20 && i < 20 + frames ? 235 : 16));
        End(stage);
        Assert.Equal(cuts ? [0, 20, 20 + frames] : [0], stage.Shots.Select(s => s.Start.Index));
    }

    /// <summary>The clip may end behind a cut before the look-ahead is full.</summary>
    [Theory]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(59)]
    public void Flush_ACutNearTheEnd_IsFound(int cut)
    {
        using CheckingFramePool pool = new();
        using ShotStage stage = new();
        for (int i = 0; i < 60; i++)
            Give(pool, stage, i, (byte)(i < cut ? 16 : 200));
        End(stage);
        Assert.Equal([0, cut], stage.Shots.Select(s => s.Start.Index));
    }

    [Fact]
    public void Process_FrameMarkedFromOutside_StartsAShot()
    {
        using CheckingFramePool pool = new();
        using ShotStage stage = new();
        List<VideoFrame> given = [.. Give(pool, stage, 0, 100), .. Give(pool, stage, 1, 100), .. Give(pool, stage, 2, 100, marked: true), .. End(stage)];
        Assert.Equal([true, false, true], given.Select(f => f.StartsShot));
        Assert.Equal([(0L, ShotKind.Start), (2L, ShotKind.Cut)], stage.Shots.Select(s => (s.Start.Index, s.Kind)));
    }

    [Fact]
    public void Process_DisposedFrame_ThrowsAndGivesNothing()
    {
        using CheckingFramePool pool = new();
        using ShotStage stage = new();
        VideoFrame frame = VideoFrame.Rent(pool, Format(64, 36), default);
        frame.Dispose();
        Queue<VideoFrame> ready = new();
        Assert.Throws<ObjectDisposedException>(() => stage.Process(frame, ready));
        Assert.Empty(ready);
    }

    /// <summary>Score of a jump from one grey to another: V alone differs, a third of the difference.</summary>
    [Fact]
    public void Score_GreyJump_IsAThirdOfTheDifference()
    {
        ShotWindow window = new(8, 8);
        byte[] dark = new byte[3 * 64], light = new byte[3 * 64];
        Array.Fill(dark, (byte)40);
        Array.Fill(light, (byte)139);
        window.Add(dark);
        window.Add(light);
        Assert.Equal(0, window.Score(0));
        Assert.Equal(33, window.Score(1));
    }

    /// <summary>The frames the stage gives, disposed: their marks can still be read.</summary>
    private static VideoFrame[] Give(IFramePool pool, ShotStage stage, int index, byte luma, bool marked = false)
    {
        VideoFrame frame = VideoFrame.Rent(pool, Format(64, 36), new FrameTime(index, new Rational(index, 10), new Rational(1, 10)));
        frame.PlaneBytes(0).Fill(luma);
        frame.PlaneBytes(1).Fill(128);
        frame.PlaneBytes(2).Fill(128);
        frame.StartsShot = marked;
        Queue<VideoFrame> ready = new();
        stage.Process(frame, ready);
        return Dispose(ready);
    }

    private static VideoFrame[] End(ShotStage stage)
    {
        Queue<VideoFrame> ready = new();
        stage.Flush(ready);
        return Dispose(ready);
    }

    private static VideoFrame[] Dispose(Queue<VideoFrame> ready)
    {
        VideoFrame[] frames = [.. ready];
        foreach (VideoFrame frame in frames)
            frame.Dispose();
        return frames;
    }

    private static async Task<List<long>> ShotsAsync(string clip, int from, int count)
    {
        using CheckingFramePool pool = new() { KeptBytes = 0 };
        using ShotStage stage = new();
        await RunAsync(stage, pool, clip, from, count);
        End(stage);
        return [.. stage.Shots.Select(s => s.Start.Index)];
    }

    /// <summary>Frames of a clip as ffmpeg decodes them, at 640 x 360 where two clips must be of one size.</summary>
    private static async Task RunAsync(ShotStage stage, IFramePool pool, string clip, int from, int count)
    {
        FrameFormat format = Format(640, 360);
        byte[] raw = await RealFfmpeg.RunAsync(
            "-i", "file:" + clip, "-map", "0:v:0", "-frames:v", count.ToString(CultureInfo.InvariantCulture), "-fps_mode", "passthrough",
            "-vf", "scale=640:360:flags=area:out_range=tv:out_color_matrix=bt709,format=yuv420p", "-f", "rawvideo", "-");
        Assert.True(raw.Length > 0 && raw.Length % format.ByteCount == 0);
        Queue<VideoFrame> ready = new();
        for (int i = 0; i < raw.Length / format.ByteCount; i++)
        {
            VideoFrame frame = VideoFrame.Rent(pool, format, new FrameTime(from + i, new Rational(from + i, 25), new Rational(1, 25)));
            raw.AsSpan(i * format.ByteCount, format.ByteCount).CopyTo(frame.Bytes);
            stage.Process(frame, ready);
            while (ready.TryDequeue(out VideoFrame? given))
                given.Dispose();
        }
    }

    private static FrameFormat Format(int width, int height) => new(width, height, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);
}
