using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>What the whole clip would take and weigh, by encoding the frames of a preview for real.</summary>
internal static class PreviewEstimate
{
    /// <param name="prepared">The job; an output that is the sheet itself counts as a ProRes clip.</param>
    /// <param name="frames">Borrowed.</param>
    /// <param name="secondsPerFrame">Of the model and the stages behind it, measured.</param>
    /// <returns>Seconds and bytes; null where the length is unknown.</returns>
    public static async Task<(double? Seconds, long? Bytes)> OfAsync(
        PreparedJob prepared, IReadOnlyList<MattedFrame> frames, double? secondsPerFrame, IFramePool pool, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (prepared.FrameCount is not { } total || secondsPerFrame is not { } model)
            return (null, null);
        string folder = Directory.CreateTempSubdirectory("videomatte-preview-").FullName;
        try
        {
            Preset preset = PresetOf(prepared);
            var output = new OutputSpec(Path.Combine(folder, "x" + preset.Extension), preset) { Composite = !preset.CarriesAlpha, Audio = AudioMode.None };
            long begun = time.GetTimestamp();
            IReadOnlyList<WrittenFile> files;
            await using (IFrameWriter writer = await MediaWriter.OpenAsync(
                prepared.Tools, prepared.Source, prepared.Format, TimeBase(prepared), [output], time, cancellationToken).ConfigureAwait(false))
            {
                // A look cut short by its budget may have ended on a frame already seen.
                foreach (MattedFrame frame in frames.DistinctBy(f => f.Time.PresentationTime).OrderBy(f => f.Time.PresentationTime))
                    await writer.WriteAsync(Copy(frame, pool), cancellationToken).ConfigureAwait(false);
                files = await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            double encoder = time.GetElapsedTime(begun).TotalSeconds / frames.Count;
            // The stages share the cores, so that the sum is nearer than the slowest alone.
            return (Math.Round(total * (model + encoder), 1), files.Sum(f => f.Bytes) / frames.Count * total);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Preset PresetOf(PreparedJob prepared) =>
        prepared.Job.Preset is null && prepared.Outputs.FirstOrDefault()?.Preset is null or { Container: MediaContainer.Images }
            ? Presets.ProRes4444
            : prepared.Outputs[0].Preset;

    private static Rational TimeBase(PreparedJob prepared) => prepared.Source.Video.TimeBase;

    private static MattedFrame Copy(MattedFrame frame, IFramePool pool)
    {
        AlphaMatte alpha = AlphaMatte.Rent(pool, frame.Alpha.Width, frame.Alpha.Height);
        frame.Alpha.Samples.CopyTo(alpha.Samples);
        var copy = new MattedFrame(frame.Picture.Copy(), alpha);
        copy.ReplaceForeground(frame.Foreground?.Copy());
        return copy;
    }
}
