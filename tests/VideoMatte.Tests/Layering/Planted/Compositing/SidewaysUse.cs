namespace VideoMatte.Tests.Layering.Planted.Compositing;

/// <summary>Uses a room before it that is not Frames: allowed to others, not to this one.</summary>
internal static class SidewaysUse
{
    public static bool Known(object thing) => thing is Media.Probed;
}
