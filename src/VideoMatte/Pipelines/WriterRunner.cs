using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Gives the last queue's frames to the writer and commits at the end, which is part of writing: its failure is the writer's.</summary>
/// <param name="framesRead">How many frames the reader gave, asked at the end.</param>
internal sealed class WriterRunner(
    IFrameWriter writer, FrameQueue<MattedFrame> input, Func<long> framesRead, ProgressMeter progress, TimeProvider time)
    : Runner(WriterName, time)
{
    public const string WriterName = "writer";

    /// <summary>What was written; null until it is whole and has its name.</summary>
    public IReadOnlyList<WrittenFile>? Files { get; private set; }

    protected override bool IsAnEnd => true;

    protected override async Task PumpAsync(CancellationToken stop)
    {
        progress.Report(0);
        while (await input.ReadAsync(stop).ConfigureAwait(false) is { } frame)
        {
            InHand = frame.Time.Index;
            long begun = Begin();
            try
            {
                await writer.WriteAsync(frame, stop).ConfigureAwait(false);
            }
            finally
            {
                End(begun);
            }

            Frames++;
            progress.Report(Frames);
        }

        InHand = null;
        if (Frames != framesRead() || writer.FramesWritten != Frames)
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{framesRead()} frames were read, {Frames} came to the writer, {writer.FramesWritten} were taken"));
        progress.Finish(Frames);
        stop.ThrowIfCancellationRequested();
        long committing = Begin();
        try
        {
            Files = await writer.CommitAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            End(committing);
        }
    }

    protected override void Close(Exception? error)
    {
        if (error is not null)
            input.Fault(error);
    }
}
