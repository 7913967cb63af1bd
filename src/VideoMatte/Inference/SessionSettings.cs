namespace VideoMatte.Inference;

/// <summary>How a network is run.</summary>
/// <param name="Provider">Where.</param>
/// <param name="Threads">Of the CPU's operators; 0: one a core.</param>
public sealed record SessionSettings(ProviderKind Provider = ProviderKind.Cpu, int Threads = 0);
