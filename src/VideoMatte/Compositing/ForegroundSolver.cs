using System.Numerics;
using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Solves the foreground colour F of I = aF + (1-a)B in the unknown band of planes of one size, B coming along: multi-level
/// estimation after Germer, Uelwer, Conrad and Harmeling 2020 ("Fast multi-level foreground estimation"), from one cell for the whole
/// picture down to the samples, each size begun with the coarser one's colours and relaxed by red-black Gauss-Seidel sweeps.</summary>
/// <remarks>What is fully covered is F, what is clear is B, and neither has the other: only the band is unknown, at every size, so that the
/// work goes by the length of the outline and not by the picture. Differences to the paper: see <see cref="BandLevel"/>. Offsets of limited
/// range and of chroma cancel, so that codes go in as they are. The result does not depend on the number of threads.</remarks>
internal sealed class ForegroundSolver
{
    /// <summary>Sweeps of a size with more cells a side than <see cref="SmallSide"/>.</summary>
    private const int Sweeps = 5;

    /// <summary>Sweeps of the small sizes, where colour has the longest way to go and a sweep costs nothing.</summary>
    private const int SmallSweeps = 12;

    private const int SmallSide = 32;

    /// <summary>Cells below which a second thread costs more than it brings.</summary>
    private const int LeastPart = 8192;

    private readonly BandLevel[] _levels;
    private readonly float[][] _first;
    private readonly float[][] _second;
    private readonly BitPlane _band;
    private readonly BitPlane _full;
    private Vector4 _mean;

    /// <param name="width">Samples a row of the planes.</param>
    /// <param name="height">Rows of the planes.</param>
    public ForegroundSolver(int width, int height)
    {
        var levels = new List<BandLevel> { new(width, height) };
        while (Math.Max(levels[^1].Width, levels[^1].Height) > 1)
            levels.Add(new((levels[^1].Width + 1) / 2, (levels[^1].Height + 1) / 2));
        _levels = [.. levels];
        _first = [.. levels.Select((l, i) => i == 0 ? [] : new float[l.Width * l.Height])];
        _second = [.. levels.Select((l, i) => i == 0 ? [] : new float[l.Width * l.Height])];
        _band = new BitPlane(width, height);
        _full = new BitPlane(width, height);
    }

    /// <summary>Alpha from here on is full: what it hides of another background is less than half a code at 8 bits.</summary>
    private static ushort LeastFull => AlphaMatte.Opaque - ForegroundStage.LeastAlpha;

    /// <summary>Finds the band at every size.</summary>
    /// <returns>False where there is none.</returns>
    public bool SetMatte(ReadOnlySpan<ushort> alpha)
    {
        _band.SetAtLeast(alpha, ForegroundStage.LeastAlpha);
        _full.SetAtLeast(alpha, LeastFull);
        bool any = false;
        for (int y = 0; y < _band.Height; y++)
        {
            Span<ulong> band = _band.Row(y), full = _full.Row(y);
            for (int i = 0; i < band.Length; i++)
                band[i] &= ~full[i];
            any |= band.ContainsAnyExcept(0UL);
        }

        if (!any)
            return false;
        Span<float> finest = _levels[0].Alpha;
        for (int i = 0; i < finest.Length; i++)
            finest[i] = alpha[i] < ForegroundStage.LeastAlpha ? 0 : alpha[i] >= LeastFull ? 1 : alpha[i] / (float)AlphaMatte.Opaque;
        _levels[0].List(_band);
        for (int level = 1; level < _levels.Length; level++)
        {
            BandLevel finer = _levels[level - 1];
            SampleMeans.Halve<float>(finer.Alpha, finer.Width, finer.Height, _levels[level].Alpha);
            _levels[level].List(null);
        }

        return true;
    }

    /// <summary>Repaints the band of one or two planes.</summary>
    /// <param name="first">Samples of the picture's plane.</param>
    /// <param name="second">Of another plane of the same size, or empty.</param>
    /// <param name="firstResult">The band's samples are replaced, others stay.</param>
    /// <param name="secondResult">Likewise; empty with <paramref name="second"/>.</param>
    /// <param name="low">Least code written.</param>
    /// <param name="high">Largest code written, of both planes.</param>
    public void Solve<T>(
        ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> firstResult, Span<T> secondResult, int low, int high)
        where T : unmanaged
    {
        SetPicture(first, second);
        Vector4 least = new(low), most = new(high);
        for (int level = _levels.Length - 1; level >= 0; level--)
        {
            BandLevel at = _levels[level];
            Begin(at, level + 1 < _levels.Length ? _levels[level + 1] : null);
            int sweeps = Math.Max(at.Width, at.Height) <= SmallSide ? SmallSweeps : Sweeps;
            for (int sweep = 0; sweep < sweeps; sweep++)
            {
                Relax(at, 0, at.Even, least, most);
                Relax(at, at.Even, at.Odd, least, most);
            }
        }

        BandLevel finest = _levels[0];
        ReadOnlySpan<int> places = finest.Places[..finest.Count];
        ReadOnlySpan<Vector4> values = finest.Values;
        for (int i = 0; i < places.Length; i++)
        {
            firstResult[places[i]] = SampleOf.Of<T>((int)(values[i].X + .5f));
            if (!secondResult.IsEmpty)
                secondResult[places[i]] = SampleOf.Of<T>((int)(values[i].Y + .5f));
        }
    }

