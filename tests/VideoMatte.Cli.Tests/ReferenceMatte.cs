using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VideoMatte.Testing;

namespace VideoMatte.Cli.Tests;

/// <summary>RVM by another road: 8-bit RGB from ffmpeg, a plain loop over the session with managed tensors. Nothing of the library's
/// reader, view, binding or states takes part.</summary>
internal sealed class ReferenceMatte : IDisposable
{
    private static readonly string[] States = ["r1", "r2", "r3", "r4"];

    private readonly InferenceSession _session;
    private DenseTensor<float>[] _state = Zeros();

    public ReferenceMatte(string model)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        // Threads that spin between runs take the processor from the tests beside.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(model, options);
    }

    public static async Task<byte[]> RgbAsync(string clip, string matrix, int width, int height, string kernel = "bicubic")
    {
        byte[] rgb = await RealFfmpeg.RunAsync("-i", clip, "-map", "0:v:0", "-fps_mode", "passthrough",
            "-vf", $"scale=in_color_matrix={matrix}:flags={kernel}+accurate_rnd+full_chroma_int+full_chroma_inp",
            "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1");
        Xunit.Assert.Equal(0, rgb.Length % (3 * width * height));
        return rgb;
    }

    /// <summary>pha of the next frame, 0..1.</summary>
    public float[] Next(ReadOnlySpan<byte> rgb, int width, int height)
    {
        var source = new float[3 * width * height];
        for (int i = 0; i < width * height; i++)
            for (int c = 0; c < 3; c++)
                source[(c * width * height) + i] = rgb[(3 * i) + c] / 255f;
        float ratio = Math.Min(1f, 512f / Math.Max(width, height));
        List<NamedOnnxValue> inputs =
        [
            NamedOnnxValue.CreateFromTensor("src", new DenseTensor<float>(source, [1, 3, height, width])),
            NamedOnnxValue.CreateFromTensor("downsample_ratio", new DenseTensor<float>(new[] { ratio }, [1])),
        ];
        for (int i = 0; i < 4; i++)
            inputs.Add(NamedOnnxValue.CreateFromTensor(States[i] + "i", _state[i]));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = _session.Run(inputs);
        _state = [.. States.Select(s => (DenseTensor<float>)outputs.Single(o => o.Name == s + "o").AsTensor<float>().Clone())];
        return [.. outputs.Single(o => o.Name == "pha").AsTensor<float>()];
    }

    public void Reset() => _state = Zeros();

    public void Dispose() => _session.Dispose();

    private static DenseTensor<float>[] Zeros() => [.. Enumerable.Range(0, 4).Select(_ => new DenseTensor<float>(new[] { 1, 1, 1, 1 }))];
}
