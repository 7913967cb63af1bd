using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Puts the reader's frames into the first queue.</summary>
internal sealed class ReaderRunner(IFrameReader reader, FrameQueue<VideoFrame> output, TimeProvider time)
    : Runner(ReaderName, time)
{
    public const string ReaderName = "reader";

    protected override bool IsAnEnd => true;

    protected override async Task PumpAsync(CancellationToken stop)
    {
        while (true)
        {
            InHand = Frames;
            VideoFrame? frame;
            long begun = Begin();
            try
            {
                frame = await reader.ReadAsync(stop).ConfigureAwait(false);
            }
            finally
            {
                End(begun);
            }

            if (frame is null)
                break;
            if (frame.Time.Index != Frames)
            {
                string found = string.Create(CultureInfo.InvariantCulture, $"the reader gave frame {frame.Time.Index} where {Frames} was due");
                frame.Dispose();
                throw new InvalidOperationException(found);
            }

            await output.WriteAsync(frame, stop).ConfigureAwait(false);
            Frames++;
        }

        if (Frames == 0)
        {
            InHand = null;
            throw new MatteException(ErrorKind.Input, "no-frames", "the input's video stream holds no frame that can be decoded: check that it plays");
        }
    }

    protected override void Close(Exception? error)
    {
        if (error is null)
            output.Complete();
        else
            output.Fault(error);
    }
}
