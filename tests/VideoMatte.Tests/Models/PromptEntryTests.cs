using System.Text;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using VideoMatte.Tests.Matting.Prompt;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>A prompt network of two files as an entry of the user's own.</summary>
public sealed class PromptEntryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public PromptEntryTests()
    {
        File.WriteAllBytes(_folder["sam.encoder.onnx"], TinyPrompt.Encoder());
        File.WriteAllBytes(_folder["sam.decoder.onnx"], new TinyPrompt().Decoder());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MakePrompt_OfTwoFiles_IsFoundByItsIdWithBoth()
    {
        ModelEntry entry = Add();
        Assert.Equal(("sam.encoder", ModelFamily.Prompt, 1024, "sam.decoder.onnx"), (entry.Id, entry.Family, entry.Input!.Width, entry.Decoder!.File));
        ModelFile file = Store().Resolve("sam.encoder", cleanPlateGiven: false);
        Assert.Equal(File.ReadAllBytes(_folder["sam.decoder.onnx"]), file.Decoder.ToArray());
        Assert.Equal(File.ReadAllBytes(_folder["sam.encoder.onnx"]), file.Bytes.ToArray());
        Assert.Equal(file.Decoder.ToArray(), Store().Resolve(_folder["sam.encoder.onnx"], cleanPlateGiven: false).Decoder.ToArray());
    }

    [Fact]
    public void Resolve_ADecoderThatChanged_IsRefused()
    {
        Add();
        File.WriteAllBytes(_folder["sam.decoder.onnx"], new TinyPrompt { TakesMasks = false }.Decoder());
        Assert.Equal("model-hash", Assert.Throws<MatteException>(() => Store().Resolve("sam.encoder", cleanPlateGiven: false)).Code);
    }

    [Fact]
    public void Resolve_WithoutTheDecoder_IsNotInstalled()
    {
        Add();
        File.Delete(_folder["sam.decoder.onnx"]);
        Assert.Null(Store().Find(Store().Require("sam.encoder")));
        Assert.Equal("model-missing", Assert.Throws<MatteException>(() => Store().Resolve("sam.encoder", cleanPlateGiven: false)).Code);
    }

    [Theory]
    [InlineData("nowhere.onnx")]
    [InlineData("sam.encoder.onnx.model.json")]
    public void MakePrompt_OfNoDecoder_IsRefused(string decoder) => Assert.Equal(
        "model-decoder", Assert.Throws<MatteException>(() => ModelAddition.MakePrompt(Store(), _folder["sam.encoder.onnx"], _folder[decoder], null, null, null)).Code);

    private ModelEntry Add()
    {
        ModelEntry entry = ModelAddition.MakePrompt(Store(), _folder["sam.encoder.onnx"], _folder["sam.decoder.onnx"], null, null, "MIT");
        UserEntries.Pin(entry, _folder["sam.encoder.onnx"]);
        return entry;
    }

    private ModelStore Store()
    {
        string catalogue = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "models", "catalog.json"));
        return new ModelStore(ModelCatalogue.Load(new MemoryStream(Encoding.UTF8.GetBytes(catalogue))), new ModelFolders([_folder.Path], null, _folder["built-in"]));
    }
}
