using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>The source of a run: its reader, the reader that conforms it where a rate is asked for, and how the outputs' times follow.</summary>
/// <param name="Reader">What the pipeline reads; it takes it over.</param>
/// <param name="Decoder">The reader at its ground.</param>
/// <param name="Conforming">Null: the source's own times.</param>
/// <param name="Timing">For every output.</param>
internal sealed record OpenedSource(IFrameReader Reader, MediaReader Decoder, ConformingReader? Conforming, OutputTiming Timing)
{
    public static async Task<OpenedSource> OpenAsync(PreparedJob prepared, IFramePool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        SourceReading reading = prepared.Reading;
        MediaReader decoder = await MediaReader.OpenAsync(
            prepared.Tools, prepared.Source, reading.Options, pool, time, cancellationToken).ConfigureAwait(false);
        IFrameReader reader = decoder;
        try
        {
            OutputTiming timing = await TimingAsync(prepared, decoder, time, cancellationToken).ConfigureAwait(false);
            ConformingReader? conforming = reading.Rate is { } rate
                ? await ConformingReader.OpenAsync(decoder, rate, cancellationToken).ConfigureAwait(false)
                : null;
            return new OpenedSource(reader = conforming ?? reader, decoder, conforming, timing);
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What was noticed of times once all frames are read.</summary>
    public IEnumerable<MatteWarning> Notice(PreparedJob prepared)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        FrameIntervals intervals = Decoder.Intervals;
        if (Conforming is { FramesDropped: > 0 } or { FramesRepeated: > 0 })
            yield return new("conformed", string.Create(
                culture, $"Picture and alpha were conformed to {Conforming.Rate} frames a second: {Conforming.FramesRepeated} frames are repeated, {Conforming.FramesDropped} left out."));
        if (Conforming is null && intervals.IsVariable && prepared.Outputs.FirstOrDefault(o => o.Preset.Container == MediaContainer.Mov) is { } output)
            yield return new("vfr", string.Create(
                culture,
                $"The source's frame rate varies (frames are {Milliseconds(intervals.Shortest)} to {Milliseconds(intervals.Longest)} ms apart) and {output.Path} keeps its times, which many editors do not: for a constant rate run: {CommandHint.With(prepared.Job, "--rate", SuggestedRate(intervals))}"));
    }

    private static string SuggestedRate(FrameIntervals intervals) => intervals.Mean is { } mean && FrameRates.Standard.Contains(FrameRates.Snap(Rational.One / mean))
        ? FrameRates.Snap(Rational.One / mean).ToString()
        : "source-average";

    private static string Milliseconds(Rational? interval) =>
        ((interval ?? Rational.Zero).ToDouble() * 1000).ToString("0.##", CultureInfo.InvariantCulture);

    private static async Task<OutputTiming> TimingAsync(PreparedJob prepared, MediaReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        MediaInfo source = prepared.Source;
        FrameSelection? selection = prepared.Reading.Options.Selection;
        OutputTiming timing = OutputTiming.Source with { Rate = prepared.Reading.Rate };
        if (selection is not null)
            timing = timing with { Origin = reader.Origin, IsCut = true, End = await EndAsync(prepared, reader, selection, time, cancellationToken).ConfigureAwait(false) };
        // A source's own track is copied where nothing was cut or conformed.
        if (SourceTimecode.Find(source) is not { } begin || SourceTimecode.Rate(source) is not { } rate
            || (selection is null && prepared.Reading.Rate is null && SourceTimecode.HasTrack(source)))
            return timing;
        Timecode first = selection is null ? begin : begin.Later(((reader.Origin - reader.Begin) * rate).ToTicks(Rational.One));
        return prepared.Reading.Rate is { } conformed
            ? timing with { Timecode = first.AtRate(conformed), TimecodeRate = conformed }
            : timing with { Timecode = first, TimecodeRate = rate };
    }

    private static async Task<Rational?> EndAsync(
        PreparedJob prepared, MediaReader reader, FrameSelection selection, TimeProvider time, CancellationToken cancellationToken)
    {
        MediaInfo source = prepared.Source;
        Rational? end = selection.End is { } asked ? reader.Begin + asked - reader.Origin : null;
        bool hasSides = source.Audio.Count + source.Subtitles.Count + source.Chapters.Count > 0;
        if (selection.Frames is not { } frames || !hasSides)
            return end;
        Rational? after = await FrameAfter.FindAsync(prepared.Tools, source, reader.Origin, frames, time, cancellationToken).ConfigureAwait(false);
        Rational? counted = after - reader.Origin;
        return counted is null || end < counted ? end : counted;
    }
}
