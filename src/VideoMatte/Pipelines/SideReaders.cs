using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>The readers of what a job reads beside its source: background, clean plate, masks, given matte. Whoever opens one names it here,
/// so that what it notices reaches the result.</summary>
internal sealed class SideReaders
{
    /// <summary>Codes that speak of the source where a source was read.</summary>
    private const string OfTheSource = "source-", OfAFile = "file-";

    private readonly List<IFrameReader> _readers = [];

    /// <returns>The reader, which stays the caller's.</returns>
    public IFrameReader Add(IFrameReader reader)
    {
        _readers.Add(reader);
        return reader;
    }

    /// <summary>What they noticed; complete once all are disposed. Each message names its file.</summary>
    public IEnumerable<MatteWarning> Notice() => _readers.SelectMany(r => r.Warnings).Distinct().Select(w =>
        w.Code.StartsWith(OfTheSource, StringComparison.Ordinal) ? w with { Code = OfAFile + w.Code[OfTheSource.Length..] } : w);
}
