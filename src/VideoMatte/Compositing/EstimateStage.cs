using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Gives a frame the foreground its model did not: the picture, with the colour of the unknown band solved from picture and matte
/// (<see cref="ForegroundSolver"/>). What is fully covered stays the source's, sample for sample; what is clear is left to
/// <see cref="ForegroundStage"/>.</summary>
/// <remarks>Planes of one size are solved as they are: luma, chroma, G', B', R' or grey, chroma by the alpha at its own samples
/// (<see cref="ChromaAlpha"/>). A foreground that is there already is replaced.</remarks>
public sealed class EstimateStage(IFramePool pool) : MattedStage
{
    private FrameFormat? _format;
    private ForegroundSolver? _luma;
    private ForegroundSolver? _chroma;

    public override string Name => "estimate";

    protected override void Apply(MattedFrame frame)
    {
        VideoFrame picture = frame.Picture;
        FrameFormat format = picture.Format;
        Prepare(format);
        VideoFrame foreground = picture.Copy();
        frame.ReplaceForeground(foreground);
        if (_chroma is null)
        {
            if (!_luma!.SetMatte(frame.Alpha.Samples))
                return;
            if (format.PlaneCount == 1)
                Solve(_luma, picture, foreground, 0, -1);
            else if (format.IsRgb)
            {
                Solve(_luma, picture, foreground, 0, 1);
                Solve(_luma, picture, foreground, 2, -1);
            }
            else
            {
                Solve(_luma, picture, foreground, 0, -1);
                Solve(_luma, picture, foreground, 1, 2);
            }

            return;
        }

        if (_luma!.SetMatte(frame.Alpha.Samples))
            Solve(_luma, picture, foreground, 0, -1);
        using AlphaMatte alpha = ChromaAlpha.Rent(frame.Alpha, format, pool);
        if (_chroma.SetMatte(alpha.Samples))
            Solve(_chroma, picture, foreground, 1, 2);
    }

    private static void Solve(ForegroundSolver solver, VideoFrame picture, VideoFrame foreground, int first, int second)
    {
        if (picture.Format.BytesPerSample == 1)
            Solve<byte>(solver, picture, foreground, first, second);
        else
            Solve<ushort>(solver, picture, foreground, first, second);
    }

    private static void Solve<T>(ForegroundSolver solver, VideoFrame picture, VideoFrame foreground, int first, int second)
        where T : unmanaged
    {
        FrameFormat format = picture.Format;
        // Legal codes of ITU-T H.273: 16..235 and 16..240 scaled to the depth, or all.
        bool full = format.IsRgb || format.Colour.Range == ColourRange.Full;
        int unit = 1 << (format.Depth - 8);
        int low = full ? 0 : 16 * unit, high = full ? format.MaxCode : (format.IsChroma(first) ? 240 : 235) * unit;
        solver.Solve(Plane(picture, first), Plane(picture, second), Plane(foreground, first), Plane(foreground, second), low, high);

        static Span<T> Plane(VideoFrame frame, int plane) => plane < 0 ? default : MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(plane));
    }

    private void Prepare(FrameFormat format)
    {
        if (_format == format)
            return;
        _luma = new ForegroundSolver(format.Width, format.Height);
        _chroma = format.ChromaShiftX == 1 ? new ForegroundSolver(format.PlaneWidth(1), format.PlaneHeight(1)) : null;
        _format = format;
    }
}
