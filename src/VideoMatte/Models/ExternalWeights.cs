using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Weights that a graph keeps in files beside it. They are taken only where the entry names and hashes those files, and are brought into
/// the graph as they are read and hashed: what runs opens no file by the model's say-so.</summary>
internal static class ExternalWeights
{
    /// <summary>The graph with all its weights inside; its own bytes where none lie elsewhere.</summary>
    /// <param name="graph">As read.</param>
    /// <param name="parts">The files that the entry lists.</param>
    /// <exception cref="MatteException"><c>model-external-data</c> (a place that is no plain file beside the model, that the entry does not
    /// list, that is not in the file), <c>model-missing</c>, <c>model-hash</c>, <c>model-too-large</c>, <c>model-unreadable</c>.</exception>
    public static byte[] Inline(OnnxGraph graph, IReadOnlyList<ModelPart> parts)
    {
        if (graph.External.Count == 0)
            return graph.Bytes;
        (OnnxInliner inliner, long[] lengths) = Plan(graph, parts);
        byte[] whole = GC.AllocateUninitializedArray<byte>((int)inliner.Size);
        int[] places = inliner.Write(whole);
        foreach (ModelPart part in parts)
        {
            Gap[] gaps = [.. graph.External.Select((tensor, i) => new Gap(tensor.Location, tensor.Offset, lengths[i], places[i])).Where(g => g.Location == part.File)];
            if (gaps.Length == 0)
                continue;
            ModelPart read = PartReader.Read(graph.Path, part.File, part.Bytes, (at, block) => Fill(whole, gaps, at, block));
            if (read != part)
                throw new MatteException(ErrorKind.Model, "model-hash", $"The file {part.File} beside {graph.Path} is not the one its entry names: its SHA-256 is {read.Sha256}, expected is {part.Sha256}; remove it and get the file again.");
        }

        return whole;
    }

    /// <summary>The files that a graph keeps weights in, read and hashed where they lie; empty where there are none.</summary>
    /// <exception cref="MatteException">As for <see cref="Inline"/>.</exception>
    public static IReadOnlyList<ModelPart> Find(OnnxGraph graph)
    {
        foreach (ExternalTensor tensor in graph.External)
            RequirePlain(graph.Path, tensor);
        ModelPart[] parts = [.. graph.External.Select(t => t.Location).Distinct(StringComparer.Ordinal).Select(file => PartReader.Read(graph.Path, file, expectedBytes: null, sink: null))];
        Plan(graph, parts);
        return parts;
    }

    /// <summary>Holds every tensor to the listed files, before any of them is read.</summary>
    private static (OnnxInliner Inliner, long[] Lengths) Plan(OnnxGraph graph, IReadOnlyList<ModelPart> parts)
    {
        long[] lengths = [.. graph.External.Select(tensor => LengthOf(graph.Path, tensor, parts))];
        if (lengths.Any(l => l > Array.MaxLength))
            throw TooLarge(graph.Path);
        var inliner = new OnnxInliner(graph.Bytes, lengths);
        return inliner.Size <= Array.MaxLength ? (inliner, lengths) : throw TooLarge(graph.Path);
    }

    private static long LengthOf(string path, ExternalTensor tensor, IReadOnlyList<ModelPart> parts)
    {
        RequirePlain(path, tensor);
        if (parts.FirstOrDefault(p => p.File == tensor.Location) is not { } part)
            throw Refused(path, $"keeps weights in {tensor.Location}, which no entry names; make one with `models add`, or save it with all its weights inside");
        long rest = part.Bytes - tensor.Offset, length = tensor.Length ?? rest;
        return rest >= 0 && length <= rest
            ? length
            : throw Refused(path, string.Create(CultureInfo.InvariantCulture, $"wants {length} bytes from byte {tensor.Offset} of {part.File}, which holds {part.Bytes}; one of the two is damaged, get them again"));
    }

    private static void RequirePlain(string path, ExternalTensor tensor)
    {
        if (tensor.Fault is { } fault)
            throw Refused(path, $"keeps weights in another file ('{(tensor.Location.Length > 0 ? tensor.Location : "unnamed")}'), and a tensor {fault}; save it anew");
        if (!CatalogueRules.IsPartName(tensor.Location))
            throw Refused(path, $"keeps weights in '{tensor.Location}', and only a plain file beside it is taken; save it with its weights beside it or inside");
    }

    private static void Fill(byte[] whole, Gap[] gaps, long at, ReadOnlySpan<byte> block)
    {
        foreach (Gap gap in gaps)
        {
            long from = Math.Max(gap.Offset, at), to = Math.Min(gap.Offset + gap.Length, at + block.Length);
            if (from < to)
                block[(int)(from - at)..(int)(to - at)].CopyTo(whole.AsSpan(gap.Place + (int)(from - gap.Offset)));
        }
    }

    // protobuf reads no message of 2 GiB or more, and ONNX Runtime is given one.
    private static MatteException TooLarge(string path) =>
        new(ErrorKind.Model, "model-too-large", $"The model file {path} and the weights beside it hold more than the 2 GiB that an ONNX graph may; use a smaller one, such as its export in half floats.");

    private static MatteException Refused(string path, string what) => new(ErrorKind.Model, "model-external-data", $"The model file {path} {what}.");

    /// <param name="Location">The file its bytes come from.</param>
    /// <param name="Offset">Where they begin in it.</param>
    /// <param name="Length">Bytes.</param>
    /// <param name="Place">Where they belong in the graph.</param>
    private readonly record struct Gap(string Location, long Offset, long Length, int Place);
}
