using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Synth;

/// <summary>The clips that <c>videomatte synth --sample</c> writes into <c>clips/</c>.</summary>
public static class SampleClips
{
    private static readonly DancerLook Flamenco = new()
    {
        Gown = new(0.86, 0.13, 0.15),
        GownShadow = new(0.3, 0.02, 0.07),
        Trim = new(0.97, 0.93, 0.88),
        Skin = new(0.93, 0.71, 0.56),
        SkinShadow = new(0.6, 0.36, 0.28),
        Hair = new(0.09, 0.06, 0.07),
        HairLight = new(0.34, 0.21, 0.16),
        Veil = new(0.98, 0.86, 0.62),
        Dots = true,
        HemFront = 84,
        HemBack = 112,
        HairLength = 112,
        VeilLength = 116,
        Seed = 71,
    };

    private static readonly DancerLook Night = new()
    {
        Gown = new(0.2, 0.36, 0.78),
        GownShadow = new(0.04, 0.06, 0.26),
        Trim = new(0.98, 0.83, 0.42),
        Skin = new(0.72, 0.48, 0.36),
        SkinShadow = new(0.38, 0.22, 0.18),
        Hair = new(0.42, 0.17, 0.07),
        HairLight = new(0.83, 0.47, 0.2),
        Veil = new(0.8, 0.93, 0.98),
        HemFront = 81,
        HemBack = 101,
        HairLength = 104,
        VeilLength = 104,
        Seed = 72,
    };

    private static readonly DancerLook Emerald = Night with
    {
        Gown = new(0.08, 0.56, 0.4),
        GownShadow = new(0.01, 0.16, 0.17),
        Trim = new(0.96, 0.9, 0.72),
        Skin = new(0.94, 0.74, 0.6),
        SkinShadow = new(0.62, 0.4, 0.32),
        Hair = new(0.16, 0.1, 0.07),
        HairLight = new(0.5, 0.32, 0.2),
        Veil = new(0.99, 0.78, 0.86),
        Dots = true,
        Seed = 73,
    };

    /// <summary>All of them. Each call gives new objects; a clip is used by one caller at a time.</summary>
    public static IReadOnlyList<SampleClip> All => [Dancer()];

    /// <summary>640 x 360, 25 frames a second, six seconds: a hall, a cut, a terrace.</summary>
    public static SampleClip Dancer() => Dancer(75);

    /// <summary>The same two shots, each cut off after its first <paramref name="frames"/> frames.</summary>
    internal static SampleClip Dancer(int frames) => new("dancer", 640, 360, new Rational(25), 20261,
    [
        new SampleShot(0, frames, new Ballroom(), [Flamenco], 25.6, 640, 130, 352, 1.06),
        new SampleShot(frames, frames, new Terrace(), [Night, Emerald], -23.2, 580, 450, 351, 1.03),
    ]);
}
