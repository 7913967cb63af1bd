namespace VideoMatte.Pipelines;

/// <summary>How a line is run.</summary>
public sealed record PipelineOptions
{
    public const int DefaultQueueCapacity = 2;
    public const int MaxQueueCapacity = 64;

    /// <summary>Frames buffered before each stage, 1 to <see cref="MaxQueueCapacity"/>. Two keep neighbours busy through uneven frames;
    /// more costs memory and gains nothing once one stage is the slowest.</summary>
    public int QueueCapacity { get; init; } = DefaultQueueCapacity;

    /// <summary>Frames the container announces, for the progress; null where it does not say. Never trusted for more.</summary>
    public long? TotalFrames { get; init; }

    /// <summary>Pictures a frame may own besides its source: 0, 1 (foreground or rendered) or 2 (both). For the memory bound.</summary>
    public int ExtraPictures { get; init; } = 2;

    /// <summary>Bytes that are needed beside the line's frames: the network's, a background's. Default: 0.</summary>
    public long OtherBytes { get; init; }

    /// <summary>Most bytes all may need; null: <see cref="MachineMemory.Share"/> of the machine's.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueCapacity, MaxQueueCapacity);
        ArgumentOutOfRangeException.ThrowIfNegative(ExtraPictures);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ExtraPictures, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(TotalFrames ?? 0, nameof(TotalFrames));
        ArgumentOutOfRangeException.ThrowIfNegative(OtherBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(MemoryLimitBytes ?? 0, nameof(MemoryLimitBytes));
    }
}
