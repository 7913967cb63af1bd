using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Inference;

/// <summary>The last look at a graph before a runtime parses it: is it ONNX at all, and does it keep its weights to itself? One with external data
/// would have the runtime open files named by the model, beside wherever the program was started.</summary>
internal static class OnnxFile
{
    /// <exception cref="MatteException"><c>model-not-onnx</c> or <c>model-external-data</c>.</exception>
    public static void Check(ReadOnlySpan<byte> file, string name)
    {
        OnnxVerdict verdict = OnnxInspection.Inspect(file);
        if (verdict.External.Count > 0)
            throw new MatteException(ErrorKind.Model, "model-external-data", $"The model {name} keeps its weights in other files: use a model of one file.");
        if (!verdict.IsOnnx)
            throw new MatteException(ErrorKind.Model, "model-not-onnx", $"The model {name} is not an ONNX file: name a file exported as ONNX.");
    }
}
