using Xunit;

namespace VideoMatte.Tests;

/// <summary>Tests that count what the whole process does: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
