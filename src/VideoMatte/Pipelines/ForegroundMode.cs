namespace VideoMatte.Pipelines;

/// <summary>Where the colour of the unknown band comes from.</summary>
public enum ForegroundMode
{
    /// <summary>From the model where it gives one, else estimated.</summary>
    Auto,

    /// <summary>The whole picture is shipped as it is.</summary>
    Source,

    /// <summary>From the model.</summary>
    Model,

    /// <summary>Solved from picture and matte.</summary>
    Estimate,
}
