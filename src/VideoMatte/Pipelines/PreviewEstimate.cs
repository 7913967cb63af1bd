using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>What the whole clip would take and weigh, by encoding the frames of a preview for real.</summary>
internal static class PreviewEstimate
{
    /// <summary>Frames encoded on trial, spread over the preview's: enough to weigh a clip by, few enough not to be waited for.</summary>
    private const int Tried = 4;

    /// <summary>Copies what it needs of the frames before it returns its task: they can move on at once.</summary>
    /// <param name="prepared">The job; an output that is the sheet itself counts as a ProRes clip.</param>
    /// <param name="frames">Borrowed.</param>
    /// <param name="secondsPerFrame">Of the model and the stages behind it, measured.</param>
    /// <returns>Seconds and bytes; null where the length is unknown.</returns>
    public static Task<(double? Seconds, long? Bytes)> OfAsync(
        PreparedJob prepared, IReadOnlyList<MattedFrame> frames, double? secondsPerFrame, IFramePool pool, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (prepared.FrameCount is not { } total || secondsPerFrame is not { } model)
            return Task.FromResult<(double?, long?)>((null, null));
        // Two moments may have ended on one frame, at the end of a clip.
        MattedFrame[] apart = [.. frames.DistinctBy(f => f.Time.PresentationTime).OrderBy(f => f.Time.PresentationTime)];
        int count = Math.Min(Tried, apart.Length);
        var copies = new Queue<MattedFrame>(Enumerable.Range(0, count).Select(i => Copy(apart[i * apart.Length / count], pool)));
        return TryAsync(prepared, copies, total, model, time, cancellationToken);
    }

    /// <param name="prepared">The job.</param>
    /// <param name="frames">Move in.</param>
    /// <param name="total">Frames of the whole clip.</param>
    /// <param name="model">Seconds of a frame before the encoder.</param>
    private static async Task<(double? Seconds, long? Bytes)> TryAsync(
        PreparedJob prepared, Queue<MattedFrame> frames, long total, double model, TimeProvider time, CancellationToken cancellationToken)
    {
        int count = frames.Count;
        string folder = Directory.CreateTempSubdirectory("videomatte-preview-").FullName;
        try
        {
            Preset preset = PresetOf(prepared);
            // Pictures are numbered, for there are several frames.
            string name = (preset.Container == MediaContainer.Images ? "x.%d" : "x") + preset.Extension;
            var output = new OutputSpec(Path.Combine(folder, name), preset) { Composite = !preset.CarriesAlpha, Audio = AudioMode.None, IsTrial = true };
            long begun = time.GetTimestamp();
            IReadOnlyList<WrittenFile> files;
            await using (IFrameWriter writer = await MediaWriter.OpenAsync(
                prepared.Tools, prepared.Source, prepared.Format, TimeBase(prepared), [output], time, cancellationToken).ConfigureAwait(false))
            {
                while (frames.TryDequeue(out MattedFrame? frame))
                {
                    await writer.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
                    // The encoder has started when it has taken its first frame: its start does not come again with every frame.
                    if (frames.Count == count - 1 && count > 1)
                        begun = time.GetTimestamp();
                }

                files = await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            double encoder = time.GetElapsedTime(begun).TotalSeconds / count;
            // The stages share the cores, so that the sum is nearer than the slowest alone.
            return (Math.Round(total * (model + encoder), 1), files.Sum(f => f.Bytes) / count * total);
        }
        finally
        {
            foreach (MattedFrame frame in frames)
                frame.Dispose();
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
