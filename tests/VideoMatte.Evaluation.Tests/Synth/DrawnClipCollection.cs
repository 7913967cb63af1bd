using Xunit;

namespace VideoMatte.Evaluation.Tests.Synth;

[CollectionDefinition(Name)]
public sealed class DrawnClipCollection : ICollectionFixture<DrawnClip>
{
    public const string Name = "drawn sample clip";
}
