using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Brings chroma to full size by linear interpolation between where the samples really lie (the siting), at the same depth,
/// rounded once. Borders are replicated.</summary>
/// <remarks>On a chroma column (left, top left): C[i], (C[i] + C[i+1])/2. Between columns (centre): (C[i-1] + 3 C[i])/4, (3 C[i] +
/// C[i+1])/4. Down likewise: 4:2:0 lies between rows at left and centre, on rows at top left.</remarks>
public static partial class ChromaUpsampling
{
    /// <summary>The same format at 4:4:4.</summary>
    /// <param name="format">Any; grey, 4:4:4 and RGB come back as they are.</param>
    public static FrameFormat FullFormat(FrameFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return format.ChromaShiftX == 0 ? format : format with { Layout = PlaneLayout.Yuv444 };
    }

    /// <summary>Writes one plane of <paramref name="source"/> at full size.</summary>
    /// <param name="source">Borrowed.</param>
    /// <param name="plane">Any plane; one that is of full size is copied.</param>
    /// <param name="result">Width x Height samples of the source's word size, rows without padding.</param>
    public static void Expand(VideoFrame source, int plane, Span<byte> result)
    {
        ArgumentNullException.ThrowIfNull(source);
        FrameFormat format = source.Format;
        if (result.Length != format.Width * format.Height * format.BytesPerSample)
            throw new ArgumentException("chroma upsampling: the result is not of the picture's size", nameof(result));
        if (!format.IsChroma(plane) || format.ChromaShiftX == 0)
            source.PlaneBytes(plane).CopyTo(result);
        else if (format.BytesPerSample == 1)
            Expand(source.Plane8(plane), format, result);
        else
            Expand(source.Plane16(plane), format, MemoryMarshal.Cast<byte, ushort>(result));
    }

    private static void Expand<T>(PlaneView<T> chroma, FrameFormat format, Span<T> result)
        where T : unmanaged
    {
        bool onColumn = format.Colour.Siting != ChromaSiting.Centre, onRow = format.Colour.Siting == ChromaSiting.TopLeft;
        for (int y = 0; y < format.Height; y++)
        {
            Span<T> row = result.Slice(y * format.Width, format.Width);
            int near = y >> format.ChromaShiftY, other = near, weight = 0;
            if (format.ChromaShiftY == 1 && (y % 2 == 1 || !onRow))
            {
                other = Math.Clamp(y % 2 == 1 ? near + 1 : near - 1, 0, chroma.Height - 1);
                weight = onRow ? 2 : 1;
            }

            if (typeof(T) == typeof(byte))
                ExpandRow(Bytes(chroma.Row(near)), Bytes(chroma.Row(other)), weight, onColumn, Bytes(row));
            else
                ExpandRow(Words(chroma.Row(near)), Words(chroma.Row(other)), weight, onColumn, Words(row));
        }
    }

    /// <summary>One full row from two chroma rows: the nearer weighs 4 - <paramref name="weight"/> quarters, the other the rest.</summary>
    /// <param name="near">(result's length + 1) / 2 samples of at most 8 bits.</param>
    /// <param name="other">As many.</param>
    /// <param name="weight">0, 1 or 2 quarters.</param>
    /// <param name="onColumn">True: chroma lies on the even columns; false: between two.</param>
    /// <param name="result">1 sample or more.</param>
    internal static void ExpandRow(ReadOnlySpan<byte> near, ReadOnlySpan<byte> other, int weight, bool onColumn, Span<byte> result)
    {
        Check(near.Length, other.Length, result.Length);
        if (Vector.IsHardwareAccelerated)
            ExpandRowVector(near, other, weight, onColumn, result);
        else
            ExpandRowScalar(near, other, weight, onColumn, 0, result.Length, result);
    }

    /// <summary>The same for samples of 9 to 16 bits.</summary>
    internal static void ExpandRow(ReadOnlySpan<ushort> near, ReadOnlySpan<ushort> other, int weight, bool onColumn, Span<ushort> result)
    {
        Check(near.Length, other.Length, result.Length);
        if (Vector.IsHardwareAccelerated)
            ExpandRowVector(near, other, weight, onColumn, result);
        else
            ExpandRowScalar(near, other, weight, onColumn, 0, result.Length, result);
    }

    private static Span<byte> Bytes<T>(Span<T> samples)
        where T : unmanaged => MemoryMarshal.AsBytes(samples);

    private static Span<ushort> Words<T>(Span<T> samples)
        where T : unmanaged => MemoryMarshal.Cast<T, ushort>(samples);

    private static void Check(int near, int other, int result)
    {
        if (near != other || near != (result + 1) / 2 || result == 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"chroma upsampling: {near} and {other} samples do not make {result}"));
    }
}
