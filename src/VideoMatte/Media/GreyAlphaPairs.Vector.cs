using System.Numerics;

namespace VideoMatte.Media;

internal static partial class GreyAlphaPairs
{
    internal static void JoinVector(ReadOnlySpan<byte> grey, ReadOnlySpan<byte> alpha, Span<byte> pairs)
    {
        int step = Vector<byte>.Count, i = 0;
        // A pair is one little-endian word: grey below, alpha above. Big-endian machines take the scalar road.
        for (; BitConverter.IsLittleEndian && i <= grey.Length - step; i += step)
        {
            Vector.Widen(new Vector<byte>(grey[i..]), out Vector<ushort> greyLow, out Vector<ushort> greyHigh);
            Vector.Widen(new Vector<byte>(alpha[i..]), out Vector<ushort> alphaLow, out Vector<ushort> alphaHigh);
            Vector.AsVectorByte(greyLow | (alphaLow << 8)).CopyTo(pairs[(2 * i)..]);
            Vector.AsVectorByte(greyHigh | (alphaHigh << 8)).CopyTo(pairs[((2 * i) + step)..]);
        }

        JoinScalar(grey[i..], alpha[i..], pairs[(2 * i)..]);
    }
}
