using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Brings a reader to the first frame of its selection: exactly that frame, decoded as in a run from the start.</summary>
/// <remarks>A jump is made in MP4, QuickTime and Matroska only, whose indices name the key frames, and in numbered pictures, to the key frame two seconds or more
/// before; that decoding from there gives the very same pictures is held by tests against a full decode. Everywhere else (a transport
/// stream is searched by time and entered anywhere) the frames before are decoded and left out. A jump that came out too late is taken
/// back.</remarks>
internal static class SelectedFrames
{
    /// <summary>Frames decoded before the first one kept: enough for what a decoder or a deinterlacer remembers.</summary>
    private static readonly Rational PreRoll = new(2);

    /// <summary>Less than this is decoded as quickly as jumped.</summary>
    private static readonly Rational LeastJump = new(8);

    private static readonly string[] Indexed = ["mov", "mp4", "matroska", "webm", "image2"];

    /// <param name="reader">At its first frame; moves in, disposed where another takes its place.</param>
    /// <param name="start">Starts a reader like it at the key frame before a time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reader at the selection's first frame.</returns>
    /// <exception cref="MatteException">Usage, <c>selection-empty</c>.</exception>
    public static async Task<MediaReader> GoAsync(MediaReader reader, Func<Rational?, Task<MediaReader>> start, CancellationToken cancellationToken)
    {
        FrameSelection selection = reader.Selection;
        if (await reader.PeekAsync(cancellationToken).ConfigureAwait(false) is not { } begin)
            return reader;
        Rational from = begin + (selection.Start ?? Rational.Zero);
        if (selection.Start is { } far && far > LeastJump && reader.Info.FormatName.Split(',').Any(Indexed.Contains)
            && await JumpAsync(from, start, cancellationToken).ConfigureAwait(false) is { } nearer)
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            reader = nearer;
        }

        try
        {
            Rational last = begin;
            Rational? time;
            while ((time = await reader.PeekAsync(cancellationToken).ConfigureAwait(false)) < from)
            {
                last = time.Value;
                await reader.SkipAsync(cancellationToken).ConfigureAwait(false);
            }

            if (time is not { } first)
                throw reader.SelectionIsEmpty(
                    $"{reader.Info.Path} has no frame at or after {ClockTime.Show(selection.Start ?? Rational.Zero)} s: its last one is at {ClockTime.Show(last - begin)} s.");
            if (selection.End is { } end && first >= begin + end)
                throw reader.SelectionIsEmpty(
                    $"{reader.Info.Path} has no frame from {ClockTime.Show(selection.Start ?? Rational.Zero)} s to {ClockTime.Show(end)} s: the next one is at {ClockTime.Show(first - begin)} s.");
            reader.BeginAt(begin, first);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A reader whose first frame is not after the time; null where the container did not lead there.</summary>
    private static async Task<MediaReader?> JumpAsync(Rational from, Func<Rational?, Task<MediaReader>> start, CancellationToken cancellationToken)
    {
        MediaReader? jumped = null;
        try
        {
            jumped = await start(from - PreRoll).ConfigureAwait(false);
            if (await jumped.PeekAsync(cancellationToken).ConfigureAwait(false) is { } first && first <= from)
                return jumped;
        }
        catch (Exception e)
        {
            if (jumped is not null)
                await jumped.DisposeAsync().ConfigureAwait(false);
            if (e is not MatteException)
                throw;
            // An index that leads nowhere: the whole way is decoded instead.
            return null;
        }

        await jumped.DisposeAsync().ConfigureAwait(false);
        return null;
    }
}
