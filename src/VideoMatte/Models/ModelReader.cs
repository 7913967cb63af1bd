using System.Globalization;
using System.Security.Cryptography;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Reads a model file once, whole, and holds what it read to the shape of an ONNX graph.</summary>
internal static class ModelReader
{
    /// <param name="path">Absolute.</param>
    /// <param name="expectedBytes">The catalogue's length, looked at before anything is read; null where none is known.</param>
    /// <returns>The graph, which may keep weights in other files.</returns>
    /// <exception cref="MatteException"><c>model-hash</c> (length), <c>model-not-onnx</c>, <c>model-unreadable</c>.</exception>
    public static OnnxGraph Read(string path, long? expectedBytes)
    {
        byte[] bytes = ReadAll(path, expectedBytes);
        OnnxVerdict verdict = OnnxInspection.Inspect(bytes);
        if (!verdict.IsOnnx)
            throw new MatteException(ErrorKind.Model, "model-not-onnx", $"The model file {path} is not an ONNX graph or is damaged; export it as .onnx or get it again.");
        return new OnnxGraph(path, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)), verdict.External);
    }

    /// <summary>The length of a file that is there, held to what is known of it.</summary>
    /// <exception cref="MatteException"><c>model-hash</c>.</exception>
    public static long LengthOf(string path, long? expectedBytes)
    {
        // A device or a pipe has no length of its own: it is refused here, before it can block. A link's own length says nothing.
        long length = (File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path)).Length;
        return expectedBytes is { } expected && length != expected
            ? throw new MatteException(ErrorKind.Model, "model-hash", string.Create(CultureInfo.InvariantCulture, $"The model file {path} holds {length} bytes where {expected} are expected; remove it and get the file again."))
            : length;
    }

    /// <summary>Why a file could not be read.</summary>
    public static MatteException Unreadable(string path, Exception error) =>
        new(ErrorKind.Model, "model-unreadable", $"The model file {path} cannot be read; check its rights and its disk.", error);

    private static byte[] ReadAll(string path, long? expectedBytes)
    {
        try
        {
            long length = LengthOf(path, expectedBytes);
            if (length == 0)
                throw new MatteException(ErrorKind.Model, "model-not-onnx", $"The model file {path} is empty; get it again.");
            if (length > Array.MaxLength)
                throw new MatteException(ErrorKind.Model, "model-not-onnx", string.Create(CultureInfo.InvariantCulture, $"The model file {path} holds {length} bytes, more than an ONNX graph can; is it the right file?"));
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }
}
