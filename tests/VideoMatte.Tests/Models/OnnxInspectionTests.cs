using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

public sealed class OnnxInspectionTests
{
    public static TheoryData<string, byte[]> External => new()
    {
        { "initializer", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Field(5, Body))) },
        { "attribute tensor", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(OnnxBytes.Field(5, OnnxBytes.Field(5, Body))))) },
        { "attribute tensors", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(OnnxBytes.Field(5, OnnxBytes.Field(10, Body))))) },
        { "sparse initializer", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Field(15, OnnxBytes.Field(1, Body)))) },
        { "sparse attribute", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(OnnxBytes.Field(5, OnnxBytes.Field(22, OnnxBytes.Field(2, Body)))))) },
        {
            "graph in an attribute",
            OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(OnnxBytes.Field(5, OnnxBytes.Field(6, OnnxBytes.Field(5, Body))))))
        },
        {
            "function",
            OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node()), OnnxBytes.Field(25, OnnxBytes.Field(7, OnnxBytes.Field(5, OnnxBytes.Field(5, Body)))))
        },
        { "training graph", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node()), OnnxBytes.Field(20, OnnxBytes.Field(1, OnnxBytes.Field(5, Body)))) },
    };

    private static byte[] Body => OnnxBytes.ExternalTensorBody("../../etc/weights");

    [Fact]
    public void A_graph_with_its_weights_inside_is_taken() => Assert.Equal(new OnnxVerdict(true, null), OnnxInspection.Inspect(OnnxBytes.Whole));

    [Fact]
    public void The_built_in_model_is_taken()
    {
        byte[] plate = File.ReadAllBytes(Path.Combine(SharedData.RepositoryRoot, "models", "plate.onnx"));
        Assert.Equal(new OnnxVerdict(true, null), OnnxInspection.Inspect(plate));
    }

    [SharedFact]
    public void Every_real_network_is_taken()
    {
        string[] networks = Directory.GetFiles(Path.Combine(SharedData.Root, "models"), "*.onnx");
        Assert.NotEmpty(networks);
        Assert.All(networks, path => Assert.Equal(new OnnxVerdict(true, null), OnnxInspection.Inspect(File.ReadAllBytes(path))));
    }

    [Theory]
    [MemberData(nameof(External))]
    public void Data_outside_the_file_is_found_wherever_it_is_named(string where, byte[] file)
    {
        OnnxVerdict verdict = OnnxInspection.Inspect(file);
        Assert.True(verdict.IsOnnx, where);
        Assert.Equal("../../etc/weights", verdict.ExternalData);
    }

    [Fact]
    public void Data_said_to_be_outside_without_a_place_is_found()
    {
        byte[] tensor = OnnxBytes.Field(5, OnnxBytes.Number(14, 1));
        Assert.Equal(string.Empty, OnnxInspection.Inspect(OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), tensor))).ExternalData);
    }

    [Fact]
    public void Every_truncation_of_a_graph_is_refused()
    {
        byte[] file = OnnxBytes.Whole;
        for (int length = 0; length < file.Length; length++)
            Assert.False(OnnxInspection.Inspect(file.AsSpan(0, length)).IsOnnx, "cut to " + length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("<html><body>404</body></html>")]
    [InlineData("version https://git-lfs.github.com/spec/v1")]
    [InlineData("")]
    public void Text_is_refused(string text) => Assert.False(OnnxInspection.Inspect(System.Text.Encoding.UTF8.GetBytes(text)).IsOnnx);

    [Fact]
    public void A_model_without_graph_nodes_or_operator_set_is_refused()
    {
        Assert.False(OnnxInspection.Inspect(OnnxBytes.Model()).IsOnnx);
        Assert.False(OnnxInspection.Inspect(OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Tensor()))).IsOnnx);
        Assert.False(OnnxInspection.Inspect([.. OnnxBytes.Number(1, 8), .. OnnxBytes.Graph(OnnxBytes.Node())]).IsOnnx);
        Assert.False(OnnxInspection.Inspect([.. OnnxBytes.Field(8, OnnxBytes.Number(2, 17)), .. OnnxBytes.Graph(OnnxBytes.Node())]).IsOnnx);
    }

    [Fact]
    public void Graphs_nested_without_end_do_not_end_the_stack()
    {
        byte[] inner = OnnxBytes.Tensor();
        for (int i = 0; i < 5_000; i++)
            inner = OnnxBytes.Field(1, OnnxBytes.Field(5, OnnxBytes.Field(6, inner)));
        Assert.False(OnnxInspection.Inspect(OnnxBytes.Model(OnnxBytes.Graph(inner))).IsOnnx);
    }

    [Fact]
    public void Noise_never_throws()
    {
        var random = new Random(20261124);
        byte[] file = OnnxBytes.Whole;
        for (int run = 0; run < 20_000; run++)
        {
            byte[] damaged = [.. file];
            for (int i = random.Next(1, 6); i > 0; i--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            OnnxInspection.Inspect(damaged);
        }
    }
}
