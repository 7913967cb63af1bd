using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Pictures that are laid over the clip pixel by pixel (a clean plate, a trimap) must show what its frames show: one of another shape
/// was made for other frames.</summary>
internal static class ShapeRules
{
    /// <summary>Share by which the shapes may differ: sizes are rounded to even ones.</summary>
    private const double MostDifference = 0.01;

    /// <param name="file">The picture or clip.</param>
    /// <param name="what">It is, for the sentence.</param>
    /// <param name="code">Of the error, and with <c>-scaled</c> of the warning.</param>
    /// <param name="clip">Of the clip's frames as read.</param>
    /// <param name="advice">What to do, for the sentence.</param>
    /// <returns>What is done about another size; null: nothing need be.</returns>
    /// <exception cref="MatteException">Usage, <paramref name="code"/><c>-shape</c>.</exception>
    public static MatteWarning? Check(MediaInfo file, string what, string code, FrameFormat clip, string advice)
    {
        FrameFormat own = file.Video.Format;
        if (own.Width == clip.Width && own.Height == clip.Height)
            return null;
        // As shown, or in pixels: what is drawn over a frame seldom says that its pixels are not square.
        if (Differ(Shown(own), Shown(clip)) && Differ((double)own.Width / own.Height, (double)clip.Width / clip.Height))
            throw new MatteException(ErrorKind.Usage, code + "-shape", string.Create(
                CultureInfo.InvariantCulture, $"The {what} {file.Path} is {own.Width}x{own.Height} and the clip {clip.Width}x{clip.Height}, which is another shape: {advice}."));
        return new MatteWarning(code + "-scaled", string.Create(
            CultureInfo.InvariantCulture, $"The {what} {file.Path} is {own.Width}x{own.Height} and was scaled to the clip's {clip.Width}x{clip.Height}."));
    }

    /// <summary>Width over height on the screen.</summary>
    private static double Shown(FrameFormat format) => format.Width * format.SampleAspect.ToDouble() / format.Height;

    private static bool Differ(double a, double b) => Math.Abs((a / b) - 1) > MostDifference;
}
