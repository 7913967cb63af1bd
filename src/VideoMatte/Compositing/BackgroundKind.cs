namespace VideoMatte.Compositing;

/// <summary>What is laid behind the subject.</summary>
public enum BackgroundKind
{
    /// <summary>Nothing: the cutout keeps its alpha.</summary>
    None,

    /// <summary>One colour.</summary>
    Colour,

    /// <summary>The source's own room, blurred.</summary>
    Blur,

    /// <summary>A picture or a clip.</summary>
    File,
}
