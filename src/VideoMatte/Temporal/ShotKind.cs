namespace VideoMatte.Temporal;

/// <summary>Why a shot begins.</summary>
public enum ShotKind
{
    /// <summary>The first frame.</summary>
    Start,

    /// <summary>A hard cut was seen.</summary>
    Cut,
}
