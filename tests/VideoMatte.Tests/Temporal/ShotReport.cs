using System.Globalization;
using VideoMatte.Temporal;

namespace VideoMatte.Tests.Temporal;

/// <summary>What a detector made of a spliced clip.</summary>
internal sealed class ShotReport
{
    private readonly SplicedClip _clip;

    /// <param name="clip">Looked at.</param>
    /// <param name="starts">Each start found, with its kind, but for the first frame.</param>
    public ShotReport(SplicedClip clip, IReadOnlyList<(int Frame, ShotKind Kind)> starts)
    {
        (_clip, Starts) = (clip, starts);
        int[] cuts = [.. starts.Where(s => s.Kind == ShotKind.Cut).Select(s => s.Frame)];
        int found = cuts.Count(clip.Cuts.Contains);
        Missed = [.. clip.Cuts.Except(cuts).Order()];
        // A jump inside one take may pass for a cut or not: it is neither counted nor held against anybody.
        False = [.. cuts.Where(c => !clip.Cuts.Contains(c) && !clip.Passages.Any(p => p.Kind == "jump" && p.From == c))];
        F1 = 2.0 * found / ((2 * found) + Missed.Count + False.Count);
    }

    public IReadOnlyList<(int Frame, ShotKind Kind)> Starts { get; }

    public double F1 { get; }

    public IReadOnlyList<int> Missed { get; }

    public IReadOnlyList<int> False { get; }

    /// <summary>Cuts found where there is something of this kind instead.</summary>
    public int FalseIn(string kind) => False.Count(f => _clip.Passages.Any(p => p.Kind == kind && p.Has(f, 1)));

    /// <summary>Passages of a kind in which a start of any kind was found: to their last frame, less or more three.</summary>
    public IReadOnlyList<(Passage Passage, IReadOnlyList<int> Starts)> In(string kind) =>
        [.. _clip.Passages.Where(p => p.Kind == kind).Select(p => (p, (IReadOnlyList<int>)[.. Starts.Select(s => s.Frame).Where(f => p.Has(f, 3) && !_clip.Cuts.Contains(f))]))];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"F1 {F1:0.0000} over {_clip.Cuts.Count} cuts in {_clip.Count} frames; missed [{string.Join(' ', Missed)}], false [{string.Join(' ', False)}]; "
        + $"flashes {FalseIn("flash")}, pans {FalseIn("pan")}, whips {FalseIn("whip")}; jumps {In("jump").Count(j => j.Starts.Count > 0)}; "
        + $"dissolves {string.Join(' ', In("dissolve").Select(d => Told(d)))}; fades {string.Join(' ', In("fade").Select(Told))}");

    private static string Told((Passage Passage, IReadOnlyList<int> Starts) told) => string.Create(
        CultureInfo.InvariantCulture, $"{told.Passage.To - told.Passage.From}:{string.Join('/', told.Starts.Select(s => s - told.Passage.To))}");
}
