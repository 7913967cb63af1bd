using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Inference.Graphs;
using VideoMatte.Models;
using VideoMatte.Testing;
using VideoMatte.Tests.Matting.Prompt;
using VideoMatte.Tests.Matting.Solver;
using VideoMatte.Tests.Matting.Still;
using VideoMatte.Tests.Models;
using Xunit;

namespace VideoMatte.Tests.Inference;

/// <summary>What a graph tells of itself, and what shows when one picture goes through it as its entry says.</summary>
public sealed class NetworkTrialTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<bool, string, bool> Trimaps { get; } = new()
    {
        { true, "nchw", true }, { true, "nhwc", false }, { false, "nchw", false }, { false, "nhwc", true },
    };

    [Theory]
    [MemberData(nameof(Trimaps))]
    public void Detect_EitherContract_NamesAndMeasuresTheTensors(bool joined, string layout, bool anySize)
    {
        byte[] graph = new TinyTrimap(joined, layout, anySize ? ("h", "w") : ("24", "40")).Build();
        foreach (string place in (string[])["auto", joined ? "channel" : "trimap"])
        {
            (ModelFile file, ModelEntry entry) = Trimap(graph);
            entry = TrimapContract.Detect(file, entry, place);
            Assert.Equal(("picture", layout, joined ? null : "trimap"), (entry.Input!.Name, entry.Input.Layout, entry.Input.Trimap!.Name));
            Assert.Equal(anySize ? (512, 512, 32) : (40, 24, 0), (entry.Input.Width, entry.Input.Height, entry.Input.Multiple));
            Assert.Equal(new ModelOutput(layout, 0, "none", "alpha"), entry.Output);
            NetworkTrial.Run(file, entry);
        }
    }

    [Theory]
    [InlineData("channel", false)]
    [InlineData("trimap", true)]
    [InlineData("picture", false)]
    [InlineData("nothing", false)]
    public void Detect_WhatTheGraphHasNot_IsRefused(string place, bool joined)
    {
        (ModelFile file, ModelEntry entry) = Trimap(new TinyTrimap(joined, "nchw", ("h", "w")).Build());
        MatteException error = Assert.Throws<MatteException>(() => TrimapContract.Detect(file, entry, place));
        Assert.Equal("model-contract", error.Code);
        Assert.Contains(joined ? "picture [1, 4, ?, ?]" : "trimap [1, 1, ?, ?]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_AGraphOfAnotherKind_IsRefused()
    {
        (ModelFile file, ModelEntry entry) = Trimap(new TinyStill().Build());
        Assert.Equal("model-contract", Assert.Throws<MatteException>(() => TrimapContract.Detect(file, entry, "auto")).Code);
    }

    [Fact]
    public void Run_EveryFamilyThatFits_SaysNothing()
    {
        TinyStill still = new() { Layout = "nhwc" };
        Run(still.Build(), new ModelEntry("x", "x", ModelFamily.Still, "x.onnx", "MIT", CommercialUse.Yes, "x", "x", "x", Input: still.Input, Output: still.Output));
        Run(File.ReadAllBytes(Path.Combine(SharedData.RepositoryRoot, "models", "plate.onnx")), ShippedCatalogue.Load().Find("plate")!);
        File.WriteAllBytes(_folder["decoder.onnx"], new TinyPrompt().Decoder());
        ModelEntry prompt = new("x", "x", ModelFamily.Prompt, "x.onnx", "MIT", CommercialUse.Yes, "x", "x", "x", Input: TinyPrompt.Input, Decoder: Part("decoder.onnx"));
        Run(TinyPrompt.Encoder(), prompt);
        File.WriteAllBytes(_folder["decoder.onnx"], new TinyPrompt { Points = "points" }.Decoder());
        Assert.Equal("model-contract", Assert.Throws<MatteException>(() => Run(TinyPrompt.Encoder(), prompt with { Decoder = Part("decoder.onnx") })).Code);
    }

    /// <summary>What its declared tensors do not show, the run does: a channel that is not there, an entry of another family.</summary>
    [Fact]
    public void Run_WhatDoesNotFit_IsRefused()
    {
        TinyStill still = new();
        ModelEntry entry = new("x", "x", ModelFamily.Still, "x.onnx", "MIT", CommercialUse.Yes, "x", "x", "x", Input: still.Input, Output: still.Output with { Channel = 1 });
        Assert.Contains("no channel 1", Assert.Throws<MatteException>(() => Run(still.Build(), entry)).Message, StringComparison.Ordinal);
        Assert.Equal("model-contract", Assert.Throws<MatteException>(() => Run(still.Build(), ShippedCatalogue.Load().Find("rvm-mobilenetv3")!)).Code);
        GraphBuilder whole = new();
        GraphValue picture = whole.Input("picture", "1", "4", "h", "w");
        whole.Output("alpha", GraphElementType.Int64, picture.Part(1, 0, 1).Cast(GraphElementType.Int64), "1", "1", "h", "w");
        (ModelFile file, ModelEntry trimap) = Trimap(whole.ToModel("whole", "numbers that are no alpha"));
        Assert.Contains("float", Assert.Throws<MatteException>(() => TrimapContract.Detect(file, trimap, "auto")).Message, StringComparison.Ordinal);
    }

    private (ModelFile File, ModelEntry Entry) Trimap(byte[] graph)
    {
        File.WriteAllBytes(_folder["tri.onnx"], graph);
        ModelEntry entry = ModelAddition.MakeTrimap(new ModelStore(ShippedCatalogue.Load(), new ModelFolders([], null, _folder["none"])), _folder["tri.onnx"], null, null, "MIT");
        return (ModelStore.Open(entry, _folder["tri.onnx"]), entry);
    }

    private void Run(byte[] graph, ModelEntry entry)
    {
        File.WriteAllBytes(_folder["x.onnx"], graph);
        NetworkTrial.Run(ModelStore.Open(entry with { Sha256 = PartedFolder.Hash(graph), Bytes = graph.Length }, _folder["x.onnx"]), entry);
    }

    private ModelPart Part(string name)
    {
        byte[] bytes = File.ReadAllBytes(_folder[name]);
        return new ModelPart(name, PartedFolder.Hash(bytes), bytes.Length);
    }
}
