using System.Security.Cryptography;
using VideoMatte.Matting.Plate;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Matting;

public sealed class PlateGraphTests
{
    /// <summary>One frame of noise against its own plate: what is left is rounding.</summary>
    private const float Nothing = 1e-4f;

    private const int MostBytes = 100_000;

    [Fact]
    public void Committed_file_is_what_the_code_builds()
    {
        string path = Path.Combine(SharedData.RepositoryRoot, "models", "plate.onnx");
        byte[] built = PlateGraph.Build();
        if (Environment.GetEnvironmentVariable("VIDEOMATTE_WRITE_PLATE") == "1")
            File.WriteAllBytes(path, built);

        Assert.InRange(built.Length, 1, MostBytes);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(built)), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
    }

    [Fact]
    public void Build_twice_gives_equal_bytes() => Assert.Equal(PlateGraph.Build(), PlateGraph.Build());

    [Theory]
    [InlineData(64, 48, 1f)]
    [InlineData(65, 47, 1f)]
    [InlineData(97, 33, 0.53f)]
    [InlineData(33, 97, 0.25f)]
    [InlineData(7, 5, 0.4f)]
    [InlineData(3, 2, 0.2f)]
    [InlineData(1, 1, 1f)]
    public void Any_size_and_ratio_runs_from_zero_state(int width, int height, float ratio)
    {
        using PlateRunner plate = new();
        Random random = new(3);
        float[] frame = [.. Enumerable.Range(0, 3 * width * height).Select(_ => random.NextSingle())];
        int h = Math.Max(1, (int)MathF.Floor(height * ratio));
        int w = Math.Max(1, (int)MathF.Floor(width * ratio));

        for (int i = 0; i < 3; i++)
        {
            (float[] foreground, float[] alpha) = plate.Step(frame, width, height, ratio);

            Assert.Equal(3 * width * height, foreground.Length);
            Assert.All(alpha, a => Assert.InRange(a, 0f, Nothing));
            Assert.All(foreground.Zip(frame), p => Assert.InRange(MathF.Abs(p.First - p.Second), 0f, Nothing));
            Assert.Equal([PlateSettings.Modes, 3, h, w], plate.States[0].Shape);
            Assert.Equal([PlateSettings.Modes, 1, h, w], plate.States[1].Shape);
            Assert.Equal([PlateSettings.Modes, 1, h, w], plate.States[2].Shape);
            Assert.Equal([1, PlateSettings.LightValues, 1, 1], plate.States[3].Shape);
            Assert.All(plate.States, s => Assert.All(s.Values, v => Assert.True(float.IsFinite(v))));
        }
    }
}
