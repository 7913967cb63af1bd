using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class AssociationTests
{
    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Premultiply_AnyFormat_KeepsOffsetsAtFullSize(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        using VideoFrame foreground = Drawn.Noise(pool, format, 7);
        using AlphaMatte alpha = Drawn.NoiseAlpha(pool, format.Width, format.Height, 8);
        using VideoFrame result = Association.Premultiply(foreground, alpha, pool);
        Assert.Equal(PremultiplyStage.OutputFormat(format), result.Format);
        Assert.Equal(0, result.Format.ChromaShiftX);
        for (int plane = 0; plane < format.PlaneCount; plane++)
        {
            int offset = format.IsChroma(plane) ? format.NeutralCode : format.BlackCode;
            for (int y = 0; y < format.Height; y++)
            {
                for (int x = 0; x < format.Width; x++)
                {
                    double a = alpha.Row(y)[x] / 65535.0, straight = Math.Floor(Expanded(foreground, plane, x, y) + 0.5);
                    Assert.Equal(Math.Round(offset + (a * (straight - offset))), Drawn.Get(result, plane, x, y));
                }
            }
        }
    }

    [Fact]
    public void Premultiply_AlphaNone_IsBlackAndFullIsTheSource()
    {
        using CheckingFramePool pool = new();
        FrameFormat format = new(33, 17, PlaneLayout.Yuv444, 10, ColourDescription.Bt709Limited);
        using VideoFrame foreground = Drawn.Noise(pool, format, 9);
        using AlphaMatte none = Drawn.FlatAlpha(pool, 33, 17, 0), full = Drawn.FlatAlpha(pool, 33, 17, 65535);
        using VideoFrame black = Association.Premultiply(foreground, none, pool), same = Association.Premultiply(foreground, full, pool);
        using VideoFrame wanted = Drawn.Flat(pool, format, 64, 512, 512);
        Assert.True(black.Bytes.SequenceEqual(wanted.Bytes));
        Assert.True(same.Bytes.SequenceEqual(foreground.Bytes));
    }

    [Fact]
    public void ExpandRow_EveryLength_TwinsAgree()
    {
        Random random = new(4);
        for (int length = 1; length <= 520; length++)
        {
            ushort[] near = Row(random, (length + 1) / 2, 65535), other = Row(random, (length + 1) / 2, 65535);
            byte[] near8 = [.. near.Select(v => (byte)v)], other8 = [.. other.Select(v => (byte)v)];
            for (int weight = 0; weight <= 2; weight++)
            {
                foreach (bool onColumn in new[] { false, true })
                {
                    ushort[] scalar = new ushort[length], vector = new ushort[length];
                    ChromaUpsampling.ExpandRowScalar(near, other, weight, onColumn, 0, length, scalar);
                    ChromaUpsampling.ExpandRowVector(near, other, weight, onColumn, vector);
                    Assert.Equal(scalar, vector);
                    byte[] scalar8 = new byte[length], vector8 = new byte[length];
                    ChromaUpsampling.ExpandRowScalar(near8, other8, weight, onColumn, 0, length, scalar8);
                    ChromaUpsampling.ExpandRowVector(near8, other8, weight, onColumn, vector8);
                    Assert.Equal(scalar8, vector8);
                }
            }
        }
    }

    [Fact]
    public void Stage_FrameWithForeground_AssociatesTheForeground()
    {
        using CheckingFramePool pool = new();
        FrameFormat format = Drawn.Yuv420(20, 10);
        MattedFrame frame = new(Drawn.Noise(pool, format, 1), Drawn.FlatAlpha(pool, 20, 10, 65535));
        frame.ReplaceForeground(Drawn.Flat(pool, format, 100, 90, 140));
        using PremultiplyStage stage = new(pool);
        using MattedFrame result = Drawn.Through(stage, frame);
        Assert.Equal(PlaneLayout.Yuv444, result.Rendered!.Format.Layout);
        byte[] codes = [100, 90, 140];
        Assert.All(Enumerable.Range(0, 3), plane => Assert.False(result.Rendered.PlaneBytes(plane).ContainsAnyExcept(codes[plane])));
    }

    /// <summary>Linear interpolation between chroma samples at their true places, clamped at the borders.</summary>
    private static double Expanded(VideoFrame frame, int plane, int x, int y)
    {
        FrameFormat format = frame.Format;
        if (!format.IsChroma(plane) || format.ChromaShiftX == 0)
            return Drawn.Get(frame, plane, x, y);
        double cx = format.Colour.Siting == ChromaSiting.Centre ? (x - 0.5) / 2 : x / 2.0;
        double cy = format.ChromaShiftY == 0 ? y : format.Colour.Siting == ChromaSiting.TopLeft ? y / 2.0 : (y - 0.5) / 2;
        int left = (int)Math.Floor(cx), top = (int)Math.Floor(cy);
        double fx = cx - left, fy = cy - top;
        return ((1 - fy) * (((1 - fx) * At(left, top)) + (fx * At(left + 1, top))))
            + (fy * (((1 - fx) * At(left, top + 1)) + (fx * At(left + 1, top + 1))));

        double At(int column, int row) => Drawn.Get(
            frame, plane, Math.Clamp(column, 0, format.PlaneWidth(plane) - 1), Math.Clamp(row, 0, format.PlaneHeight(plane) - 1));
    }

    private static ushort[] Row(Random random, int length, int max)
    {
        ushort[] row = new ushort[length];
        foreach (ref ushort value in row.AsSpan())
            value = (ushort)(random.Next(4) switch { 0 => 0, 1 => max, _ => random.Next(max + 1) });
        return row;
    }
}
