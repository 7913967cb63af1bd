using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Inference;

/// <summary>A trimap network (Deep Image Matting's kind): picture and trimap, in one tensor of four channels or in two, to alpha. Float tensors,
/// one picture at a time, one thread at a time.</summary>
public sealed class TrimapSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ModelInput _input;
    private readonly ModelOutput _output;
    private readonly string _name;
    private readonly string _picture;
    private readonly string _alpha;
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    private TrimapSession(InferenceSession session, string name, ModelInput input, ModelOutput output, string picture, string alpha, ProviderKind provider) =>
        (_session, _name, _input, _output, _picture, _alpha, Provider) = (session, name, input, output, picture, alpha, provider);

    /// <summary>Where it runs.</summary>
    public ProviderKind Provider { get; }

    /// <param name="model">The whole file, already verified. Not kept.</param>
    /// <param name="name">The file, as messages name it.</param>
    /// <param name="input">How it is fed; with a trimap.</param>
    /// <param name="output">Where its alpha stands.</param>
    /// <param name="settings">Provider and threads.</param>
    /// <exception cref="MatteException">Not ONNX, another contract, or the provider cannot be used.</exception>
    public static TrimapSession Open(byte[] model, string name, ModelInput input, ModelOutput output, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(settings);
        if (input.Trimap is null)
            throw new ArgumentException("a trimap network is fed a trimap", nameof(input));
        InferenceSession session = SessionFactory.Open(model, name, settings);
        try
        {
            string alpha = output.Name ?? session.OutputNames[0];
            string picture = input.Name ?? session.InputMetadata.Keys.FirstOrDefault(k => k != input.Trimap.Name)
                ?? throw StillContract.Breach(name, "it has no input for a picture");
            string[] wanted = input.Trimap.Name is { } trimap ? [picture, trimap] : [picture];
            Require(session, name, picture, input, input.Trimap.Name is null ? 4 : 3);
            if (input.Trimap.Name is { } apart)
                Require(session, name, apart, input, 1);
            if (session.InputMetadata.Keys.FirstOrDefault(k => !wanted.Contains(k)) is { } extra)
                throw StillContract.Breach(name, $"it asks for an input {extra}, which nobody gives");
            if (!session.OutputMetadata.TryGetValue(alpha, out NodeMetadata? result) || !result.IsTensor || result.ElementDataType != TensorElementType.Float)
                throw StillContract.Breach(name, $"it has no output {alpha} of floats");
            return new TrimapSession(session, name, input, output, picture, alpha, settings.Provider);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs the network.</summary>
    /// <param name="rgb">3 x height x width values 0..1, of the network's size.</param>
    /// <param name="trimap">Height x width bytes: 0, 128, 255.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <returns>The output as the graph gives it, and how it lies.</returns>
    /// <exception cref="MatteException"><c>model-run-failed</c>, <c>provider-run-failed</c>, <c>model-contract</c>.</exception>
    public (float[] Result, StillPlane Plane) Run(ReadOnlySpan<float> rgb, ReadOnlySpan<byte> trimap, int width, int height)
    {
        int pixels = width * height;
        float[] picture = new float[3 * pixels], known = new float[pixels];
        StillFeed.Write(rgb, _input, picture);
        for (int i = 0; i < pixels; i++)
            known[i] = (float)(trimap[i] * _input.Trimap!.Scale);
        bool last = _input.Layout == "nhwc";
        var inputs = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
        try
        {
            if (_input.Trimap!.Name is { } apart)
            {
                inputs[_picture] = Tensor(picture, 3, width, height, last);
                inputs[apart] = Tensor(known, 1, width, height, last);
            }
            else
            {
                inputs[_picture] = Tensor(Join(picture, known, last), 4, width, height, last);
            }

            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_run, inputs, [_alpha]);
            StillPlane plane = StillContract.Locate(outputs[0].GetTensorTypeAndShape().Shape, _output, _name);
            return (outputs[0].GetTensorDataAsSpan<float>()[..(plane.Pixels * plane.Channels)].ToArray(), plane);
        }
        catch (OnnxRuntimeException error)
        {
            throw SessionFactory.RunFailed(_name, Provider, (width, height), "", "--model closed-form", error);
        }
        finally
        {
            foreach (OrtValue value in inputs.Values)
                value.Dispose();
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static OrtValue Tensor(float[] values, int channels, int width, int height, bool last) =>
        OrtValue.CreateTensorValueFromMemory(values, last ? [1, height, width, channels] : [1, channels, height, width]);

    private static float[] Join(float[] picture, float[] known, bool last)
    {
        if (!last)
            return [.. picture, .. known];
        float[] joined = new float[picture.Length + known.Length];
        for (int i = 0; i < known.Length; i++)
        {
            picture.AsSpan(3 * i, 3).CopyTo(joined.AsSpan(4 * i));
            joined[(4 * i) + 3] = known[i];
        }

        return joined;
    }

    private static void Require(InferenceSession session, string name, string tensor, ModelInput input, int channels)
    {
        if (!session.InputMetadata.TryGetValue(tensor, out NodeMetadata? node))
            throw StillContract.Breach(name, $"it has no input {tensor}");
        bool last = input.Layout == "nhwc", anySize = input.Multiple != 0;
        int[] found = node.Dimensions, wanted = last ? [1, input.Height, input.Width, channels] : [1, channels, input.Height, input.Width];
        bool fits = node.IsTensor && node.ElementDataType == TensorElementType.Float && found.Length == 4;
        for (int i = 0; fits && i < 4; i++)
        {
            bool isSide = i == (last ? 1 : 2) || i == (last ? 2 : 3);
            fits = found[i] < 1 || (found[i] == wanted[i] && !(isSide && anySize));
        }

        if (!fits)
            throw StillContract.Breach(name, string.Create(CultureInfo.InvariantCulture, $"its input {tensor} is no float tensor of {channels} channels and of the size that the entry names"));
    }
}
