namespace VideoMatte.Models;

/// <summary>Where the alpha stands in what a still network gives.</summary>
/// <param name="Name">The graph's output tensor.</param>
/// <param name="Layout"><c>nchw</c> or <c>nhwc</c>.</param>
/// <param name="Channel">The person's channel, from 0.</param>
/// <param name="Activation"><c>none</c> (0..1 already), <c>sigmoid</c> or <c>softmax</c> over the channels.</param>
public sealed record ModelOutput(string Name, string Layout, int Channel, string Activation);
