using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The one video stream of a NUT.</summary>
/// <param name="Tag">Four bytes, first lowest: <see cref="PixelFormatNames.NutTag"/>.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="TimeBase">Seconds a tick.</param>
/// <param name="SampleAspect">Width over height of a sample; null where unknown.</param>
public sealed record NutHeader(uint Tag, int Width, int Height, Rational TimeBase, Rational? SampleAspect);
