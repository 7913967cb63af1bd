namespace VideoMatte.Media.Pipes;

/// <summary>Where <c>-</c> reads and writes.</summary>
/// <param name="Input">Standard input; null: it is a terminal.</param>
/// <param name="Output">Standard output; null: it is a terminal.</param>
public sealed record StandardStreams(Stream? Input, Stream? Output)
{
    /// <summary>The name by which an input or output is one of these.</summary>
    public const string Name = "-";

    /// <summary>Neither is to be had.</summary>
    public static StandardStreams None { get; } = new(null, null);
}
