namespace VideoMatte.Media.Stills;

/// <summary>What a user must know of a picture's colours before it is written.</summary>
public static class StillNotices
{
    /// <param name="source">Probed.</param>
    /// <param name="outputs">Of the job.</param>
    public static IEnumerable<Frames.MatteWarning> Of(MediaInfo source, IReadOnlyList<OutputSpec> outputs)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(outputs);
        if (source.Sequence is { RateIsAssumed: true })
            yield return new("sequence-rate-assumed", "The pictures do not say how fast they are shown: 25 a second is taken; --rate names another.");
        if (source.Still is not { } still)
            yield break;
        if (still.IsCut)
            yield return new("source-truncated", $"{source.Path} ends before its picture does: the rest is empty.", NotAsAsked: true);
        if (still.Kind == "EXR")
            yield return new(
                "exr-display", "EXR holds light, the planes here hold codes: it is read by the sRGB curve to 16 bits, and what is brighter than 1 is clipped.");
        if (still.IsCmyk)
            yield return new("cmyk-converted", "The picture is CMYK: it was made RGB without its profile, so that its colours are near, not right.");
        if (still.ProfileProblem is { } problem)
            yield return new("icc-profile-unusable", $"The ICC profile of {source.Path} is left out: {problem}.");
        foreach (OutputSpec output in outputs)
            if (still.Profile is not null && !output.MatteOnly && IccProfile.KeptBy(output, source) is null)
                yield return new(
                    "icc-profile-dropped", output.Composite
                        ? $"The source's ICC profile does not go into {output.Path}: a composite has colours of two sources."
                        : $"The source's ICC profile does not go into {output.Path}: colours are written as if it were sRGB; a .png or .tif of an RGB source keeps it.");
    }
}
