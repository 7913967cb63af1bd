using VideoMatte.Pipelines;
using Xunit;

namespace VideoMatte.Tests.Layering;

/// <summary>The house's order, held on the compiled assembly; planted types show that each rule can fail.</summary>
public sealed class LayeringTests
{
    private const string Planted = "VideoMatte.Tests.Layering.Planted";

    private static readonly IReadOnlyCollection<TypeUse> Library = AssemblyUses.Of(typeof(MattingJob).Assembly.Location);
    private static readonly IReadOnlyCollection<TypeUse> Tests = AssemblyUses.Of(typeof(LayeringTests).Assembly.Location);

    [Fact]
    public void A_room_uses_only_rooms_before_it() => Assert.Empty(RoomRules.Broken(Library, "VideoMatte"));

    [Fact]
    public void Every_room_is_seen_by_the_check()
    {
        string[] seen = [.. Library.Select(u => u.From.Namespace).Where(n => n.StartsWith("VideoMatte.", StringComparison.Ordinal))
            .Select(n => n.Split('.')[1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Assert.Equal(RoomRules.Order.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public void Planted_breaches_are_found_in_bodies_fields_and_sideways()
    {
        string[] broken = [.. RoomRules.Broken(Tests, Planted).Select(u => u.From.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Assert.Equal(["BodyUse", "SidewaysUse", "SignatureUse"], broken);
    }

    [Fact]
    public void Only_Media_knows_child_processes()
    {
        Func<TypeName, bool> media = t => t.IsIn("VideoMatte.Media");
        Assert.Empty(RoomRules.Foreign(Library, "System.Diagnostics.ProcessStartInfo", media));
        Assert.Empty(RoomRules.Foreign(Library, "System.Diagnostics.Process", media));
        Assert.NotEmpty(RoomRules.Foreign(Library, "System.Diagnostics.ProcessStartInfo", _ => false));
        TypeUse planted = Assert.Single(RoomRules.Foreign(Tests, "System.Diagnostics.ProcessStartInfo", t => !t.IsIn(Planted)));
        Assert.Equal("RightUse", planted.From.Name);
    }

    [Fact]
    public void Only_Inference_knows_ONNX_Runtime()
    {
        Assert.Empty(RoomRules.Foreign(Library, "Microsoft.ML.OnnxRuntime", t => t.IsIn("VideoMatte.Inference")));
        Assert.NotEmpty(RoomRules.Foreign(Library, "Microsoft.ML.OnnxRuntime", _ => false));
    }

    [Fact]
    public void Only_the_frame_queue_touches_channels()
    {
        Assert.Empty(RoomRules.Foreign(Library, "System.Threading.Channels", t => t is { Namespace: "VideoMatte.Pipelines", Name: "FrameQueue`1" }));
        Assert.NotEmpty(RoomRules.Foreign(Library, "System.Threading.Channels", _ => false));
    }
}
