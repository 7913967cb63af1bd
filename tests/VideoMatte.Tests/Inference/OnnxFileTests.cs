using System.Text;
using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Inference;

public sealed class OnnxFileTests
{
    [Fact]
    public void Open_NotOnnx_SaysSo()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];
        byte[] tiny = new TinyRecurrent().Build();
        foreach (byte[] file in new[] { [], Encoding.UTF8.GetBytes("this is a text, no model\n"), png, new byte[64], tiny[..(tiny.Length / 2)] })
        {
            MatteException error = Assert.Throws<MatteException>(() => RecurrentSession.Open(file, "model.onnx", new SessionSettings()));
            Assert.Equal((ErrorKind.Model, "model-not-onnx"), (error.Kind, error.Code));
            Assert.Contains("model.onnx", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_CutOrDamagedModel_NeverBreaksOtherwise()
    {
        byte[] whole = new TinyRecurrent().Build();
        Random random = new(5);
        for (int i = 0; i < 200; i++)
        {
            byte[] file = i % 2 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            if (i % 2 == 1)
                file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                using RecurrentSession session = RecurrentSession.Open(file, "model.onnx", new SessionSettings());
            }
            catch (MatteException error)
            {
                Assert.Equal(ErrorKind.Model, error.Kind);
            }
        }
    }

    [Fact]
    public void Open_WeightsInAnotherFile_IsRefused()
    {
        // A tensor: dims 1, type float, external_data { location = /etc/passwd }, data_location = EXTERNAL.
        byte[] entry = [0x0A, 8, .. "location"u8, 0x12, 11, .. "/etc/passwd"u8];
        byte[] tensor = [0x08, 1, 0x10, 1, 0x42, 1, (byte)'w', 0x6A, (byte)entry.Length, .. entry, 0x70, 1];
        byte[] initializer = [0x2A, (byte)tensor.Length, .. tensor];
        byte[] attribute = [0x2A, (byte)tensor.Length, .. tensor];
        byte[] node = [0x2A, (byte)attribute.Length, .. attribute];
        byte[] constant = [0x0A, (byte)node.Length, .. node];
        foreach (byte[] graph in new[] { initializer, constant })
        {
            byte[] model = [0x08, 7, 0x3A, (byte)graph.Length, .. graph, 0x42, 2, 0x10, 13];
            Assert.Equal("model-external-data", Assert.Throws<MatteException>(() => OnnxFile.Check(model, "m.onnx")).Code);
        }
    }

    [SharedFact]
    public void Open_StillModel_BreaksTheContract()
    {
        byte[] model = File.ReadAllBytes(SharedData.Models("mediapipe.onnx"));
        MatteException error = Assert.Throws<MatteException>(() => RecurrentSession.Open(model, "mediapipe.onnx", new SessionSettings()));
        Assert.Equal("model-contract", error.Code);
        Assert.Contains("src", error.Message, StringComparison.Ordinal);
    }
}
