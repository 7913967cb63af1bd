using VideoMatte.Frames;
using VideoMatte.Matting;
using Xunit;

namespace VideoMatte.Testing;

/// <summary>What every <see cref="IMattingModel"/> keeps, beside what every stage keeps. Derive, and let CreateStage make a model.</summary>
public abstract class MattingModelContract : FrameStageContract<VideoFrame, MattedFrame>
{
    /// <summary>Formats it must take; all of the tests' pictures are drawn in each. Odd sizes find the most.</summary>
    protected virtual IReadOnlyList<FrameFormat> Formats { get; } = [new(49, 37, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited)];

    /// <summary>What Process does with a frame after <see cref="Break"/>.</summary>
    protected virtual Type FailureType => typeof(ObjectDisposedException);

    /// <summary>Brings a model into a state in which Process must fail.</summary>
    protected virtual void Break(IMattingModel model) => model.Dispose();

    protected override VideoFrame CreateInput(IFramePool pool, long index) => Draw(pool, Formats[0], index);

    protected override string Fingerprint(MattedFrame frame)
    {
        byte[] alpha = System.Security.Cryptography.SHA256.HashData(frame.Alpha.Memory.Span);
        byte[] foreground = frame.Foreground is null ? [] : System.Security.Cryptography.SHA256.HashData(frame.Foreground.Bytes);
        return Convert.ToHexString(alpha) + Convert.ToHexString(foreground);
    }

    [Fact]
    public void Process_EveryFormat_GivesOneMatteOfThePicturesSize()
    {
        using CheckingFramePool pool = new();
        using IMattingModel model = CreateModel(pool);
        Queue<MattedFrame> ready = new();
        foreach (FrameFormat format in Formats)
        {
            model.Process(Draw(pool, format, 0), ready);
            model.Flush(ready);
            using MattedFrame matted = Assert.Single(ready);
            ready.Clear();
            Assert.Equal((format.Width, format.Height), (matted.Alpha.Width, matted.Alpha.Height));
            Assert.True(matted.Foreground is null || matted.Foreground.Format == format, "the foreground has another format");
            Assert.Equal(model.GivesForeground, matted.Foreground is not null);
            model.Reset();
        }
    }

    [Fact]
    public void Process_APicture_LeavesItUntouched()
    {
        using CheckingFramePool pool = new();
        using IMattingModel model = CreateModel(pool);
        foreach (FrameFormat format in Formats)
        {
            using VideoFrame expected = Draw(pool, format, 3);
            using MattedFrame matted = Single(model, Draw(pool, format, 3));
            Assert.True(expected.Bytes.SequenceEqual(matted.Picture.Bytes), "the picture's samples changed");
            Assert.Equal(expected.Time, matted.Time);
            model.Reset();
        }
    }

    [Fact]
    public void Process_StartsShot_IsCarriedOver()
    {
        using CheckingFramePool pool = new();
        using IMattingModel model = CreateModel(pool);
        foreach (bool starts in new[] { true, false, true })
        {
            VideoFrame frame = CreateInput(pool, 0);
            frame.StartsShot = starts;
            using MattedFrame matted = Single(model, frame);
            Assert.Equal(starts, matted.StartsShot);
        }
    }

    [Fact]
    public void Process_TheSameClipTwice_GivesTheSame()
    {
        using CheckingFramePool pool = new();
        using IMattingModel model = CreateModel(pool);
        List<string> first = Prints(pool, model);
        model.Reset();
        Assert.Equal(first, Prints(pool, model));
    }

    [Fact]
    public void Process_AfterAnotherSize_StartsAgain()
    {
        using CheckingFramePool pool = new();
        using IMattingModel fresh = CreateModel(pool), used = CreateModel(pool);
        List<string> expected = Prints(pool, fresh);
        Prints(pool, used);
        FrameFormat other = Formats[0] with { Width = Formats[0].Width + 6, Height = Formats[0].Height + 2 };
        Single(used, Draw(pool, other, 0)).Dispose();
        Assert.Equal(expected, Prints(pool, used));
    }

    [Fact]
    public void Process_ThatFails_DisposesItsFrame()
    {
        using CheckingFramePool pool = new();
        IMattingModel model = CreateModel(pool);
        Break(model);
        Queue<MattedFrame> ready = new();
        VideoFrame frame = CreateInput(pool, 0);
        Assert.Throws(FailureType, () => model.Process(frame, ready));
        Assert.Empty(ready);
        Assert.Throws<ObjectDisposedException>(() => frame.Bytes.Length);
        model.Dispose();
    }

    [Fact]
    public void Info_Always_IsWhole()
    {
        using CheckingFramePool pool = new();
        using IMattingModel model = CreateModel(pool);
        Assert.True(model.Info.DownsampleRatio is > 0 and <= 1);
        Assert.False(string.IsNullOrEmpty(model.Info.Family) || string.IsNullOrEmpty(model.Info.Provider) || string.IsNullOrEmpty(model.Info.Licence));
        Assert.Matches("^[0-9a-f]{64}$", model.Info.Sha256);
    }

    /// <summary>Waves of every plane that move with the index, within legal codes.</summary>
    protected static VideoFrame Draw(IFramePool pool, FrameFormat format, long index)
    {
        VideoFrame frame = VideoFrame.Rent(pool, format, new FrameTime(index, new Rational(index, 25), new Rational(1, 25)));
        for (int plane = 0; plane < format.PlaneCount; plane++)
        {
            int width = format.PlaneWidth(plane);
            for (int i = 0; i < width * format.PlaneHeight(plane); i++)
            {
                double wave = Math.Sin((i % width * .11) + (i / width * .07) + (plane * 2) + (index * .3));
                int code = (int)Math.Round((.5 + (.35 * wave)) * format.MaxCode);
                if (format.BytesPerSample == 1)
                    frame.Plane8(plane).Samples[i] = (byte)code;
                else
                    frame.Plane16(plane).Samples[i] = (ushort)code;
            }
        }

        return frame;
    }

    private IMattingModel CreateModel(IFramePool pool) => Assert.IsAssignableFrom<IMattingModel>(CreateStage(pool));

    private static MattedFrame Single(IMattingModel model, VideoFrame frame)
    {
        Queue<MattedFrame> ready = new();
        model.Process(frame, ready);
        model.Flush(ready);
        return Assert.Single(ready);
    }

    private List<string> Prints(IFramePool pool, IMattingModel model)
    {
        List<string> prints = [];
        for (int i = 0; i < 4; i++)
        {
            using MattedFrame matted = Single(model, CreateInput(pool, i));
            prints.Add(Fingerprint(matted));
        }

        return prints;
    }
}
