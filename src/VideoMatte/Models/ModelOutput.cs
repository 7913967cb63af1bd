namespace VideoMatte.Models;

/// <summary>Where the alpha stands in what a still network gives.</summary>
/// <param name="Layout"><c>nchw</c> or <c>nhwc</c>.</param>
/// <param name="Channel">The subject's channel, from 0.</param>
/// <param name="Activation"><c>none</c> (0..1 already), <c>sigmoid</c> or <c>softmax</c> over the channels.</param>
/// <param name="Name">The graph's output tensor; null: its first.</param>
public sealed record ModelOutput(string Layout, int Channel, string Activation, string? Name = null);
