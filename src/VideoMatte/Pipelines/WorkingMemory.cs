using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Fallback;
using VideoMatte.Matting.Plate;
using VideoMatte.Matting.Refine;
using VideoMatte.Matting.Solver;
using VideoMatte.Matting.Subject;
using VideoMatte.Media;
using VideoMatte.Models;
using VideoMatte.Temporal.Motion;
using VideoMatte.Temporal.Smoothing;

namespace VideoMatte.Pipelines;

/// <summary>Memory a job needs beside the frames of its line, known before the first: what the network reads and writes, and the frames of
/// files read along. What a network computes in between is its runtime's own affair and is not counted.</summary>
internal static class WorkingMemory
{
    /// <summary>Floats a pixel: three of the view, three of the foreground, one of alpha.</summary>
    private const int NetworkFloats = 7;

    /// <summary>A half-precision network has the same in halves beside.</summary>
    private const int HalfBytes = NetworkFloats * 2;

    /// <summary>Two sets of states take turns.</summary>
    private const int StateSets = 2;

    /// <summary>RVM's states in floats a pixel of the small frame, from their shapes: at 1/2, 1/4, 1/8 and 1/16 of its sides 16, 20, 40, 64
    /// channels (MobileNetV3) or 16, 32, 64, 128 (ResNet-50, counted here): 4 + 2 + 1 + 0.5.</summary>
    private const double RvmStateFloats = 7.5;

    /// <summary>A mode of the plate model's mixture: three means, a weight, a variance.</summary>
    private const int FloatsOfAMode = 5;

    /// <summary>Frames of a file read along: ready ones, one in the pump's hand, the one shown and the one after it.</summary>
    private const int SideFrames = FrameReadAhead.Ahead + 3;

    public static long BytesOf(PreparedJob prepared)
    {
        FrameFormat format = prepared.Format;
        long bytes = prepared.GivesMatte || prepared.Model.Family == ModelFamily.Solver ? 0 : Network(prepared, format);
        // A copy of the picture with a matte for each frame that is held back, and one more; the view, the small picture and the full matte.
        if (prepared.Fallback is not null)
            bytes += ((FallbackMattingModel.Latency + 1) * MemoryBound.BytesPerFrame(format, 0)) + ((long)format.Width * format.Height * 4 * sizeof(float));
        if (prepared.Subjects.Count > 0)
            bytes += ((long)format.Width * format.Height * SubjectTracker.BytesAPixel) + MotionCarrier.BytesFor(format.Width, format.Height);
        if (prepared.Trimap is not null)
            bytes += (long)format.Width * format.Height * ClosedFormSolver.BytesAPixel;
        if (prepared.CarriesTrimap)
            bytes += ((long)format.Width * format.Height * CarriedTrimap.BytesAPixel) + MotionCarrier.BytesFor(format.Width, format.Height);
        if (prepared.Job.CleanPlate is not null)
            bytes += ((long)format.Width * format.Height * SteadyView.BytesAPixel) + CameraFollower.BytesFor(format.Width, format.Height);
        if (prepared.Job.Mattes.RefinesBand)
            bytes += ((long)format.Width * format.Height * 3 * sizeof(float)) + BandFilter.BytesFor(format.Width, format.Height);
        if (prepared.Smoothing == SmoothingRules.Flow)
            bytes += FlowSmoother.BytesFor(format.Width, format.Height, SmoothingRules.FlowOptions(prepared));
        if (prepared.Background.Kind == BackgroundKind.File)
            // Of another light they come in 16-bit RGB, and stand once more as floats.
            bytes += prepared.ConvertsBackgroundLight ? (long)format.Width * format.Height * 3 * ((SideFrames * sizeof(ushort)) + sizeof(float)) : SideFrames * (long)format.ByteCount;
        else if (prepared.Composites)
            bytes += format.ByteCount;
        MediaInfo? own = prepared.MultipliesSourceAlpha ? prepared.Source : null;
        foreach (MediaInfo matte in own is null ? prepared.MatteFiles.All : prepared.MatteFiles.All.Append(own))
            bytes += Matte(matte, format);
        return bytes;
    }

    private static long Network(PreparedJob prepared, FrameFormat format)
    {
        long pixels = (long)format.Width * format.Height;
        bool isHalf = prepared.Model.Id?.EndsWith("fp16", StringComparison.Ordinal) == true;
        double small = Math.Max(1, Math.Floor(format.Width * prepared.Ratio)) * Math.Max(1, Math.Floor(format.Height * prepared.Ratio));
        double state = prepared.Model.Family == ModelFamily.Plate ? FloatsOfAMode * PlateSettings.Modes : RvmStateFloats;
        return (pixels * ((NetworkFloats * sizeof(float)) + (isHalf ? HalfBytes : 0))) + (long)(StateSets * sizeof(float) * state * small);
    }

    /// <summary>A matte's frames in its own format, and as 16 bits at its size and at the clip's.</summary>
    private static long Matte(MediaInfo file, FrameFormat clip)
    {
        FrameFormat own = file.Video.HasAlphaPlane ? file.Video.AlphaFormat : file.Video.Format;
        return (SideFrames * (long)own.ByteCount) + (2L * own.Width * own.Height) + (2L * clip.Width * clip.Height);
    }
}
