using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>Which moments of a clip a preview shows.</summary>
internal static class PreviewTimes
{
    /// <summary>A stretch of the clip, seconds on the source's own clock.</summary>
    public readonly record struct Stretch(Rational Start, Rational End)
    {
        public Rational Length => End - Start;
    }

    /// <summary>Spreads <paramref name="count"/> moments over the stretches: the longest ones get one each while there are any to give, what
    /// is left goes where the moments would lie farthest apart. Inside a stretch they lie at the middles of equal parts.</summary>
    /// <returns>Each moment with its stretch, in order of time.</returns>
    public static IReadOnlyList<(Stretch In, Rational At)> Spread(IReadOnlyList<Stretch> stretches, int count)
    {
        int[] given = new int[stretches.Count];
        for (int i = 0; i < count; i++)
        {
            int next = Enumerable.Range(0, stretches.Count)
                .MaxBy(s => stretches[s].Length.ToDouble() / (given[s] == 0 ? 1e-6 : given[s] + 1.0));
            given[next]++;
        }

        var moments = new List<(Stretch, Rational)>();
        for (int s = 0; s < stretches.Count; s++)
            for (int i = 0; i < given[s]; i++)
                moments.Add((stretches[s], stretches[s].Start + (stretches[s].Length * new Rational((2L * i) + 1, 2L * given[s]))));
        return moments;
    }
}
