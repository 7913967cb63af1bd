namespace VideoMatte.Temporal.Flow;

/// <summary>How a scale's pixels lie in memory for the refinement: as the fields of a checkerboard, the two colours apart, so that all pixels of one colour
/// are neighbours in memory and none of them a neighbour in the picture. A row of one colour holds several planes, one after the
/// other, each with room at both ends; there is one row more above and below the picture.</summary>
/// <remarks>Pixel (x, y) has colour (x + y) mod 2 and place x / 2. Above and below it lies the other colour at the same place; left and
/// right the other colour at the same place and the one before it (even x), or behind it (odd x).</remarks>
internal sealed class Checkerboard(int width, int height)
{
    /// <summary>Room before the first place of a plane; there is as much behind the last.</summary>
    public const int Room = 8;

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Places worked on in a row: whole vectors; those that are no pixels hold zeros that nothing looks at.</summary>
    public int Count { get; } = (((width + 1) / 2) + 7) / 8 * 8;

    /// <summary>Samples of one plane of a row.</summary>
    public int Stride => Count + (2 * Room);

    /// <summary>1 where the colour's pixels in this row have odd x, else 0.</summary>
    public static int Odd(int colour, int y) => (colour + y) & 1;

    /// <summary>Pixels of a colour in a row.</summary>
    public int Pixels(int colour, int y) => (Width + 1 - Odd(colour, y)) / 2;

    /// <summary>Memory for some planes, zero.</summary>
    public float[] Allocate(int planes) => new float[2 * (Height + 2) * planes * Stride];

    /// <summary>All planes of a row, room and all. Row -1 and row Height are there too.</summary>
    public Span<float> Row(float[] memory, int planes, int colour, int y) =>
        memory.AsSpan(((2 * (y + 1)) + colour) * planes * Stride, planes * Stride);

    /// <summary>Takes a line of pixels apart.</summary>
    /// <param name="line">Width values.</param>
    /// <param name="memory">From <see cref="Allocate"/>.</param>
    /// <param name="planes">As there.</param>
    /// <param name="plane">Which of them.</param>
    /// <param name="y">The row.</param>
    public void Split(ReadOnlySpan<float> line, float[] memory, int planes, int plane, int y)
    {
        Span<float> even = Row(memory, planes, y & 1, y)[((plane * Stride) + Room)..];
        Span<float> odd = Row(memory, planes, (y & 1) ^ 1, y)[((plane * Stride) + Room)..];
        int pairs = Width / 2;
        CheckerKernel.Split(line, even[..pairs], odd[..pairs]);
        if (Width % 2 == 1)
            even[pairs] = line[^1];
    }

    /// <summary>Puts a line of pixels together again.</summary>
    public void Join(float[] memory, int planes, int plane, int y, Span<float> line)
    {
        ReadOnlySpan<float> even = Row(memory, planes, y & 1, y)[((plane * Stride) + Room)..];
        ReadOnlySpan<float> odd = Row(memory, planes, (y & 1) ^ 1, y)[((plane * Stride) + Room)..];
        int pairs = Width / 2;
        CheckerKernel.Join(even[..pairs], odd[..pairs], line);
        if (Width % 2 == 1)
            line[^1] = even[pairs];
    }
}
