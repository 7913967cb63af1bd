using Microsoft.ML.OnnxRuntime;

namespace VideoMatte.Tests.Matting.Still;

/// <summary>How each of the tests' still networks is fed, as its own description has it; the catalogue is not asked.</summary>
internal sealed record IndependentFeed(
    int Width, int Height, string Input, bool ChannelLast, Func<double, int, float> Value, bool BlueFirst, Func<float[], int, int, float> Alpha)
{
    private static readonly double[] SinetMean = [102.890434, 111.25247, 126.91212];
    private static readonly double[] SinetStd = [62.93292, 62.82138, 66.355705];

    public static IndependentFeed Of(string id) => id switch
    {
        "mediapipe-selfie" => new(256, 256, "input_1:0", true, (x, _) => (float)(x / 255), false, (o, i, _) => o[i]),
        "mediapipe-landscape" => new(256, 144, "input_1:0", true, (x, _) => (float)(x / 255), false, (o, i, _) => 1 / (1 + MathF.Exp(o[2 * i] - o[(2 * i) + 1]))),
        "sinet" => new(320, 320, "data", false, (x, c) => (float)((x - SinetMean[c]) / (SinetStd[c] * 255)), true, (o, i, n) => o[n + i]),
        "prisma" => new(256, 256, "input_3", false, (x, _) => (float)(x / 255), false, (o, i, _) => o[i]),
        "deeplab-person" => new(513, 513, "MobilenetV2/MobilenetV2/input:0", false, (x, _) => (float)((x / 127.5) - 1), false, (o, i, n) => 1 / (1 + MathF.Exp(o[i] - o[n + i]))),
        _ => throw new ArgumentOutOfRangeException(nameof(id)),
    };

    /// <summary>The matte of a packed RGB picture of this size.</summary>
    public float[] Run(InferenceSession session, ReadOnlySpan<byte> rgb)
    {
        int pixels = Width * Height;
        float[] fed = new float[3 * pixels];
        for (int i = 0; i < pixels; i++)
            for (int c = 0; c < 3; c++)
                fed[ChannelLast ? (3 * i) + c : (c * pixels) + i] = Value(rgb[(3 * i) + (BlueFirst ? 2 - c : c)], c);
        using OrtValue picture = OrtValue.CreateTensorValueFromMemory(fed, ChannelLast ? [1, Height, Width, 3] : [1, 3, Height, Width]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, [Input], [picture], [session.OutputNames[0]]);
        float[] raw = results[0].GetTensorDataAsSpan<float>().ToArray();
        return [.. Enumerable.Range(0, pixels).Select(i => Alpha(raw, i, pixels))];
    }
}
