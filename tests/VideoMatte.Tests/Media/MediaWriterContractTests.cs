using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;

namespace VideoMatte.Tests.Media;

/// <summary>The writer's contract, once with one output and once with three.</summary>
public abstract class MediaWriterContractTests : FrameWriterContract, IDisposable
{
    private readonly WriterBench _bench = new();

    protected override FrameFormat Format { get; } = new(96, 54, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);

    protected abstract string[] Names { get; }

    private protected WriterBench Bench => _bench;

    public void Dispose()
    {
        _bench.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task<IFrameWriter> OpenAsync(IFramePool pool) =>
        await _bench.OpenAsync(Format, new Rational(1, 25), [.. Names.Select(_bench.Output)]);

    protected override bool OutputExists(IFrameWriter writer) => Names.Any(n => File.Exists(_bench.PathOf(n)));

    protected override bool LeftoversExist(IFrameWriter writer) => _bench.Leftovers(Names).Any();

    /// <summary>Lossless, alone.</summary>
    public sealed class OneOutput : MediaWriterContractTests
    {
        protected override string[] Names => ["one.mkv"];
    }

    /// <summary>Three encoders fed from each frame.</summary>
    public sealed class ThreeOutputs : MediaWriterContractTests
    {
        protected override string[] Names => ["one.mkv", "two.mov", "three.webm"];
    }

    /// <summary>Pictures without an encoder's process.</summary>
    public sealed class ExrSequence : MediaWriterContractTests
    {
        protected override string[] Names => ["f.####.exr"];

        protected override bool OutputExists(IFrameWriter writer) => Bench.Leftovers().Any(IsFinal);

        protected override bool LeftoversExist(IFrameWriter writer) => Bench.Leftovers().Any(n => !IsFinal(n));

        private static bool IsFinal(string name) => name.StartsWith("f.1", StringComparison.Ordinal);
    }
}
