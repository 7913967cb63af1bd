namespace VideoMatte.Frames;

/// <summary>A borrowed look at one plane: valid only while its frame lives. Rows lie <see cref="Stride"/> samples apart.</summary>
/// <typeparam name="T"><see cref="byte"/> at 8 bits, <see cref="ushort"/> above, <see cref="float"/> for tensors.</typeparam>
public readonly ref struct PlaneView<T>(Span<T> samples, int width, int height, int stride)
    where T : unmanaged
{
    public PlaneView(Span<T> samples, int width, int height)
        : this(samples, width, height, width)
    {
    }

    public Span<T> Samples { get; } = samples;

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Samples from one row's start to the next.</summary>
    public int Stride { get; } = stride;

    public ref T this[int x, int y] => ref Samples[(y * Stride) + x];

    public Span<T> Row(int y) => Samples.Slice(y * Stride, Width);
}
