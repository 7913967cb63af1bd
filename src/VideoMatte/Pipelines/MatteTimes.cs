using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>How the clock of a side file is laid on the source's.</summary>
/// <param name="SourceStart">When the source's first frame is shown, as announced; null: when the first frame asked for is.</param>
/// <param name="SideStart">When the side file's first frame is shown, as announced; null: when the first one read is.</param>
internal readonly record struct MatteTimes(Rational? SourceStart, Rational? SideStart)
{
    /// <summary>A container rounds a time to its own ticks, a millisecond in Matroska.</summary>
    private static readonly Rational Rounding = new(1, 1000);

    /// <summary>How far apart two times may lie and still be the same: an eighth of a frame, and where frames are so short that rounding
    /// exceeds that, a millisecond or a third of a frame.</summary>
    public static Rational Tolerance(Rational duration) =>
        Later(duration / new Rational(8), Earlier(Rounding, duration <= Rational.Zero ? Rounding : duration / new Rational(3)));

    private static Rational Earlier(Rational a, Rational b) => a < b ? a : b;

    private static Rational Later(Rational a, Rational b) => a > b ? a : b;
}
