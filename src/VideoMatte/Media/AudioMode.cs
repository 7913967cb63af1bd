namespace VideoMatte.Media;

/// <summary>What becomes of the source's sound.</summary>
public enum AudioMode
{
    /// <summary>Copied where the container holds it, else encoded with a warning.</summary>
    Auto,

    /// <summary>The same, but what cannot be copied makes the result "not as asked".</summary>
    Copy,

    /// <summary>Left out without a word.</summary>
    None,
}
