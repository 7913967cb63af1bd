namespace VideoMatte.Pipelines;

/// <summary>What a full queue does with the next item.</summary>
public enum DeliveryPolicy
{
    /// <summary>The writer waits: nothing is lost, a slow reader holds the source back. For files.</summary>
    Wait,

    /// <summary>The oldest item is disposed and counted as dropped; the writer never waits. For live pictures.</summary>
    LatestWins,
}
