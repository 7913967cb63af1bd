using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Synth;

/// <summary>A clip drawn by code, with the exact alpha of every frame. The same input gives the same samples on every machine: own random
/// numbers, own sine, IEEE basic operations and square roots only, one thread.</summary>
/// <remarks>Motion blur: foreground and alpha are the mean over <see cref="ShutterSamples"/> instants, at the middles of equal parts of the
/// open half of the frame's time (a shutter of 180 degrees). This mean is the definition of the true alpha.</remarks>
public sealed class SampleClip
{
    /// <summary>Instants a frame is the mean of.</summary>
    public const int ShutterSamples = 12;

    /// <summary>The part of a frame's time that light falls in: 180 degrees of 360.</summary>
    public const double ShutterOpen = 0.5;

    private readonly Canvas _canvas;
    private float[]? _scene;
    private int _sceneShot = -1;

    internal SampleClip(string name, int width, int height, Rational rate, ulong seed, IReadOnlyList<SampleShot> shots)
    {
        Name = name;
        Rate = rate;
        Format = new FrameFormat(width, height, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);
        Shots = shots;
        Seed = seed;
        _canvas = new Canvas(width, height);
        ShotStarts = [.. shots.Select(shot => shot.Start)];
        FrameCount = shots.Sum(shot => shot.Frames);
    }

    /// <summary>File name without extension.</summary>
    public string Name { get; }

    /// <summary>Of the pictures: 8-bit 4:2:0, BT.709, limited.</summary>
    public FrameFormat Format { get; }

    /// <summary>Frames a second.</summary>
    public Rational Rate { get; }

    public int FrameCount { get; }

    /// <summary>First frame of each shot, from 0 up.</summary>
    public IReadOnlyList<int> ShotStarts { get; }

    internal IReadOnlyList<SampleShot> Shots { get; }

    internal ulong Seed { get; }

    /// <summary>When frame <paramref name="index"/> is shown.</summary>
    public FrameTime TimeOf(int index) => new(index, new Rational(index) / Rate, Rational.One / Rate);

    /// <summary>An empty frame of this clip's size, to draw into.</summary>
    public SampleFrame CreateFrame() => new(Format.Width, Format.Height);

    /// <summary>Draws a frame. One caller at a time; frames in any order.</summary>
    /// <param name="index">0 up to <see cref="FrameCount"/>, exclusive.</param>
    /// <param name="target">Of this clip's size; overwritten.</param>
    public void Draw(int index, SampleFrame target)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FrameCount);
        if (target.Width != Format.Width || target.Height != Format.Height)
            throw new ArgumentException("the frame has another size than the clip", nameof(target));
        int number = ShotOf(index);
        SampleShot shot = Shots[number];
        int local = index - shot.Start;
        double light = Light(number, local);
        target.Subject.AsSpan().Clear();
        for (int i = 0; i < ShutterSamples; i++)
            DrawInstant(shot, local + (ShutterOpen * (i + 0.5) / ShutterSamples), target.Subject);
        Settle(target.Subject, light);
        FillBackground(number, light, target.Background);
        FillNoise(index, target);
    }

    /// <summary>The true matte of a frame; the caller owns it.</summary>
    public AlphaMatte RenderAlpha(IFramePool pool, int index)
    {
        SampleFrame frame = CreateFrame();
        Draw(index, frame);
        AlphaMatte matte = AlphaMatte.Rent(pool, Format.Width, Format.Height);
        frame.CopyAlphaTo(matte);
        return matte;
    }

    /// <summary>The picture of a frame as an encoder gets it; the caller owns it.</summary>
    public VideoFrame Render(IFramePool pool, int index)
    {
        SampleFrame frame = CreateFrame();
        Draw(index, frame);
        return ToPicture(pool, index, frame);
    }

    /// <summary>One instant of the subject, without blur: premultiplied R, G, B, alpha a pixel, added to <paramref name="sum"/>.</summary>
    internal void DrawInstant(int index, double partOfFrame, float[] sum)
    {
        SampleShot shot = Shots[ShotOf(index)];
        DrawInstant(shot, index - shot.Start + partOfFrame, sum);
    }

    internal VideoFrame ToPicture(IFramePool pool, int index, SampleFrame frame)
    {
        VideoFrame picture = VideoFrame.Rent(pool, Format, TimeOf(index));
        picture.StartsShot = ShotStarts.Contains(index);
        frame.CopyPictureTo(picture);
        return picture;
    }

    private static void Settle(float[] subject, double light)
    {
        float share = 1f / ShutterSamples, gain = (float)light * share;
        for (int i = 0; i < subject.Length; i += 4)
        {
            if (subject[i + 3] == 0)
                continue;
            subject[i] *= gain;
            subject[i + 1] *= gain;
            subject[i + 2] *= gain;
            subject[i + 3] = Math.Min(subject[i + 3] * share, 1);
        }
    }

    /// <summary>Lamps and clouds: a slow drift and a small flicker, on everything.</summary>
    private static double Light(int shot, int local) =>
        1 + (0.012 * Trigonometry.Sin((0.05 * local) + (2.1 * shot))) + (0.004 * Trigonometry.Sin(1.9 * local));

    private int ShotOf(int index)
    {
        int number = Shots.Count - 1;
        while (index < Shots[number].Start)
            number--;
        return number;
    }

    private void DrawInstant(SampleShot shot, double time, float[] sum)
    {
        shot.Draw(_canvas, time);
        _canvas.MoveInto(sum);
    }

    private void FillBackground(int number, double light, float[] target)
    {
        if (_sceneShot != number)
        {
            _scene = SceneRenderer.Render(Shots[number].Scene, Format.Width, Format.Height);
            _sceneShot = number;
        }

        float gain = (float)light;
        ReadOnlySpan<float> scene = _scene;
        for (int i = 0; i < scene.Length; i++)
            target[i] = scene[i] * gain;
    }

    /// <summary>A sensor's noise: a floor, and a part that grows with the root of the light.</summary>
    private void FillNoise(int index, SampleFrame target)
    {
        var random = new Pcg32(Seed, (ulong)index + 1000);
        int pixels = target.Width * target.Height;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                float seen = target.Subject[(4 * pixel) + channel] + ((1 - target.Alpha(pixel)) * target.Background[(3 * pixel) + channel]);
                target.Noise[(3 * pixel) + channel] = (0.004f + (0.01f * MathF.Sqrt(Math.Max(seen, 0)))) * random.NextNoise();
            }
        }
    }
}
