using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>One raw video stream in a NUT file.</summary>
/// <param name="Tag">Names the pixel format: <see cref="PixelFormatNames.NutTag"/>.</param>
/// <param name="Width">Columns, 1 or more.</param>
/// <param name="Height">Rows, 1 or more.</param>
/// <param name="SampleAspect">Width over height of one sample.</param>
internal sealed record NutStream(uint Tag, int Width, int Height, Rational SampleAspect);
