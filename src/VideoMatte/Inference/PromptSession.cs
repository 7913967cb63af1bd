using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Inference;

/// <summary>A prompt network (Segment Anything's kind) as two graphs: an encoder makes embeddings of a picture, a decoder makes masks of them and
/// of points. One thread at a time.</summary>
/// <remarks>The contract of SAM 2 as it is exported: the decoder takes every embedding under the name the encoder gives it
/// (<c>image_embed</c>, <c>high_res_feats_0</c>, …), <c>point_coords</c> [1, n, 2] in pixels of the encoder's picture, <c>point_labels</c>
/// [1, n] (1 inside, 0 outside, 2 and 3 the corners of a box), and where it asks for them <c>mask_input</c> [1, 1, h, w] (logits of an
/// earlier mask) with <c>has_mask_input</c> [1], and <c>orig_im_size</c> [2]. It gives <c>masks</c> [1, n, h, w] as logits and may rate
/// them in <c>iou_predictions</c> [1, n].</remarks>
public sealed class PromptSession : IDisposable
{
    public const string Coordinates = "point_coords", Labels = "point_labels", EarlierMask = "mask_input", HasEarlierMask = "has_mask_input",
        PictureSize = "orig_im_size", Masks = "masks", Ratings = "iou_predictions";

    private static readonly string[] Prompts = [Coordinates, Labels, EarlierMask, HasEarlierMask, PictureSize];

    private readonly InferenceSession _encoder;
    private readonly InferenceSession _decoder;
    private readonly ModelInput _input;
    private readonly string _name;
    private readonly string _picture;
    private readonly string[] _embeddings;
    private readonly bool _rates;
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private IDisposableReadOnlyCollection<OrtValue>? _embedded;

    private PromptSession(InferenceSession encoder, InferenceSession decoder, string name, ModelInput input, string picture, string[] embeddings, ProviderKind provider)
    {
        (_encoder, _decoder, _name, _input, _picture, _embeddings, Provider) = (encoder, decoder, name, input, picture, embeddings, provider);
        _rates = decoder.OutputMetadata.ContainsKey(Ratings);
        int[]? mask = decoder.InputMetadata.TryGetValue(EarlierMask, out NodeMetadata? node) ? node.Dimensions : null;
        EarlierMaskSize = mask is null ? null : (Side(mask, 3, input.Width), Side(mask, 2, input.Height));
    }

    /// <summary>Where it runs.</summary>
    public ProviderKind Provider { get; }

    /// <summary>The size an earlier mask is taken at; null: none is taken.</summary>
    public (int Width, int Height)? EarlierMaskSize { get; }