    /// <summary>Each cell's I, and the mean foreground and background of the whole picture for the coarsest one.</summary>
    private void SetPicture<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second)
        where T : unmanaged
    {
        BandLevel finest = _levels[0];
        for (int level = 1; level < _levels.Length; level++)
        {
            BandLevel finer = _levels[level - 1];
            if (level == 1)
                Means(first, second);
            else
            {
                SampleMeans.Halve<float>(_first[level - 1], finer.Width, finer.Height, _first[level]);
                if (!second.IsEmpty)
                    SampleMeans.Halve<float>(_second[level - 1], finer.Width, finer.Height, _second[level]);
            }

            Gather<float>(_levels[level], _first[level], second.IsEmpty ? default : _second[level]);
        }

        Gather(finest, first, second);
        int coarse = _levels.Length > 1 ? 1 : 0;
        while (coarse + 1 < _levels.Length && Math.Max(_levels[coarse].Width, _levels[coarse].Height) > SmallSide)
            coarse++;
        _mean = coarse == 0 ? default : Mean(_levels[coarse].Alpha, _first[coarse], second.IsEmpty ? default : _second[coarse]);

        void Means(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        {
            SampleMeans.Halve(a, finest.Width, finest.Height, _first[1]);
            if (!b.IsEmpty)
                SampleMeans.Halve(b, finest.Width, finest.Height, _second[1]);
        }
    }

    private static void Gather<T>(BandLevel level, ReadOnlySpan<T> first, ReadOnlySpan<T> second)
        where T : unmanaged
    {
        ReadOnlySpan<int> places = level.Places;
        Span<Vector2> picture = level.Picture;
        for (int i = 0; i < places.Length; i++)
            picture[i] = new Vector2(SampleMeans.Value(first, places[i]), second.IsEmpty ? 0 : SampleMeans.Value(second, places[i]));
    }

    /// <summary>F and B of a small picture, cells weighed by alpha squared and by its rest squared.</summary>
    private static Vector4 Mean(ReadOnlySpan<float> alpha, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        Vector4 sum = default;
        float front = 0, back = 0;
        for (int i = 0; i < alpha.Length; i++)
        {
            float f = alpha[i] * alpha[i], b = (1 - alpha[i]) * (1 - alpha[i]), other = second.IsEmpty ? 0 : second[i];
            sum += new Vector4(f * first[i], f * other, b * first[i], b * other);
            front += f;
            back += b;
        }

        return sum / new Vector4(new Vector2(front + 1e-9f), back + 1e-9f, back + 1e-9f);
    }

    /// <summary>The band begins with the coarser size's colours; known cells are the picture.</summary>
    private void Begin(BandLevel level, BandLevel? coarser)
    {
        ReadOnlySpan<int> places = level.Places;
        ReadOnlySpan<Vector2> picture = level.Picture;
        Span<Vector4> values = level.Values;
        for (int i = 0; i < places.Length; i++)
        {
            int parent = i >= level.Count || coarser is null ? -1 : coarser.IndexOf(places[i] % level.Width / 2, places[i] / level.Width / 2);
            // A parent may have been rounded to full or clear; then the sample itself is as good a guess as any.
            values[i] = i < level.Count && coarser is null && _levels.Length > 1 ? _mean
                : parent >= 0 ? coarser!.Values[parent]
                : new Vector4(picture[i], picture[i].X, picture[i].Y);
        }
    }

    private static void Relax(BandLevel level, int first, int count, Vector4 low, Vector4 high)
    {
        int parts = Math.Min(Environment.ProcessorCount, count / LeastPart);
        if (parts <= 1)
        {
            BandSweep.Relax(level.Cells.Slice(first, count), level.Picture.Slice(first, count), first, level.Values, low, high);
            return;
        }

        Parallel.For(0, parts, part =>
        {
            int from = (int)((long)count * part / parts), to = (int)((long)count * (part + 1) / parts);
            BandSweep.Relax(
                level.Cells.Slice(first + from, to - from), level.Picture.Slice(first + from, to - from), first + from, level.Values, low, high);
        });
    }
}
