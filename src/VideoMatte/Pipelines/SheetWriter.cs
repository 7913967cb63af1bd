using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Draws a contact sheet and writes it as a PNG, by the same road as every other output: whole or not at all.</summary>
internal static class SheetWriter
{
    private const int TileWidth = 400;

    /// <param name="prepared">The job the frames come from.</param>
    /// <param name="frames">Moves in.</param>
    /// <param name="path">Ends in <c>.png</c>.</param>
    /// <param name="overwrite">An existing file is replaced.</param>
    /// <param name="numbered">The frames' indices count from the start of the clip.</param>
    public static async Task WriteAsync(
        PreparedJob prepared, IReadOnlyList<MattedFrame> frames, string path, bool overwrite, bool numbered, IFramePool pool, TimeProvider time,
        CancellationToken cancellationToken)
    {
        try
        {
            var output = new OutputSpec(path, Presets.Png) { Composite = true, Audio = AudioMode.None, Overwrite = overwrite };
            OutputChecks.Check([output], [prepared.Job.Input]);
            VideoFrame sheet = ContactSheet.Render(frames, TileWidth, pool, numbered);
            FrameFormat format = sheet.Format;
            var page = new MattedFrame(sheet, AlphaMatte.Rent(pool, format.Width, format.Height));
            page.Alpha.Samples.Fill(AlphaMatte.Opaque);
            try
            {
                await using IFrameWriter writer = await MediaWriter.OpenAsync(
                    prepared.Tools, prepared.Source, format, new Rational(1, 25), [output], time, cancellationToken).ConfigureAwait(false);
                MattedFrame moved = page;
                page = null!;
                await writer.WriteAsync(moved, cancellationToken).ConfigureAwait(false);
                await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                page?.Dispose();
            }
        }
        finally
        {
            foreach (MattedFrame frame in frames)
                frame.Dispose();
        }
    }
}
