using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>A sequence written over a longer one leaves the older pictures' tail under the same names, and a host would play on into it.</summary>
internal static class SequenceLeftovers
{
    /// <param name="output">Written.</param>
    /// <param name="partial">Knows its numbers.</param>
    /// <param name="frames">Written.</param>
    public static IEnumerable<MatteWarning> Of(OutputSpec output, PartialOutput partial, long frames)
    {
        if (!output.Overwrite || !output.IsSequence)
            yield break;
        long first = partial.FirstNumber;
        List<string> older = [.. ImagePattern.Of(output.Path)!.Members().Where(m => m.Number < first || m.Number >= first + frames).Select(m => m.File)];
        if (older.Count > 0)
            yield return new MatteWarning("sequence-leftover", string.Create(
                CultureInfo.InvariantCulture,
                $"{older.Count} pictures of an older sequence of the same names are still there, {Path.GetFileName(older[0])} to {Path.GetFileName(older[^1])}: a host would take them for part of this one; remove them."));
    }
}
