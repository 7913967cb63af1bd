using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Models;
using VideoMatte.Testing;
using VideoMatte.Tests.Matting.Prompt;
using Xunit;

namespace VideoMatte.Tests.Inference;

/// <summary>Graphs with external data as ONNX Runtime itself writes them, and its own reading of them as the measure of ours.</summary>
public sealed class ForeignExternalDataTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedTheory]
    [InlineData("selfie_segmentation.onnx", "mediapipe-selfie")]
    [InlineData("SINet_Softmax_simple.onnx", "sinet")]
    [InlineData("prisma_nchw.onnx", "prisma")]
    public void A_real_network_gives_what_the_runtime_gives_that_reads_the_files_itself(string model, string like)
    {
        string path = Externalise(File.ReadAllBytes(SharedData.Models(model)), "net.onnx", "net.onnx.data", leastBytes: 1024);
        Assert.True(new FileInfo(_folder["net.onnx.data"]).Length > 100_000);
        ModelStore store = Store();
        UserEntries.Pin(ModelAddition.Make(store, path, store.Require(like), null, null), path);
        ModelFile file = Store().Resolve("net", cleanPlateGiven: false);
        Assert.Equal("net.onnx.data", Assert.Single(file.Entry!.ExternalData!).File);
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, IntraOpNumThreads = 1 };
        using InferenceSession own = new(path, options), ours = new(file.Graph, options);
        // One network, one thread: the same bits.
        Assert.Equal(Run(own), Run(ours));
    }

    [Fact]
    public void A_prompt_network_may_keep_the_weights_of_both_graphs_outside()
    {
        string encoder = Externalise(TinyPrompt.Encoder(), "sam.onnx", "sam.encoder.weights", leastBytes: 1);
        string decoder = Externalise(new TinyPrompt().Decoder(), "sam.decoder.onnx", "sam.decoder.weights", leastBytes: 1);
        ModelEntry entry = ModelAddition.MakePrompt(Store(), encoder, decoder, null, null, "MIT");
        Assert.Equal(["sam.encoder.weights", "sam.decoder.weights"], entry.ExternalData!.Select(p => p.File));
        UserEntries.Pin(entry, encoder);
        ModelFile file = Store().Resolve("sam", cleanPlateGiven: false);
        using (SessionOptions options = new() { IntraOpNumThreads = 1 })
        using (InferenceSession inside = new(TinyPrompt.Encoder(), options), ours = new(file.Graph, options))
            Assert.Equal(Run(inside), Run(ours));
        PromptSession.Open(file.Graph, file.DecoderGraph, "sam", TinyPrompt.Input, new SessionSettings()).Dispose();
        File.AppendAllText(_folder["sam.decoder.weights"], "x");
        Assert.Equal("model-hash", Assert.Throws<MatteException>(() => Store().Resolve("sam", cleanPlateGiven: false)).Code);
    }

    private static float[] Run(InferenceSession session)
    {
        (string name, NodeMetadata node) = session.InputMetadata.Single();
        long[] shape = [.. node.Dimensions.Select(d => (long)Math.Max(d, 1))];
        float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, d) => product * d)).Select(i => i * 31 % 257 / 257f)];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [name], [input], [.. session.OutputMetadata.Keys]);
        return [.. outputs.SelectMany(o => o.GetTensorDataAsSpan<float>().ToArray())];
    }

    /// <summary>Has ONNX Runtime write a graph with its weights in a file beside it, otherwise as it is.</summary>
    /// <param name="leastBytes">Smaller tensors stay inside. Those that say shapes must, where ONNX Runtime is to read them itself.</param>
    private string Externalise(byte[] model, string name, string weights, int leastBytes)
    {
        using SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            OptimizedModelFilePath = _folder[name],
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.optimized_model_external_initializers_file_name", weights);
        options.AddSessionConfigEntry("session.optimized_model_external_initializers_min_size_in_bytes", leastBytes.ToString(CultureInfo.InvariantCulture));
        using InferenceSession session = new(model, options);
        return _folder[name];
    }

    private ModelStore Store()
    {
        using FileStream catalogue = File.OpenRead(Path.Combine(SharedData.RepositoryRoot, "models", "catalog.json"));
        return new ModelStore(ModelCatalogue.Load(catalogue), new ModelFolders([_folder.Path], null, _folder["built-in"]));
    }
}
