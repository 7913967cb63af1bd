namespace VideoMatte.Tests.Temporal;

/// <summary>A stretch of a spliced clip in which something else than a hard cut happens.</summary>
/// <param name="From">First frame that differs from the shot before.</param>
/// <param name="To">First frame that is whole again.</param>
/// <param name="Kind"><c>dissolve</c>, <c>fade</c>, <c>flash</c>, <c>pan</c>, <c>whip</c>, <c>jump</c>.</param>
internal sealed record Passage(int From, int To, string Kind)
{
    public bool Has(long frame, int slack = 0) => frame >= From - slack && frame <= To + slack;
}