    /// <param name="encoder">The whole file, already verified. Not kept.</param>
    /// <param name="decoder">Likewise.</param>
    /// <param name="name">The file, as messages name it.</param>
    /// <param name="input">How the encoder is fed; of a fixed size.</param>
    /// <param name="settings">Provider and threads.</param>
    /// <exception cref="MatteException">Not ONNX, another contract, or the provider cannot be used.</exception>
    public static PromptSession Open(byte[] encoder, byte[] decoder, string name, ModelInput input, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(settings);
        InferenceSession first = SessionFactory.Open(encoder, name, settings);
        try
        {
            InferenceSession second = SessionFactory.Open(decoder, name + " (decoder)", settings);
            try
            {
                string picture = input.Name ?? (first.InputMetadata.Count == 1 ? first.InputMetadata.Keys.First() : throw StillContract.Breach(name, "its encoder does not take one picture alone"));
                RequirePicture(first, name, picture, input);
                string[] embeddings = [.. second.InputMetadata.Keys.Where(first.OutputMetadata.ContainsKey)];
                RequireDecoder(second, name, embeddings);
                return new PromptSession(first, second, name, input, picture, embeddings, settings.Provider);
            }
            catch
            {
                second.Dispose();
                throw;
            }
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    /// <summary>Takes a picture; the masks that follow are of it.</summary>
    /// <param name="rgb">3 x height x width values 0..1 of the encoder's size.</param>
    public void Embed(ReadOnlySpan<float> rgb)
    {
        float[] fed = new float[3 * _input.Width * _input.Height];
        StillFeed.Write(rgb, _input, fed);
        long[] shape = _input.Layout == "nhwc" ? [1, _input.Height, _input.Width, 3] : [1, 3, _input.Height, _input.Width];
        using OrtValue picture = OrtValue.CreateTensorValueFromMemory(fed, shape);
        _embedded?.Dispose();
        _embedded = null;
        _embedded = Guarded(() => _encoder.Run(_run, new Dictionary<string, OrtValue>(StringComparer.Ordinal) { [_picture] = picture }, _embeddings));
    }

    /// <summary>A mask of the picture that was embedded last: the best rated of those the decoder gives.</summary>
    /// <param name="points">One or more, in pixels of the encoder's picture.</param>
    /// <param name="earlier">Logits of an earlier mask, of <see cref="EarlierMaskSize"/>; null: none.</param>
    /// <returns>Logits, row after row, and their size.</returns>
    /// <exception cref="MatteException"><c>model-run-failed</c>, <c>provider-run-failed</c>, <c>model-contract</c>.</exception>
    public (float[] Logits, int Width, int Height) Decode(IReadOnlyList<PromptPoint> points, float[]? earlier)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (_embedded is not { } embedded)
            throw new InvalidOperationException("no picture was embedded");
        var own = new List<OrtValue>();
        var inputs = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
        try
        {
            for (int i = 0; i < _embeddings.Length; i++)
                inputs[_embeddings[i]] = embedded[i];
            Give(Coordinates, [.. points.SelectMany(p => new[] { p.X, p.Y })], 1, points.Count, 2);
            Give(Labels, [.. points.Select(p => (float)p.Label)], 1, points.Count);
            if (EarlierMaskSize is var (width, height))
            {
                Give(EarlierMask, earlier ?? new float[width * height], 1, 1, height, width);
                Give(HasEarlierMask, [earlier is null ? 0 : 1], 1);
            }

            Give(PictureSize, [_input.Height, _input.Width], 2);
            using IDisposableReadOnlyCollection<OrtValue> outputs = Guarded(() => _decoder.Run(_run, inputs, _rates ? [Masks, Ratings] : [Masks]));
            return Best(outputs[0], _rates ? outputs[1] : null);
        }
        finally
        {
            own.ForEach(v => v.Dispose());
        }

        void Give(string name, float[] values, params long[] shape)
        {
            if (!_decoder.InputMetadata.TryGetValue(name, out NodeMetadata? node))
                return;
            OrtValue value = node.ElementDataType switch
            {
                TensorElementType.Int64 => OrtValue.CreateTensorValueFromMemory([.. values.Select(v => (long)v)], shape),
                TensorElementType.Int32 => OrtValue.CreateTensorValueFromMemory([.. values.Select(v => (int)v)], shape),
                _ => OrtValue.CreateTensorValueFromMemory(values, shape),
            };
            own.Add(value);
            inputs[name] = value;
        }
    }

    public void Dispose()
    {
        _embedded?.Dispose();
        _run.Dispose();
        _encoder.Dispose();
        _decoder.Dispose();
    }

    private static int Side(int[] dimensions, int axis, int picture) => dimensions.Length == 4 && dimensions[axis] > 0 ? dimensions[axis] : picture / 4;

    private static void RequirePicture(InferenceSession session, string name, string picture, ModelInput input)
    {
        if (!session.InputMetadata.TryGetValue(picture, out NodeMetadata? node))
            throw StillContract.Breach(name, $"its encoder has no input {picture}");
        int[] found = node.Dimensions, wanted = input.Layout == "nhwc" ? [1, input.Height, input.Width, 3] : [1, 3, input.Height, input.Width];
        bool fits = node.ElementDataType == TensorElementType.Float && found.Length == 4 && found.Zip(wanted).All(d => d.First < 1 || d.First == d.Second);
        if (!fits)
            throw StillContract.Breach(name, string.Create(CultureInfo.InvariantCulture, $"its encoder's input {picture} is no float picture of {input.Width}x{input.Height}"));
    }

    private static void RequireDecoder(InferenceSession decoder, string name, string[] embeddings)
    {
        if (embeddings.Length == 0)
            throw StillContract.Breach(name, "its decoder takes nothing that its encoder gives");
        if (new[] { Coordinates, Labels }.FirstOrDefault(p => !decoder.InputMetadata.ContainsKey(p)) is { } missing)
            throw StillContract.Breach(name, $"its decoder has no input {missing}");
        if (decoder.InputMetadata.Keys.FirstOrDefault(k => !embeddings.Contains(k) && !Prompts.Contains(k)) is { } extra)
            throw StillContract.Breach(name, $"its decoder asks for an input {extra}, which nobody gives");
        if (!decoder.OutputMetadata.ContainsKey(Masks))
            throw StillContract.Breach(name, $"its decoder has no output {Masks}");
    }

    private (float[] Logits, int Width, int Height) Best(OrtValue masks, OrtValue? ratings)
    {
        long[] shape = masks.GetTensorTypeAndShape().Shape;
        if (shape.Length != 4 || shape[0] != 1 || shape.Any(s => s < 1))
            throw StillContract.Breach(_name, $"its decoder's masks are of the shape [{string.Join(", ", shape)}], where [1, n, height, width] belongs");
        int best = 0;
        if (ratings is not null)
        {
            ReadOnlySpan<float> rated = ratings.GetTensorDataAsSpan<float>();
            for (int i = 1; i < Math.Min(rated.Length, (int)shape[1]); i++)
                best = rated[i] > rated[best] ? i : best;
        }

        (int height, int width) = ((int)shape[2], (int)shape[3]);
        return (masks.GetTensorDataAsSpan<float>().Slice(best * width * height, width * height).ToArray(), width, height);
    }

    private T Guarded<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (OnnxRuntimeException error)
        {
            throw SessionFactory.RunFailed(_name, Provider, (_input.Width, _input.Height), "", "another model", error);
        }
    }
}
