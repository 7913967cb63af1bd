namespace VideoMatte.Tests.Layering.Planted.Media;

internal sealed record Probed(int Width);
