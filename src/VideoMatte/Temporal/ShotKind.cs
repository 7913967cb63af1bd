namespace VideoMatte.Temporal;

/// <summary>Why a shot begins.</summary>
public enum ShotKind
{
    /// <summary>The first frame.</summary>
    Start,

    /// <summary>A hard cut was seen.</summary>
    Cut,

    /// <summary>A dissolve ends here: the first frame that holds the new shot alone.</summary>
    Dissolve,

    /// <summary>A picture comes out of black, or of another blank.</summary>
    Fade,

    /// <summary>A list says so.</summary>
    List,
}
