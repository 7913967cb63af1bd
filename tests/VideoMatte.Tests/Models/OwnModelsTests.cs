using System.Diagnostics;
using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>Models of the user's own in several folders: each is found where it was added, and none takes another's place unsaid.</summary>
public sealed class OwnModelsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _a, _b;

    public OwnModelsTests() => (_a, _b) = (Directory.CreateDirectory(_folder["a"]).FullName, Directory.CreateDirectory(_folder["b"]).FullName);

    private static byte[] First => OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Text(2, "first")));

    private static byte[] Second => OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Text(2, "second one")));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Resolve_TwoFilesOfOneName_FindsEachInItsFolder()
    {
        Add(_a, "net.onnx", First, "one");
        Add(_b, "net.onnx", Second, "two");
        ModelStore store = Store();
        Assert.Empty(store.Faults);
        Assert.Equal(Path.Combine(_a, "net.onnx"), store.Resolve("one", false).Path);
        Assert.Equal(Path.Combine(_b, "net.onnx"), store.Resolve("two", false).Path);
        // What is gone from its folder is not looked for in another's.
        File.Delete(Path.Combine(_b, "net.onnx"));
        Assert.Null(Store().Find(Store().Require("two")));
        Assert.Equal("model-missing", Assert.Throws<MatteException>(() => Store().Resolve("two", false)).Code);
    }

    /// <summary>A file of a catalogue model's name that is another one hides nothing, whether its length gives it away or its hash alone.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Resolve_ACatalogueModelBehindAnotherFile_GoesOnToTheNextFolder(bool sameLength)
    {
        ModelEntry plate = ShippedCatalogue.Load().Find("plate")!;
        byte[] right = File.ReadAllBytes(Path.Combine(SharedData.RepositoryRoot, "models", "plate.onnx"));
        byte[] wrong = sameLength ? [.. right[..^1], (byte)(right[^1] ^ 1)] : First;
        File.WriteAllBytes(Path.Combine(_a, plate.File), wrong);
        Assert.Equal("model-hash", Assert.Throws<MatteException>(() => Store().Resolve("plate", false)).Code);
        File.WriteAllBytes(Path.Combine(_b, plate.File), right);
        Assert.Equal(Path.Combine(_b, plate.File), Store().Resolve("plate", false).Path);
        if (!sameLength)
            Assert.Equal(Path.Combine(_b, plate.File), Store().Find(plate));
    }

    [Fact]
    public void Read_OneIdInTwoFolders_KeepsTheFirstAndSaysSo()
    {
        Add(_a, "net.onnx", First, "net");
        Add(_b, "other.onnx", Second, "net");
        ModelStore store = Store();
        Assert.Equal(Path.Combine(_a, "net.onnx"), store.Resolve("net", false).Path);
        string fault = Assert.Single(store.Faults);
        Assert.Contains(Path.Combine(_b, "other.onnx.model.json"), fault, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_a, "net.onnx"), fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ACopyOfAModelAndItsEntry_IsTheSameModel()
    {
        Add(_a, "net.onnx", First, "net");
        Add(_b, "net.onnx", First, "net");
        Assert.Empty(Store().Faults);
        File.Delete(Path.Combine(_a, "net.onnx"));
        Assert.Equal(Path.Combine(_b, "net.onnx"), Store().Resolve("net", false).Path);
    }

    [Theory]
    [InlineData("u2netp")]
    [InlineData("rvm")]
    public void Read_AnIdOfTheCatalogue_IsLeftOutAndSaid(string id)
    {
        Add(_a, "net.onnx", First, id);
        Assert.Contains($"its id {id}", Assert.Single(Store().Faults), StringComparison.Ordinal);
    }

    /// <summary>A hash that was found for a model of which the catalogue knows an md5 is no entry of its own.</summary>
    [Fact]
    public void Read_APinOfAnUnpinnedModel_IsTakenInSilence()
    {
        ModelEntry u2net = ShippedCatalogue.Load().Find("u2net")!;
        File.WriteAllBytes(Path.Combine(_b, u2net.File), First);
        UserEntries.Pin(u2net with { Sha256 = Hash(First), Bytes = First.Length, Url = null }, Path.Combine(_b, u2net.File));
        ModelStore store = Store();
        Assert.Empty(store.Faults);
        Assert.Equal(Path.Combine(_b, u2net.File), store.Resolve("u2net", false).Path);
    }

    [Fact]
    public void Read_AFolderNamedTwice_IsReadOnce()
    {
        Add(_a, "net.onnx", First, "net");
        var store = new ModelStore(ShippedCatalogue.Load(), new ModelFolders([_a], _a, _folder["built-in"]));
        Assert.Empty(store.Faults);
        Assert.Equal("net", store.Resolve("net", false).Id);
    }

    /// <summary>Opening a pipe that nobody writes to would wait for ever.</summary>
    [Fact]
    public async Task Read_APipeInAnEntrysPlace_IsAFaultAndNotOpened()
    {
        if (OperatingSystem.IsWindows())
            return;
        Add(_a, "net.onnx", First, "net");
        foreach (string name in (string[])["x.onnx.model.json", "u2netp.onnx"])
            using (Process made = Process.Start("mkfifo", Path.Combine(_a, name)))
                await made.WaitForExitAsync();
        ModelStore store = await Task.Run(Store).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains("x.onnx.model.json", Assert.Single(store.Faults), StringComparison.Ordinal);
        Assert.Equal("net", store.Resolve("net", false).Id);
        Assert.Null(await store.FindVerifiedAsync(store.Require("u2netp"), default).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(ErrorKind.Model, Assert.Throws<MatteException>(() => store.Resolve("u2netp", false)).Kind);
    }

    [Fact]
    public void Pin_WhereNothingCanBeWritten_SaysSo()
    {
        ModelEntry entry = Entry("net.onnx", First, "net");
        MatteException error = Assert.Throws<MatteException>(() => UserEntries.Pin(entry, Path.Combine(_folder["nowhere"], "net.onnx")));
        Assert.Equal((ErrorKind.Model, "entry-unwritable"), (error.Kind, error.Code));
    }

    [Fact]
    public void Make_AnIdOfAnotherModel_IsRefusedWhateverTheFile()
    {
        Add(_a, "net.onnx", First, "net");
        string copy = Path.Combine(_b, "copy.onnx");
        File.WriteAllBytes(copy, First);
        ModelStore store = Store();
        ModelEntry u2netp = store.Require("u2netp");
        // Two folders with one id: only one of them would ever be found.
        Assert.Equal("model-id", Assert.Throws<MatteException>(() => ModelAddition.Make(store, copy, u2netp, "net", null)).Code);
        Assert.Equal("net", ModelAddition.Make(store, Path.Combine(_a, "net.onnx"), u2netp, "net", null).Id);
        // An entry of the catalogue's own id would never be looked at.
        string plate = Path.Combine(_b, "plate.onnx");
        File.Copy(Path.Combine(SharedData.RepositoryRoot, "models", "plate.onnx"), plate);
        MatteException error = Assert.Throws<MatteException>(() => ModelAddition.Make(store, plate, u2netp, null, null));
        Assert.Equal("model-id", error.Code);
        Assert.Contains("needs no entry", error.Message, StringComparison.Ordinal);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static ModelEntry Entry(string file, byte[] bytes, string id) => new(
        id, id, ModelFamily.Rvm, file, "MIT", CommercialUse.Yes, "x", "x", "x", Sha256: Hash(bytes), Bytes: bytes.Length);

    private static void Add(string folder, string file, byte[] bytes, string id)
    {
        File.WriteAllBytes(Path.Combine(folder, file), bytes);
        UserEntries.Pin(Entry(file, bytes, id), Path.Combine(folder, file));
    }

    private ModelStore Store() => new(ShippedCatalogue.Load(), new ModelFolders([_a, _b], null, _folder["built-in"]));
}
