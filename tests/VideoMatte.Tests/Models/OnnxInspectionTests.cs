using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

public sealed class OnnxInspectionTests
{
    public static TheoryData<string> Places => new(WithTensor(OnnxBytes.TensorBody()).Keys);

    [Fact]
    public void A_graph_with_its_weights_inside_is_taken() => AssertWhole(OnnxBytes.Whole);

    [Fact]
    public void The_built_in_model_is_taken()
    {
        byte[] plate = File.ReadAllBytes(Path.Combine(SharedData.RepositoryRoot, "models", "plate.onnx"));
        AssertWhole(plate);
    }

    [SharedFact]
    public void Every_real_network_is_taken()
    {
        string[] networks = Directory.GetFiles(Path.Combine(SharedData.Root, "models"), "*.onnx");
        Assert.NotEmpty(networks);
        Assert.All(networks, path => AssertWhole(File.ReadAllBytes(path)));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Data_outside_the_file_is_found_wherever_it_is_named(string where)
    {
        OnnxVerdict verdict = OnnxInspection.Inspect(WithTensor(OnnxBytes.ExternalTensorBody("../../etc/weights"))[where]);
        Assert.True(verdict.IsOnnx, where);
        Assert.Equal(new ExternalTensor("../../etc/weights", 0, null, null), Assert.Single(verdict.External));
    }

    /// <summary>What was read is what a runtime would read: the graph with the data brought in is, byte for byte, the one written with it inside.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public void Data_brought_in_stands_where_it_would_have_been_written(string where)
    {
        byte[] data = [1, 2, 3, 4];
        var inliner = new OnnxInliner(WithTensor(OnnxBytes.ExternalTensorBody("weights.bin"))[where], [data.Length]);
        byte[] whole = new byte[inliner.Size];
        data.CopyTo(whole, Assert.Single(inliner.Write(whole)));
        // dims, type and name stay, in this order; raw_data (9) follows.
        byte[] inside = [.. OnnxBytes.Number(1, 1), .. OnnxBytes.Number(2, 1), .. OnnxBytes.Text(8, "w"), .. OnnxBytes.Field(9, data)];
        Assert.Equal(WithTensor(inside)[where], whole);
        AssertWhole(whole);
    }

    [Fact]
    public void Data_said_to_be_outside_without_a_place_is_found()
    {
        ExternalTensor found = Sees(OnnxBytes.Number(14, 1));
        Assert.Equal(string.Empty, found.Location);
        Assert.NotNull(found.Fault);
    }

    /// <summary>A reader that keeps 32 bits of an enumeration sees 1 in 2^32 + 1.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(0x1_0000_0001)]
    public void Data_said_to_be_anywhere_but_inside_is_found(ulong location) => Assert.NotNull(Sees(OnnxBytes.Number(14, location)));

    /// <summary>Likewise of a tag: 2^35 more is field 14 to one that keeps 32 bits, and some field nobody knows to us.</summary>
    [Fact]
    public void A_tag_beyond_32_bits_is_no_graph()
    {
        byte[] tag = OnnxBytes.Number(1, (14 << 3) | (1UL << 35))[1..];
        Assert.False(OnnxInspection.Inspect(OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Field(5, [.. tag, 1])))).IsOnnx);
    }

    [Theory]
    [InlineData("offset", "-1")]
    [InlineData("offset", "0x10")]
    [InlineData("length", "9223372036854775808")]
    [InlineData("length", " 4")]
    [InlineData("length", "")]
    public void A_place_in_no_plain_numbers_is_a_fault(string key, string value) => Assert.NotNull(Sees(
        OnnxBytes.ExternalTensorBody("w.bin"), OnnxBytes.Field(13, [.. OnnxBytes.Text(1, key), .. OnnxBytes.Text(2, value)])).Fault);

    [Fact]
    public void Data_inside_and_outside_at_once_is_a_fault()
    {
        Assert.NotNull(Sees(OnnxBytes.ExternalTensorBody("w.bin"), OnnxBytes.Field(9, [0, 0, 0, 0])).Fault);
        Assert.NotNull(Sees(OnnxBytes.ExternalTensorBody("w.bin"), OnnxBytes.Number(7, 1)).Fault);
        Assert.Null(Sees(OnnxBytes.ExternalTensorBody("w.bin"), OnnxBytes.Field(9, [])).Fault);
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

    /// <summary>Whatever is found to be a graph can be written anew, and keeps nothing outside then.</summary>
    [Fact]
    public void Noise_that_is_a_graph_is_brought_in_whole()
    {
        var random = new Random(20261128);
        byte[][] files = [.. WithTensor(OnnxBytes.ExternalTensorBody("w.bin")).Values];
        int graphs = 0;
        for (int run = 0; run < 20_000; run++)
        {
            byte[] damaged = [.. files[run % files.Length]];
            for (int i = random.Next(1, 4); i > 0; i--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            OnnxVerdict verdict = OnnxInspection.Inspect(damaged);
            if (!verdict.IsOnnx || verdict.External.Count == 0)
                continue;
            graphs++;
            long[] lengths = [.. verdict.External.Select((_, i) => (long)i * 100)];
            var inliner = new OnnxInliner(damaged, lengths);
            byte[] whole = new byte[inliner.Size];
            Assert.Equal(lengths.Length, inliner.Write(whole).Length);
            AssertWhole(whole);
        }

        Assert.True(graphs > 1000, $"{graphs} graphs");
    }

    private static ExternalTensor Sees(params byte[][] tensor) =>
        Assert.Single(OnnxInspection.Inspect(OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Field(5, [.. tensor.SelectMany(t => t)])))).External);

    private static void AssertWhole(byte[] file)
    {
        OnnxVerdict verdict = OnnxInspection.Inspect(file);
        Assert.True(verdict.IsOnnx);
        Assert.Empty(verdict.External);
    }

    /// <summary>A model with a tensor in each place where one may stand.</summary>
    private static Dictionary<string, byte[]> WithTensor(byte[] body) => new(StringComparer.Ordinal)
    {
        { "initializer", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Field(5, body))) },
        { "attribute tensor", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(OnnxBytes.Field(5, OnnxBytes.Field(5, body))))) },
        { "attribute tensors", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(OnnxBytes.Field(5, OnnxBytes.Field(10, body))))) },
        { "sparse initializer", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Field(15, OnnxBytes.Field(1, body)))) },
        { "sparse attribute", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(OnnxBytes.Field(5, OnnxBytes.Field(22, OnnxBytes.Field(2, body)))))) },
        {
            "graph in an attribute",
            OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(OnnxBytes.Field(5, OnnxBytes.Field(6, OnnxBytes.Field(5, body))))))
        },
        {
            "function",
            OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node()), OnnxBytes.Field(25, OnnxBytes.Field(7, OnnxBytes.Field(5, OnnxBytes.Field(5, body)))))
        },
        { "training graph", OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node()), OnnxBytes.Field(20, OnnxBytes.Field(1, OnnxBytes.Field(5, body)))) },
    };
}
