using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Matting.Solver;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Matting.Solver;

/// <summary>The trimap family on a network small enough to know its answers: alpha = red where the trimap it was fed is open (128), else 0.</summary>
public sealed class TrimapNetworkTests
{
    private const int Width = 40, Height = 24;

    public static TheoryData<bool, string, int> Contracts { get; } = new()
    {
        { true, "nchw", 0 }, { false, "nchw", 0 }, { true, "nhwc", 0 }, { false, "nhwc", 0 }, { true, "nchw", 8 }, { false, "nchw", 8 },
    };

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Solve_EitherContract_FillsWhatIsOpenAndKeepsTheRest(bool joined, string layout, int multiple)
    {
        (ModelInput input, ModelOutput output) = Facts(joined, layout, multiple);
        using var solver = new TrimapNetworkSolver(
            TrimapSession.Open(Build(joined, layout, multiple), "tiny", input, output, new SessionSettings()), input, output, new MattingModelInfo("tiny", "", "MIT", "trimap", "cpu", 1));
        float[] rgb = new float[3 * Width * Height], alpha = new float[Width * Height];
        byte[] trimap = new byte[Width * Height];
        for (int i = 0; i < trimap.Length; i++)
        {
            (rgb[i], rgb[trimap.Length + i], rgb[(2 * trimap.Length) + i]) = (i % Width / (float)Width, .25f, .75f);
            trimap[i] = i % Width < 10 ? Trimap.Outside : i % Width >= 30 ? Trimap.Inside : Trimap.Open;
        }

        solver.Solve(rgb, trimap, alpha, Width, Height);
        for (int i = 0; i < trimap.Length; i++)
        {
            float expected = trimap[i] == Trimap.Open ? rgb[i] : trimap[i] / 255f;
            // The network's size is the picture's: what is left is the float's own rounding.
            Assert.Equal(expected, alpha[i], 1e-5f);
        }
    }

    /// <summary>A picture of another size is brought to the network's and back: a ramp survives that.</summary>
    [Fact]
    public void Solve_APictureOfAnotherSize_ComesBackAtItsOwn()
    {
        (ModelInput input, ModelOutput output) = Facts(joined: true, "nchw", 0);
        using var solver = new TrimapNetworkSolver(
            TrimapSession.Open(Build(joined: true, "nchw", 0), "tiny", input, output, new SessionSettings()), input, output, new MattingModelInfo("tiny", "", "MIT", "trimap", "cpu", 1));
        const int W = 93, H = 61;
        float[] rgb = new float[3 * W * H], alpha = new float[W * H];
        byte[] trimap = new byte[W * H];
        for (int i = 0; i < trimap.Length; i++)
        {
            rgb[i] = ((i % W) + .5f) / W;
            trimap[i] = i % W is 0 or W - 1 ? Trimap.Outside : Trimap.Open;
        }

        solver.Solve(rgb, trimap, alpha, W, H);
        // Linear interpolation keeps a ramp but for the last sample at either end.
        for (int x = 4; x < W - 4; x++)
            Assert.Equal(rgb[x], alpha[(30 * W) + x], 1e-3f);
    }

    [Fact]
    public void Open_AGraphOfAnotherContract_NamesTheTensor()
    {
        (ModelInput input, ModelOutput output) = Facts(joined: false, "nchw", 0);
        MatteException error = Assert.Throws<MatteException>(() => TrimapSession.Open(Build(joined: true, "nchw", 0), "tiny", input, output, new SessionSettings()));
        Assert.Equal("model-contract", error.Code);
        Assert.Contains("picture", error.Message, StringComparison.Ordinal);
    }

    /// <summary>An entry beside the file is all it takes to run one.</summary>
    [Fact]
    public void UserEntry_OfATrimapNetwork_IsFoundByItsId()
    {
        using var folder = new TempFolder();
        (ModelInput input, ModelOutput output) = Facts(joined: true, "nchw", 8);
        byte[] bytes = Build(joined: true, "nchw", 8);
        File.WriteAllBytes(folder["tiny.onnx"], bytes);
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        UserEntries.Pin(new ModelEntry("tiny", "Tiny", ModelFamily.Trimap, "tiny.onnx", "MIT", CommercialUse.Yes, "Tests.", "All else.", "A test", Sha256: sha256, Bytes: bytes.Length, Input: input, Output: output), folder["tiny.onnx"]);
        (IReadOnlyList<ModelEntry> entries, IReadOnlyList<string> faults) = UserEntries.Read(folder.Path);
        Assert.Empty(faults);
        Assert.Equal(input.Trimap, Assert.Single(entries).Input!.Trimap);
    }

    [Fact]
    public void UserEntry_OfAStillNetworkWithATrimap_IsRefused()
    {
        (ModelInput input, ModelOutput output) = Facts(joined: true, "nchw", 8);
        var entry = new ModelEntry("tiny", "Tiny", ModelFamily.Still, "tiny.onnx", "MIT", CommercialUse.Yes, "Tests.", "All else.", "A test", Sha256: new string('0', 64), Bytes: 1, Input: input, Output: output);
        using var folder = new TempFolder();
        Assert.Equal("catalogue-invalid", Assert.Throws<MatteException>(() => UserEntries.Pin(entry, folder["tiny.onnx"])).Code);
    }

    private static (ModelInput Input, ModelOutput Output) Facts(bool joined, string layout, int multiple) => (
        new ModelInput(Width, Height, layout, "rgb", 1 / 255.0, [0, 0, 0], [1, 1, 1], "picture", multiple, new ModelTrimap(1 / 128.0, joined ? null : "trimap")),
        new ModelOutput(layout, 0, "none", "alpha"));

    private static byte[] Build(bool joined, string layout, int multiple) =>
        new TinyTrimap(joined, layout, multiple == 0 ? ($"{Height}", $"{Width}") : ("h", "w")).Build();
}
