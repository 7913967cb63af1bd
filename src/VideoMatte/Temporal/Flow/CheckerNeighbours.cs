namespace VideoMatte.Temporal.Flow;

/// <summary>What lies around a row of one colour: rows of the other one, borrowed.</summary>
internal readonly ref struct CheckerNeighbours(
    ReadOnlySpan<float> systemBeside, ReadOnlySpan<float> systemAbove, ReadOnlySpan<float> flowBeside, ReadOnlySpan<float> flowAbove,
    ReadOnlySpan<float> flowBelow)
{
    /// <summary>The system in the same line.</summary>
    public ReadOnlySpan<float> SystemBeside { get; } = systemBeside;

    /// <summary>The system in the line above.</summary>
    public ReadOnlySpan<float> SystemAbove { get; } = systemAbove;

    /// <summary>The flow in the same line.</summary>
    public ReadOnlySpan<float> FlowBeside { get; } = flowBeside;

    /// <summary>The flow in the line above.</summary>
    public ReadOnlySpan<float> FlowAbove { get; } = flowAbove;

    /// <summary>The flow in the line below.</summary>
    public ReadOnlySpan<float> FlowBelow { get; } = flowBelow;
}
