using VideoMatte.Inference.Graphs;

namespace VideoMatte.Tests.Matting.Solver;

/// <summary>A trimap network small enough to know its answers: alpha = red where the trimap it was fed is open, else (nearly) 0.</summary>
/// <param name="Joined">The trimap is the picture's fourth channel; false: an input of its own.</param>
/// <param name="Layout"><c>nchw</c> or <c>nhwc</c>.</param>
/// <param name="Sides">Height and width as declared: numbers, or symbols for any size.</param>
internal sealed record TinyTrimap(bool Joined, string Layout, (string Height, string Width) Sides)
{
    public byte[] Build()
    {
        GraphBuilder graph = new();
        bool last = Layout == "nhwc";
        int axis = last ? 3 : 1;
        // The trimap comes first: an order of inputs means nothing.
        GraphValue? apart = Joined ? null : graph.Input("trimap", GraphElementType.Float, Shape("1"));
        GraphValue picture = graph.Input("picture", GraphElementType.Float, Shape(Joined ? "4" : "3"));
        GraphValue trimap = apart ?? picture.Part(axis, 3, 4);
        // 0, 1, 255/128: t (2 - t) is 0 outside, 1 where open, and all but 0 inside.
        GraphValue alpha = picture.Part(axis, 0, 1) * (trimap * ((trimap * -1f) + 2f));
        graph.Output("alpha", GraphElementType.Float, alpha, Shape("1"));
        return graph.ToModel("trimap", "a test's network");

        string[] Shape(string channels) => last ? ["1", Sides.Height, Sides.Width, channels] : ["1", channels, Sides.Height, Sides.Width];
    }
}
