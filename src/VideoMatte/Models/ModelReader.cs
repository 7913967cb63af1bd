using System.Globalization;
using System.Security.Cryptography;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Reads a model file once, whole, and holds what it read to the shape of an ONNX graph.</summary>
internal static class ModelReader
{
    /// <param name="path">Absolute.</param>
    /// <param name="expectedBytes">The catalogue's length, looked at before anything is read; null where none is known.</param>
    /// <returns>The bytes and their SHA-256 in lower-case hex.</returns>
    public static (byte[] Bytes, string Sha256) Read(string path, long? expectedBytes)
    {
        byte[] bytes = ReadAll(path, expectedBytes);
        OnnxVerdict verdict = OnnxInspection.Inspect(bytes);
        if (!verdict.IsOnnx)
            throw new MatteException(ErrorKind.Model, "model-not-onnx", $"The model file {path} is not an ONNX graph or is damaged; export it as .onnx or get it again.");
        if (verdict.ExternalData is { } external)
            throw new MatteException(ErrorKind.Model, "model-external-data", $"The model file {path} keeps weights in another file ('{(external.Length > 0 ? external : "unnamed")}'), which is not taken; save it with all its weights inside.");
        return (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static byte[] ReadAll(string path, long? expectedBytes)
    {
        try
        {
            // A device or a pipe has no length of its own: it is refused here, before it can block.
            long length = new FileInfo(path).Length;
            if (expectedBytes is { } expected && length != expected)
                throw new MatteException(ErrorKind.Model, "model-hash", string.Create(CultureInfo.InvariantCulture, $"The model file {path} holds {length} bytes where {expected} are expected; remove it and get the file again."));
            if (length == 0)
                throw new MatteException(ErrorKind.Model, "model-not-onnx", $"The model file {path} is empty; get it again.");
            if (length > Array.MaxLength)
                throw new MatteException(ErrorKind.Model, "model-not-onnx", string.Create(CultureInfo.InvariantCulture, $"The model file {path} holds {length} bytes, more than an ONNX graph can; is it the right file?"));
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MatteException(ErrorKind.Model, "model-unreadable", $"The model file {path} cannot be read; check its rights and its disk.", e);
        }
    }
}
