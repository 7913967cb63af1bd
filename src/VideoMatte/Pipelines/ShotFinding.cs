using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Temporal;

namespace VideoMatte.Pipelines;

/// <summary>Who says where shots begin, and how a result names it.</summary>
internal static class ShotFinding
{
    /// <summary>By a list where one is given, else by looking; null: nobody says.</summary>
    /// <param name="prepared">The job.</param>
    /// <param name="reader">Of the source, opened: it knows where a part begins.</param>
    public static IShotStage? Stage(PreparedJob prepared, MediaReader reader)
    {
        if (prepared.ShotMarks is { } marks)
            return new ShotListStage(marks, reader.Origin - reader.Begin, prepared.Reading.KeepsIndices ? null : prepared.Source.Video.AverageRate);
        return prepared.DetectsShots ? new ShotStage() : null;
    }

    /// <summary>Marks of a list that lie behind the whole clip.</summary>
    public static IEnumerable<MatteWarning> Notice(PreparedJob prepared, IShotStage? stage)
    {
        if (stage is ShotListStage { Unused: > 0 and int unused } && prepared.Reading.Options.Selection is null)
            yield return new MatteWarning("shots-beyond", FormattableString.Invariant(
                $"{unused} of the {prepared.ShotMarks!.Count} shots in {prepared.Job.ShotList} would begin after the clip's last frame: is it the list of this clip?"));
    }

    /// <summary>The pipeline's shots with why each begins.</summary>
    public static IReadOnlyList<PipelineShot> Named(IReadOnlyList<PipelineShot> shots, IShotStage? stage)
    {
        if (stage is null)
            return shots;
        Dictionary<long, ShotKind> kinds = stage.Shots.ToDictionary(s => s.Start.Index, s => s.Kind);
        return [.. shots.Select(s => kinds.TryGetValue(s.Start, out ShotKind kind) ? s with { Kind = Name(kind) } : s)];
    }

    private static string Name(ShotKind kind) => kind switch
    {
        ShotKind.Start => PipelineShot.First,
        ShotKind.Dissolve => PipelineShot.Dissolve,
        ShotKind.Fade => PipelineShot.Fade,
        ShotKind.List => PipelineShot.List,
        _ => PipelineShot.Cut,
    };
}
