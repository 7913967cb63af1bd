namespace VideoMatte.Models;

/// <summary>How a trimap network gets its trimap.</summary>
/// <param name="Scale">Factor from the trimap's 0 (outside), 128 (open), 255 (inside); not 0.</param>
/// <param name="Name">The graph's input tensor of one channel; null: it is the fourth channel of the picture.</param>
public sealed record ModelTrimap(double Scale, string? Name = null);
