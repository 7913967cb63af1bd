namespace VideoMatte.Tests.Layering.Planted.Models;

/// <summary>Uses a room before it: right. Starts a process: not its business.</summary>
internal static class RightUse
{
    public static int Width(Media.Probed probed) => probed.Width + new System.Diagnostics.ProcessStartInfo().Arguments.Length;
}
